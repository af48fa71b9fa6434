/* LAPACK as C calls it: pointers to everything, no lengths of strings, complex results as C's own. */

#include <complex.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "packages/testing/check.h"

/* As JavaScript's Math.random is not: the same in every run, between -1 and 1. */
static double
next(void)
{
  static unsigned state = 2463534242u;
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return (double)(int)state / 2147483648.0;
}

void dgesv_(int *n, int *nrhs, double *a, int *lda, int *ipiv, double *b, int *ldb, int *info);
void zgesv_(int *n, int *nrhs, double complex *a, int *lda, int *ipiv, double complex *b, int *ldb, int *info);
void dgees_(char *jobvs, char *sort, int (*select)(double *, double *), int *n, double *a, int *lda, int *sdim,
            double *wr, double *wi, double *vs, int *ldvs, double *work, int *lwork, int *bwork, int *info);
void cheev_(char *jobz, char *uplo, int *n, float complex *a, int *lda, float *w, float complex *work, int *lwork,
            float *rwork, int *info);
int ilaenv_(int *ispec, char *name, char *opts, int *n1, int *n2, int *n3, int *n4);
double dlamch_(char *cmach);
void chla_transtype_(char *result, int *trans);
float complex cdotc_(int *n, float complex *x, int *incx, float complex *y, int *incy);
double complex zdotu_(int *n, double complex *x, int *incx, double complex *y, int *incy);
float complex cladiv_(float complex *x, float complex *y);
void ilaver_(int *major, int *minor, int *patch);

enum { N = 60 };

static void
test_solve(void)
{
  static double a[N * N], original[N * N], b[N], x[N];
  int pivots[N], n = N, one = 1, info = -1;
  for (int i = 0; i < N * N; i++)
    original[i] = a[i] = next();
  for (int i = 0; i < N; i++)
    x[i] = b[i] = next();
  dgesv_(&n, &one, a, &n, pivots, x, &n, &info);
  CHECK(info == 0);
  for (int i = 0; i < N; i++) {
    double sum = 0;
    for (int j = 0; j < N; j++)
      sum += original[i + j * N] * x[j];
    CHECK(fabs(sum - b[i]) < 1e-10);
  }
  /* A matrix of rank one is found out. */
  for (int i = 0; i < N * N; i++)
    a[i] = 1;
  dgesv_(&n, &one, a, &n, pivots, x, &n, &info);
  CHECK(info == 2);
}

static void
test_complex_solve(void)
{
  static double complex a[N * N], original[N * N], b[N], x[N];
  int pivots[N], n = N, one = 1, info = -1;
  for (int i = 0; i < N * N; i++)
    original[i] = a[i] = next() + I * next();
  for (int i = 0; i < N; i++)
    x[i] = b[i] = next() + I * next();
  zgesv_(&n, &one, a, &n, pivots, x, &n, &info);
  CHECK(info == 0);
  for (int i = 0; i < N; i++) {
    double complex sum = 0;
    for (int j = 0; j < N; j++)
      sum += original[i + j * N] * x[j];
    CHECK(cabs(sum - b[i]) < 1e-10);
  }
}

static int
left_half(double *real, double *imaginary)
{
  (void)imaginary;
  return *real < 0;
}

/* A function of C is called from Fortran, for each eigenvalue. */
static void
test_sorted_schur(void)
{
  static double a[N * N], wr[N], wi[N], vs[N * N], work[20 * N];
  int n = N, sdim = -1, lwork = 20 * N, bwork[N], info = -1, negative = 0;
  for (int i = 0; i < N * N; i++)
    a[i] = next();
  dgees_("V", "S", left_half, &n, a, &n, &sdim, wr, wi, vs, &n, work, &lwork, bwork, &info);
  CHECK(info == 0);
  for (int i = 0; i < N; i++)
    negative += wr[i] < 0;
  CHECK(sdim == negative && sdim > 0 && sdim < N);
  for (int i = 0; i < sdim; i++)
    CHECK(wr[i] < 0);
}

static void
test_hermitian_eigenvalues(void)
{
  static float complex a[N * N], work[4 * N];
  float w[N], rwork[3 * N], trace = 0, sum = 0;
  int n = N, lwork = 4 * N, info = -1;
  for (int j = 0; j < N; j++)
    for (int i = 0; i <= j; i++) {
      a[i + j * N] = (float)next() + (i == j ? 0 : I * (float)next());
      a[j + i * N] = conjf(a[i + j * N]);
      trace += i == j ? crealf(a[i + j * N]) : 0;
    }
  cheev_("N", "U", &n, a, &n, w, work, &lwork, rwork, &info);
  CHECK(info == 0);
  for (int i = 0; i < N; i++) {
    CHECK(!i || w[i - 1] <= w[i]);
    sum += w[i];
  }
  CHECK(fabsf(sum - trace) < 1e-3f);
}

static void
test_results(void)
{
  float complex x[2] = {1 + 2 * I, 3 - I}, y[2] = {-1 + I, 2 + 2 * I};
  double complex u[2] = {1 + 2 * I, 3 - I}, v[2] = {-1 + I, 2 + 2 * I};
  int two = 2, one = 1, transpose = 112, major = 0, minor = 0, patch = 0;
  char letter = 0;
  CHECK(cdotc_(&two, x, &one, y, &one) == conjf(x[0]) * y[0] + conjf(x[1]) * y[1]);
  CHECK(zdotu_(&two, u, &one, v, &one) == u[0] * v[0] + u[1] * v[1]);
  CHECK(cabsf(cladiv_(&x[0], &y[0]) - x[0] / y[0]) < 1e-6f);
  CHECK(dlamch_("E") == DBL_EPSILON / 2);
  CHECK(dlamch_("Safe minimum") == DBL_MIN);
  chla_transtype_(&letter, &transpose);
  CHECK(letter == 'T');
  ilaver_(&major, &minor, &patch);
  /* 3.12.1 says of itself that it is 3.12.0. */
  CHECK(major == 3 && minor == 12 && patch == 0);
}

/* Lengths of strings are asked for inside: C's strings end by themselves. */
static void
test_strings(void)
{
  int ispec = 1, n = 500, minus = -1;
  CHECK(ilaenv_(&ispec, "DGETRF", " ", &n, &n, &minus, &minus) == 64);
  CHECK(ilaenv_(&ispec, "dsytrd", "U", &n, &minus, &minus, &minus) == 32);
}

int
main(void)
{
  test_solve();
  test_complex_solve();
  test_sorted_schur();
  test_hermitian_eigenvalues();
  test_results();
  test_strings();
  return 0;
}
