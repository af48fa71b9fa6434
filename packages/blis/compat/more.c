/* What LAPACK 3.12 and its CBLAS have in BLAS and BLIS 1.1 has not, or has under another name. */

#include "cblas.h"

typedef enum CBLAS_ORDER order_t;
typedef enum CBLAS_UPLO triangle_t;
typedef enum CBLAS_TRANSPOSE transpose_t;

/* The triangle of a product: BLIS has it under the name that vendors gave it first. */
#define GEMMTR(x, scalar)                                                                                              \
  void x##gemmt_(const char *uplo, const char *transa, const char *transb, const int *n, const int *k,                 \
                 const void *alpha, const void *a, const int *lda, const void *b, const int *ldb, const void *beta,    \
                 void *c, const int *ldc);                                                                             \
  void x##gemmtr_(const char *uplo, const char *transa, const char *transb, const int *n, const int *k,                \
                  const void *alpha, const void *a, const int *lda, const void *b, const int *ldb, const void *beta,   \
                  void *c, const int *ldc)                                                                             \
  {                                                                                                                    \
    x##gemmt_(uplo, transa, transb, n, k, alpha, a, lda, b, ldb, beta, c, ldc);                                        \
  }                                                                                                                    \
  void cblas_##x##gemmtr(order_t order, triangle_t uplo, transpose_t transa, transpose_t transb, int n, int k,         \
                         scalar alpha, const void *a, int lda, const void *b, int ldb, scalar beta, void *c, int ldc)  \
  {                                                                                                                    \
    cblas_##x##gemmt(order, uplo, transa, transb, n, k, alpha, a, lda, b, ldb, beta, c, ldc);                          \
  }

GEMMTR(s, float)
GEMMTR(d, double)
GEMMTR(c, const void *)
GEMMTR(z, const void *)

/* Rotations of complex vectors, which BLIS has for Fortran alone. */
#define ROTATION(name, real)                                                                                           \
  void name##_(const int *n, void *x, const int *incx, void *y, const int *incy, const real *c, const real *s);        \
  void cblas_##name(int n, void *x, int incx, void *y, int incy, real c, real s)                                       \
  {                                                                                                                    \
    name##_(&n, x, &incx, y, &incy, &c, &s);                                                                           \
  }

ROTATION(csrot, float)
ROTATION(zdrot, double)

#define MAKE_ROTATION(name, real)                                                                                      \
  void name##_(void *a, void *b, real *c, void *s);                                                                    \
  void cblas_##name(void *a, void *b, real *c, void *s) { name##_(a, b, c, s); }

MAKE_ROTATION(crotg, float)
MAKE_ROTATION(zrotg, double)

float scabs1_(const void *z);
double dcabs1_(const void *z);

float
cblas_scabs1(const void *z)
{
  return scabs1_(z);
}

double
cblas_dcabs1(const void *z)
{
  return dcabs1_(z);
}
