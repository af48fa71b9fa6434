/*
 * BLAS as its callers see it: the types of its functions, which each link of this program compares with the library's; what
 * BLIS lacks; and products of matrices that do not fit one block of any kind.
 */

#include <complex.h>
#include <math.h>
#include <string.h>

#include "cblas.h"

#include "packages/testing/check.h"

/* As Fortran has them: addresses alone, no lengths of strings, complex results as C's own. */
float _Complex cdotc_(const int *n, const void *x, const int *incx, const void *y, const int *incy);
float _Complex cdotu_(const int *n, const void *x, const int *incx, const void *y, const int *incy);
double _Complex zdotc_(const int *n, const void *x, const int *incx, const void *y, const int *incy);
float sdot_(const int *n, const float *x, const int *incx, const float *y, const int *incy);
int idamax_(const int *n, const double *x, const int *incx);
void drot_(const int *n, double *x, const int *incx, double *y, const int *incy, const double *c, const double *s);
void zdrot_(const int *n, void *x, const int *incx, void *y, const int *incy, const double *c, const double *s);
void zrotg_(void *a, const void *b, double *c, void *s);
void crotg_(void *a, const void *b, float *c, void *s);
void dgemm_(const char *transa, const char *transb, const int *m, const int *n, const int *k, const double *alpha,
            const double *a, const int *lda, const double *b, const int *ldb, const double *beta, double *c,
            const int *ldc);
void dgemmtr_(const char *uplo, const char *transa, const char *transb, const int *n, const int *k, const double *alpha,
              const double *a, const int *lda, const double *b, const int *ldb, const double *beta, double *c,
              const int *ldc);
void dgbmv_(const char *trans, const int *m, const int *n, const int *kl, const int *ku, const double *alpha,
            const double *a, const int *lda, const double *x, const int *incx, const double *beta, double *y,
            const int *incy);
void xerbla_(const char *name, const int *info);

static int wrong_argument;

/* Takes the place of the library's, which is weak, as LAPACK's does. */
void
xerbla_(const char *name, const int *info)
{
  CHECK(strncmp(name, "DGEMM ", 6) == 0);
  wrong_argument = *info;
}

static const int ONE = 1;

static double
pseudo_random(void)
{
  static unsigned state = 1;
  state = state * 1103515245u + 12345u;
  return (double)(state >> 16) / 32768 - 1;
}

static void
test_functions(void)
{
  const int n = 3;
  const double _Complex z[] = {1 + 2 * I, 3 - I, -2 + I}, w[] = {2 - I, 1 + I, 4};
  const float _Complex c[] = {1 + 2 * I, 3 - I, -2 + I}, d[] = {2 - I, 1 + I, 4};
  CHECK(zdotc_(&n, z, &ONE, w, &ONE) == -6 - 5 * I);
  CHECK(cdotc_(&n, c, &ONE, d, &ONE) == -6 - 5 * I);
  CHECK(cdotu_(&n, c, &ONE, d, &ONE) == 0 + 9 * I);
  float _Complex result;
  cblas_cdotc_sub(n, c, 1, d, 1, &result);
  CHECK(result == -6 - 5 * I);
  const float x[] = {1, 2, 3}, y[] = {4, 5, 6};
  CHECK(sdot_(&n, x, &ONE, y, &ONE) == 32);
  const double v[] = {1, -7, 3};
  CHECK(idamax_(&n, v, &ONE) == 2);
  CHECK(cblas_idamax(n, v, 1) == 1);
}

static void
test_rotations(void)
{
  const int n = 2;
  double x[] = {1, 2}, y[] = {3, 4};
  const double c = 0.6, s = 0.8;
  drot_(&n, x, &ONE, y, &ONE, &c, &s);
  CHECK(fabs(x[1] - 4.4) < 1e-15 && fabs(y[1] - 0.8) < 1e-15);

  double _Complex zx[] = {I, 2}, zy[] = {3, 4 * I};
  zdrot_(&n, zx, &ONE, zy, &ONE, &c, &s);
  CHECK(cabs(zx[0] - (2.4 + 0.6 * I)) < 1e-15 && cabs(zy[1] - (-1.6 + 2.4 * I)) < 1e-15);

  /* The rotation made of a and b turns (a, b) into (r, 0). */
  double _Complex a = 3 + 4 * I, b = 1 - 2 * I, r = a, sine;
  double cosine;
  zrotg_(&r, &b, &cosine, &sine);
  CHECK(cabs(cosine * a + sine * b - r) < 1e-14);
  CHECK(cabs(-conj(sine) * a + cosine * b) < 1e-14);
  float _Complex ca = 3 + 4 * I, cb = 1 - 2 * I, cr = ca, csine;
  float ccosine;
  crotg_(&cr, &cb, &ccosine, &csine);
  CHECK(cabsf(ccosine * ca + csine * cb - cr) < 1e-5F);
}

