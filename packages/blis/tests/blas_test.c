/*
 * BLAS as its callers see it: the types of its functions, which each link of this program compares with the library's; what
 * BLIS lacks; products of matrices that do not fit one block of any kind; and small ones, which kernels/small.c makes.
 */

#include <complex.h>
#include <math.h>
#include <stdbool.h>
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

/* Orders on either side of what is a tile, an edge of one, and small. */
static const int ORDERS[] = {1, 2, 3, 5, 6, 8, 13, 32, 48, 49, 64, 65};
enum { ORDER_COUNT = sizeof ORDERS / sizeof *ORDERS, LARGEST = 65, LEADING = LARGEST + 2 };

static double _Complex full[3][LEADING * LEADING];

/* Complex numbers, of which a test of a real type takes the real part. What lies beyond is NaN, and is to be left alone. */
static void
fill(double _Complex *matrix, int rows, int columns)
{
  for (int i = 0; i < LEADING * LEADING; i++)
    matrix[i] = NAN;
  for (int j = 0; j < columns; j++)
    for (int i = 0; i < rows; i++)
      matrix[i + j * LEADING] = pseudo_random() + I * pseudo_random();
}

static double _Complex element(const double _Complex *matrix, int transpose, int i, int j)
{
  double _Complex x = transpose == CblasNoTrans ? matrix[i + j * LEADING] : matrix[j + i * LEADING];
  return transpose == CblasConjTrans ? conj(x) : x;
}

#define CONVERT(type, to, from)                                                                                        \
  for (int i_ = 0; i_ < LEADING * LEADING; i_++)                                                                       \
  (to)[i_] = (type)(from)[i_]

#define AS_REAL(x) creal(x)
#define AS_COMPLEX(x) (x)

/* C = alpha op(A) op(B) + beta C beside the same by hand, for one type. C outside of its rows stays as it was. */
#define TEST_GEMM(x, type, number, pointed, AS, alpha, beta, tolerance)                                                \
  static void test_##x##gemm(int transa, int transb, int m, int n, int k)                                              \
  {                                                                                                                    \
    static type a[LEADING * LEADING], b[LEADING * LEADING], c[LEADING * LEADING];                                      \
    number factor = alpha, old = beta;                                                                                 \
    CONVERT(type, a, full[0]);                                                                                         \
    CONVERT(type, b, full[1]);                                                                                         \
    CONVERT(type, c, full[2]);                                                                                         \
    for (int i = 0; old == 0 && i < LEADING * LEADING; i++)                                                            \
      c[i] = NAN;                                                                                                      \
    cblas_##x##gemm(CblasColMajor, transa, transb, m, n, k, pointed factor, a, LEADING, b, LEADING, pointed old, c,    \
                    LEADING);                                                                                          \
    for (int j = 0; j < n; j++)                                                                                        \
      for (int i = 0; i < LEADING; i++) {                                                                              \
        if (i >= m) {                                                                                                  \
          CHECK(isnan(creal(c[i + j * LEADING])));                                                                     \
          continue;                                                                                                    \
        }                                                                                                              \
        double _Complex sum = 0;                                                                                       \
        for (int l = 0; l < k; l++)                                                                                    \
          sum += AS(element(full[0], transa, i, l)) * AS(element(full[1], transb, l, j));                              \
        sum = factor * sum + (old == 0 ? 0 : old * AS(full[2][i + j * LEADING]));                                      \
        CHECK(cabs(c[i + j * LEADING] - sum) < (tolerance) * (k + 1));                                                 \
      }                                                                                                                \
  }

TEST_GEMM(s, float, float, , AS_REAL, 0.5, -1.5, 1e-6)
TEST_GEMM(d, double, double, , AS_REAL, 0.5, 0, 1e-15)
TEST_GEMM(c, float _Complex, float _Complex, &, AS_COMPLEX, 0.5F - I, 1 + I, 2e-6)
TEST_GEMM(z, double _Complex, double _Complex, &, AS_COMPLEX, I, -1, 2e-15)

