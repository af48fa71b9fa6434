/*
 * What LAPACK's routines call when an argument is wrong, for the shared library. LAPACK's own stops the program, which is the
 * interpreter here; after this one a routine returns, with a negative info for its caller to see.
 */

#include <stdio.h>
#include <string.h>

void xerbla_(const char *name, const int *info);

/* The entry for Fortran, which gives the length of the name: see KEEP_LENGTHS in defs.bzl. */
void xerbla_with_length(const char *name, const int *info, int length) __asm__("xerbla_.lengths");

void
xerbla_with_length(const char *name, const int *info, int length)
{
  while (length > 0 && name[length - 1] == ' ')
    length--;
  fprintf(stderr, " ** On entry to %.*s parameter number %2d had an illegal value\n", length, name, *info);
}

/* The entry for C, whose strings end. */
void
xerbla_(const char *name, const int *info)
{
  xerbla_with_length(name, info, (int)strlen(name));
}