static void
test_band(void)
{
  /* A tridiagonal matrix of order 3, by diagonals. */
  const double band[] = {0, 2, 1, 1, 2, 1, 1, 2, 0}, x[] = {1, 2, 3}, one = 1, zero = 0;
  double y[] = {NAN, NAN, NAN};
  const int n = 3;
  dgbmv_("N", &n, &n, &ONE, &ONE, &one, band, &n, x, &ONE, &zero, y, &ONE);
  CHECK(y[0] == 4 && y[1] == 8 && y[2] == 8);
}

static void
test_wrong_argument(void)
{
  const int negative = -1;
  const double one = 1;
  double c = 5;
  dgemm_("N", "N", &ONE, &ONE, &negative, &one, &one, &ONE, &one, &ONE, &one, &c, &ONE);
  CHECK(wrong_argument == 5);
  CHECK(c == 5);
}

/* Column j of C by hand, for a few j: the whole would take minutes. */
static void
test_blocks(int m, int n, int k)
{
  double *a = malloc(sizeof *a * (size_t)m * (size_t)k), *b = malloc(sizeof *b * (size_t)k * (size_t)n);
  double *c = malloc(sizeof *c * (size_t)m * (size_t)n), *triangle = malloc(sizeof *c * (size_t)m * (size_t)m);
  CHECK(a != NULL && b != NULL && c != NULL && triangle != NULL);
  for (int i = 0; i < m * k; i++)
    a[i] = pseudo_random();
  for (int i = 0; i < k * n; i++)
    b[i] = pseudo_random();
  for (int i = 0; i < m * n; i++)
    c[i] = NAN;
  cblas_dgemm(CblasColMajor, CblasNoTrans, CblasTrans, m, n, k, 0.5, a, m, b, n, 0, c, m);
  for (int j = 0; j < n; j += n > 8 ? n / 8 : 1)
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int l = 0; l < k; l++)
        sum += a[i + l * m] * b[j + l * n];
      CHECK(fabs(c[i + j * m] - 0.5 * sum) < 1e-12 * k);
    }

  /* What is solved for, multiplied by the triangle, is what was given. */
  for (int i = 0; i < m * m; i++)
    triangle[i] = i % (m + 1) == 0 ? 2 + m / 8.0 : pseudo_random();
  double *x = malloc(sizeof *x * (size_t)m * (size_t)n);
  CHECK(x != NULL);
  for (int uplo = CblasUpper; uplo <= CblasLower; uplo++) {
    memcpy(x, c, sizeof *x * (size_t)m * (size_t)n);
    cblas_dtrsm(CblasColMajor, CblasLeft, uplo, CblasNoTrans, CblasNonUnit, m, n, 1, triangle, m, x, m);
    for (int j = 0; j < n; j += n > 8 ? n / 8 : 1)
      for (int i = 0; i < m; i++) {
        double sum = 0;
        for (int l = uplo == CblasUpper ? i : 0; l < (uplo == CblasUpper ? m : i + 1); l++)
          sum += triangle[i + l * m] * x[l + j * m];
        CHECK(fabs(sum - c[i + j * m]) < 1e-11 * m);
      }
  }
  free(a), free(b), free(c), free(triangle), free(x);
}

static void
test_gemmtr(void)
{
  double a[] = {1, 2, 3, 4}, b[] = {1, 0, 0, 1}, c[] = {9, 9, 9, 9}, one = 1, zero = 0;
  const int n = 2;
  dgemmtr_("U", "N", "N", &n, &n, &one, a, &n, b, &n, &zero, c, &n);
  CHECK(c[0] == 1 && c[1] == 9 && c[2] == 3 && c[3] == 4);
}

int
main(void)
{
  test_functions();
  test_rotations();
  test_band();
  test_wrong_argument();
  test_gemmtr();
  test_blocks(1, 1, 1);
  test_blocks(5, 1700, 3);
  test_blocks(300, 7, 900);
  test_blocks(277, 400, 411);
  return 0;
}