/* One triangle of C = alpha op(A) op(A)' + beta C; the other stays as it was. */
#define TEST_SYRK(x, type, beta, tolerance)                                                                            \
  static void test_##x##syrk(int uplo, int transpose, int n, int k)                                                    \
  {                                                                                                                    \
    static type a[LEADING * LEADING], c[LEADING * LEADING];                                                            \
    CONVERT(type, a, full[0]);                                                                                         \
    CONVERT(type, c, full[2]);                                                                                         \
    for (int i = 0; (beta) == 0 && i < LEADING * LEADING; i++)                                                         \
      if (uplo == CblasLower ? i % LEADING >= i / LEADING : i % LEADING <= i / LEADING)                                \
        c[i] = NAN;                                                                                                    \
    cblas_##x##syrk(CblasColMajor, uplo, transpose, n, k, 0.5, a, LEADING, beta, c, LEADING);                          \
    for (int j = 0; j < n; j++)                                                                                        \
      for (int i = 0; i < n; i++) {                                                                                    \
        type before = (type)full[2][i + j * LEADING];                                                                  \
        if (uplo == CblasLower ? i < j : i > j) {                                                                      \
          CHECK(c[i + j * LEADING] == before);                                                                         \
          continue;                                                                                                    \
        }                                                                                                              \
        double sum = 0;                                                                                                \
        for (int l = 0; l < k; l++)                                                                                    \
          sum += creal(element(full[0], transpose, i, l)) * creal(element(full[0], transpose, j, l));                  \
        CHECK(fabs(c[i + j * LEADING] - (0.5 * sum + (beta) * before)) < (tolerance) * (k + 1));                       \
      }                                                                                                                \
  }

TEST_SYRK(s, float, 2, 1e-6)
TEST_SYRK(d, double, 0, 1e-15)

/* What is solved for, multiplied by the triangle, is alpha times what was given. The other triangle is not read. */
#define TEST_TRSM(x, type, tolerance)                                                                                  \
  static void test_##x##trsm(int side, int uplo, int transpose, int diag, int m, int n)                                \
  {                                                                                                                    \
    static type a[LEADING * LEADING], b[LEADING * LEADING];                                                            \
    static double triangle[LEADING][LEADING];                                                                          \
    int order = side == CblasLeft ? m : n;                                                                             \
    for (int j = 0; j < LEADING; j++)                                                                                  \
      for (int i = 0; i < LEADING; i++) {                                                                              \
        bool inside = uplo == CblasLower ? i > j : i < j;                                                              \
        double number = i == j ? 2 + creal(full[0][i + j * LEADING]) : creal(full[0][i + j * LEADING]) / order;        \
        bool read = i < order && j < order && (inside || (i == j && diag == CblasNonUnit));                            \
        a[i + j * LEADING] = (type)(read ? number : NAN);                                                              \
        number = i == j && diag == CblasUnit ? 1 : read ? a[i + j * LEADING] : 0;                                      \
        triangle[transpose == CblasNoTrans ? i : j][transpose == CblasNoTrans ? j : i] = number;                       \
      }                                                                                                                \
    CONVERT(type, b, full[2]);                                                                                         \
    cblas_##x##trsm(CblasColMajor, side, uplo, transpose, diag, m, n, 3, a, LEADING, b, LEADING);                      \
    for (int j = 0; j < n; j++)                                                                                        \
      for (int i = 0; i < LEADING; i++) {                                                                              \
        if (i >= m) {                                                                                                  \
          CHECK(isnan(b[i + j * LEADING]));                                                                            \
          continue;                                                                                                    \
        }                                                                                                              \
        double sum = 0;                                                                                                \
        for (int l = 0; l < order; l++)                                                                                \
          sum += side == CblasLeft ? triangle[i][l] * b[l + j * LEADING] : b[i + l * LEADING] * triangle[l][j];        \
        CHECK(fabs(sum - 3 * (double)(type)full[2][i + j * LEADING]) < (tolerance) * (order + 1));                     \
      }                                                                                                                \
  }

TEST_TRSM(s, float, 1e-6)
TEST_TRSM(d, double, 2e-15)

