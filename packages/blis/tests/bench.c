/* GFLOP/s of BLAS by size: gemm of all types, and gemv, dot and axpy in double. Arguments: the sizes, default 64 to 2048. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cblas.h"

/* Each figure is the best of the calls in this many seconds, so that what else the machine does counts little. */
static const double SECONDS = 1;

static double
now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Calls `call` until one lasts at least 0.1 ms, and prints the best rate. */
#define MEASURE(name, n, operations, call)                                                                             \
  do {                                                                                                                 \
    double best = 1e300, end = now() + SECONDS;                                                                        \
    int repeat = 1;                                                                                                    \
    for (int runs = 0; runs < 3 || now() < end; runs++) {                                                              \
      double start = now();                                                                                            \
      for (int i = 0; i < repeat; i++)                                                                                 \
        call;                                                                                                          \
      double took = now() - start;                                                                                     \
      if (took < 1e-4) {                                                                                               \
        repeat *= 2;                                                                                                   \
        continue;                                                                                                      \
      }                                                                                                                \
      if (took / repeat < best)                                                                                        \
        best = took / repeat;                                                                                          \
    }                                                                                                                  \
    printf("%-6s %5d  %7.2f\n", name, n, (operations) / best * 1e-9);                                                  \
    fflush(stdout);                                                                                                    \
  } while (0)

static void *
numbers(size_t count, int single)
{
  void *all = malloc(count * (single ? sizeof(float) : sizeof(double)));
  if (all == NULL) {
    fprintf(stderr, "no memory for %zu numbers: give smaller sizes\n", count);
    exit(1);
  }
  for (size_t i = 0; i < count; i++) {
    double x = (double)(i * 7919 % 1000) / 1000 - 0.5;
    if (single)
      ((float *)all)[i] = (float)x;
    else
      ((double *)all)[i] = x;
  }
  return all;
}

static void
bench(int n, const char *only)
{
  double operations = 2.0 * n * n * n;
  size_t count = (size_t)n * n;
  static const float one_c[2] = {1, 0}, zero_c[2] = {0, 0};
  static const double one_z[2] = {1, 0}, zero_z[2] = {0, 0};
  for (int single = 0; single < 2; single++) {
    void *a = numbers(2 * count, single), *b = numbers(2 * count, single), *c = numbers(2 * count, single);
#define GEMM(type, alpha, beta)                                                                                        \
  cblas_##type##gemm(CblasColMajor, CblasNoTrans, CblasNoTrans, n, n, n, alpha, a, n, b, n, beta, c, n)
    if (single) {
      if (strchr(only, 's'))
        MEASURE("sgemm", n, operations, GEMM(s, 1, 0));
      if (strchr(only, 'c'))
        MEASURE("cgemm", n, 4 * operations, GEMM(c, one_c, zero_c));
    }
    else {
      if (strchr(only, 'd'))
        MEASURE("dgemm", n, operations, GEMM(d, 1, 0));
      if (strchr(only, 'z'))
        MEASURE("zgemm", n, 4 * operations, GEMM(z, one_z, zero_z));
      if (strchr(only, '2')) {
        MEASURE("dgemvn", n, 2.0 * n * n, cblas_dgemv(CblasColMajor, CblasNoTrans, n, n, 1, a, n, b, 1, 0, c, 1));
        MEASURE("dgemvt", n, 2.0 * n * n, cblas_dgemv(CblasColMajor, CblasTrans, n, n, 1, a, n, b, 1, 0, c, 1));
      }
      if (strchr(only, '1')) {
        MEASURE("ddot", n, 2.0 * n, cblas_ddot(n, a, 1, b, 1));
        MEASURE("daxpy", n, 2.0 * n, cblas_daxpy(n, 1e-9, a, 1, c, 1));
      }
    }
    free(a), free(b), free(c);
  }
}

int
main(int argc, char **argv)
{
  const char *only = argc > 1 ? argv[1] : "sdcz21";
  printf("name   size  GFLOP/s\n");
  if (argc > 2)
    for (int i = 2; i < argc; i++)
      bench(atoi(argv[i]), only);
  else
    for (int n = 64; n <= 2048; n *= 2)
      bench(n, only);
  return 0;
}
