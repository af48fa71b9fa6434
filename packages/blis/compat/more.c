/* What LAPACK 3.12 and its CBLAS have in BLAS and BLIS 1.1 has not, or has under another name. */

#include <ctype.h>
#include <string.h>

#include "cblas.h"

typedef enum CBLAS_ORDER order_t;
typedef enum CBLAS_UPLO triangle_t;
typedef enum CBLAS_TRANSPOSE transpose_t;

/*
 * The triangle of a product: BLIS has it under the name that vendors gave it first, by which it would also complain. So
 * what is wrong with the arguments is found here, in the order of LAPACK's own.
 */

extern int CBLAS_CallFromC, RowMajorStrg;

void xerbla_(const char *name, const int *info);

static int
is_letter(const char *given, const char *letters)
{
  return *given && strchr(letters, toupper((unsigned char)*given));
}

static int
wrong_gemmtr(const char *uplo, const char *transa, const char *transb, int n, int k, int lda, int ldb, int ldc)
{
  int rows_a = is_letter(transa, "N") ? n : k;
  int rows_b = is_letter(transb, "N") ? k : n;

  if (!is_letter(uplo, "UL"))
    return 1;
  if (!is_letter(transa, "NTC"))
    return 2;
  if (!is_letter(transb, "NTC"))
    return 3;
  if (n < 0)
    return 4;
  if (k < 0)
    return 5;
  if (lda < rows_a || lda < 1)
    return 8;
  if (ldb < rows_b || ldb < 1)
    return 10;
  if (ldc < n || ldc < 1)
    return 13;
  return 0;
}

static char
letter_of_transpose(transpose_t trans)
{
  return trans == CblasNoTrans ? 'N' : trans == CblasTrans ? 'T' : trans == CblasConjTrans ? 'C' : 0;
}

/* What CBLAS's words are in Fortran. By rows, up is down, and the factors change places. */
static int
letters_of_gemmtr(const char *name, order_t order, triangle_t uplo, transpose_t transa, transpose_t transb,
                  char *letters)
{
  int by_rows = order == CblasRowMajor;
  char a = letter_of_transpose(transa), b = letter_of_transpose(transb);

  RowMajorStrg = 0;
  if (!by_rows && order != CblasColMajor)
    cblas_xerbla(1, name, "Illegal Order setting, %d\n", order);
  else if (uplo != CblasUpper && uplo != CblasLower)
    cblas_xerbla(2, name, "Illegal Uplo setting, %d\n", uplo);
  else if (!a)
    cblas_xerbla(3, name, "Illegal TransA setting, %d\n", transa);
  else if (!b)
    cblas_xerbla(4, name, "Illegal TransB setting, %d\n", transb);
  else {
    letters[0] = (uplo == CblasUpper) == by_rows ? 'L' : 'U';
    letters[1] = by_rows ? b : a;
    letters[2] = by_rows ? a : b;
    RowMajorStrg = by_rows;
    return 1;
  }
  return 0;
}

#define GEMMTR(x, NAME, scalar, address)                                                                               \
  void x##gemmt_(const char *uplo, const char *transa, const char *transb, const int *n, const int *k,                 \
                 const void *alpha, const void *a, const int *lda, const void *b, const int *ldb, const void *beta,    \
                 void *c, const int *ldc);                                                                             \
  void x##gemmtr_(const char *uplo, const char *transa, const char *transb, const int *n, const int *k,                \
                  const void *alpha, const void *a, const int *lda, const void *b, const int *ldb, const void *beta,   \
                  void *c, const int *ldc)                                                                             \
  {                                                                                                                    \
    int info = wrong_gemmtr(uplo, transa, transb, *n, *k, *lda, *ldb, *ldc);                                           \
    if (info)                                                                                                          \
      xerbla_(NAME, &info);                                                                                            \
    else                                                                                                               \
      x##gemmt_(uplo, transa, transb, n, k, alpha, a, lda, b, ldb, beta, c, ldc);                                      \
  }                                                                                                                    \
  void cblas_##x##gemmtr(order_t order, triangle_t uplo, transpose_t transa, transpose_t transb, int n, int k,         \
                         scalar alpha, const void *a, int lda, const void *b, int ldb, scalar beta, void *c, int ldc)  \
  {                                                                                                                    \
    char how[3];                                                                                                       \
    CBLAS_CallFromC = 1;                                                                                               \
    if (letters_of_gemmtr("cblas_" #x "gemmtr", order, uplo, transa, transb, how)) {                                   \
      if (RowMajorStrg)                                                                                                \
        x##gemmtr_(how, how + 1, how + 2, &n, &k, address alpha, b, &ldb, a, &lda, address beta, c, &ldc);             \
      else                                                                                                             \
        x##gemmtr_(how, how + 1, how + 2, &n, &k, address alpha, a, &lda, b, &ldb, address beta, c, &ldc);             \
    }                                                                                                                  \
    CBLAS_CallFromC = 0;                                                                                               \
    RowMajorStrg = 0;                                                                                                  \
  }

GEMMTR(s, "SGEMMTR", float, &)
GEMMTR(d, "DGEMMTR", double, &)
GEMMTR(c, "CGEMMTR", const void *, )
GEMMTR(z, "ZGEMMTR", const void *, )

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