/* B times a triangle, from either side, beside the same by hand. The other triangle is not read. */
#define TEST_TRMM(x, type, number, pointed, AS, alpha, tolerance)                                                      \
  static void test_##x##trmm(int side, int uplo, int transpose, int diag, int m, int n)                                \
  {                                                                                                                    \
    static type a[LEADING * LEADING], b[LEADING * LEADING];                                                            \
    int order = side == CblasLeft ? m : n;                                                                             \
    for (int j = 0; j < LEADING; j++)                                                                                  \
      for (int i = 0; i < LEADING; i++) {                                                                              \
        bool inside = uplo == CblasLower ? i > j : i < j;                                                              \
        bool read = i < order && j < order && (inside || (i == j && diag == CblasNonUnit));                            \
        a[i + j * LEADING] = (type)(read ? full[0][i + j * LEADING] : NAN);                                            \
        full[1][i + j * LEADING] = i == j && diag == CblasUnit ? 1 : read ? AS(full[0][i + j * LEADING]) : 0;          \
      }                                                                                                                \
    CONVERT(type, b, full[2]);                                                                                         \
    number factor = alpha;                                                                                             \
    cblas_##x##trmm(CblasColMajor, side, uplo, transpose, diag, m, n, pointed factor, a, LEADING, b, LEADING);         \
    for (int j = 0; j < n; j++)                                                                                        \
      for (int i = 0; i < LEADING; i++) {                                                                              \
        if (i >= m) {                                                                                                  \
          CHECK(isnan(creal(b[i + j * LEADING])));                                                                     \
          continue;                                                                                                    \
        }                                                                                                              \
        double _Complex sum = 0;                                                                                       \
        for (int l = 0; l < order; l++)                                                                                \
          sum += side == CblasLeft ? element(full[1], transpose, i, l) * AS(full[2][l + j * LEADING])                  \
                                   : AS(full[2][i + l * LEADING]) * element(full[1], transpose, l, j);                 \
        CHECK(cabs(factor * sum - b[i + j * LEADING]) < (tolerance) * (order + 1));                                    \
      }                                                                                                                \
  }

TEST_TRMM(s, float, float, , AS_REAL, 0.5, 1e-6)
TEST_TRMM(d, double, double, , AS_REAL, -3, 2e-15)
TEST_TRMM(c, float _Complex, float _Complex, &, AS_COMPLEX, 0.5F - I, 2e-6)
TEST_TRMM(z, double _Complex, double _Complex, &, AS_COMPLEX, I, 2e-15)

static void
test_small(void)
{
  for (int i = 0; i < ORDER_COUNT * ORDER_COUNT; i++) {
    int m = ORDERS[i % ORDER_COUNT], n = ORDERS[i / ORDER_COUNT],
        k = ORDERS[(i * 7 + i / ORDER_COUNT * 5) % ORDER_COUNT];
    for (int transa = CblasNoTrans; transa <= CblasConjTrans; transa++)
      for (int transb = CblasNoTrans; transb <= CblasConjTrans; transb++) {
        fill(full[0], transa == CblasNoTrans ? m : k, transa == CblasNoTrans ? k : m);
        fill(full[1], transb == CblasNoTrans ? k : n, transb == CblasNoTrans ? n : k);
        fill(full[2], m, n);
        test_sgemm(transa, transb, m, n, k);
        test_dgemm(transa, transb, m, n, k);
        test_cgemm(transa, transb, m, n, k);
        test_zgemm(transa, transb, m, n, k);
      }
    for (int uplo = CblasUpper; uplo <= CblasLower; uplo++)
      for (int transpose = CblasNoTrans; transpose <= CblasTrans; transpose++) {
        fill(full[0], transpose == CblasNoTrans ? n : k, transpose == CblasNoTrans ? k : n);
        fill(full[2], n, n);
        test_ssyrk(uplo, transpose, n, k);
        test_dsyrk(uplo, transpose, n, k);
        for (int side = CblasLeft; side <= CblasRight; side++)
          for (int diag = CblasNonUnit; diag <= CblasUnit; diag++) {
            fill(full[0], LARGEST, LARGEST);
            fill(full[2], m, n);
            test_strsm(side, uplo, transpose, diag, m, n);
            test_dtrsm(side, uplo, transpose, diag, m, n);
            test_strmm(side, uplo, transpose, diag, m, n);
            test_dtrmm(side, uplo, transpose, diag, m, n);
            test_ctrmm(side, uplo, transpose, diag, m, n);
            test_ztrmm(side, uplo, transpose, diag, m, n);
            test_ctrmm(side, uplo, transpose == CblasTrans ? CblasConjTrans : transpose, diag, m, n);
            test_ztrmm(side, uplo, transpose == CblasTrans ? CblasConjTrans : transpose, diag, m, n);
          }
      }
  }
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
  test_small();
  test_blocks(1, 1, 1);
  test_blocks(5, 1700, 3);
  test_blocks(300, 7, 900);
  test_blocks(277, 400, 411);
  return 0;
}
