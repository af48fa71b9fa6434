/* What BLIS's routines call when an argument is wrong, and what stands in for LAPACK's xerbla where there is none. */

#include <stdio.h>

void xerbla_(const char *name, const int *info);

/* BLIS gives the length of the name, as Fortran compilers do; xerbla_ takes none here, like every Fortran procedure. */
int
xerbla_f2c_(const char *name, const int *info, int length)
{
  (void)length;
  xerbla_(name, info);
  return 0;
}

/* LAPACK's own, which stops the program, is the one that counts where it is linked. BLIS's routines return after this. */
__attribute__((weak)) void
xerbla_(const char *name, const int *info)
{
  fprintf(stderr, " ** On entry to %.7s parameter number %2d had an illegal value\n", name, *info);
}
