/* The main module of shared_test.mjs: loads a build of the BLAS and multiplies matrices with it. */

#include <complex.h>
#include <dlfcn.h>
#include <emscripten.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SIZE = 150 };

static double a[SIZE][SIZE], b[SIZE][SIZE], c[SIZE][SIZE];

/* Loads `path`. Gives 0 where it cannot, and says why. */
EMSCRIPTEN_KEEPALIVE void *
loader_open(const char *path)
{
  void *library = dlopen(path, RTLD_NOW);
  if (library == NULL)
    fprintf(stderr, "%s\n", dlerror());
  return library;
}

EMSCRIPTEN_KEEPALIVE int
loader_has(void *library, const char *name)
{
  return dlsym(library, name) != NULL;
}

/* The greatest error of a product of matrices, relative to what rounding makes; -1 where a function is missing. */
EMSCRIPTEN_KEEPALIVE double
loader_multiply(void *library)
{
  void (*dgemm)(const char *, const char *, const int *, const int *, const int *, const double *, const void *,
                const int *, const void *, const int *, const double *, void *, const int *) =
      (void (*)(const char *, const char *, const int *, const int *, const int *, const double *, const void *,
                const int *, const void *, const int *, const double *, void *, const int *))dlsym(library, "dgemm_");
  if (dgemm == NULL)
    return -1;
  const int n = SIZE;
  const double one = 1, zero = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      a[i][j] = (double)((i * 37 + j * 11) % 101) / 101;
      b[i][j] = (double)((i * 13 + j * 29) % 103) / 103;
      c[i][j] = NAN;
    }
  dgemm("N", "N", &n, &n, &n, &one, a, &n, b, &n, &zero, c, &n);
  double worst = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      /* Fortran's columns are C's rows. */
      double sum = 0;
      for (int l = 0; l < n; l++)
        sum += a[l][j] * b[i][l];
      double error = fabs(c[i][j] - sum) / (n * 0x1p-52);
      worst = error > worst || error != error ? error : worst;
    }
  return worst;
}

/* The length of the complex vector (3 + 4i), by the dot product with itself, which comes back by a hidden address. */
EMSCRIPTEN_KEEPALIVE double
loader_length(void *library)
{
  float _Complex (*cdotc)(const int *, const void *, const int *, const void *, const int *) =
      (float _Complex (*)(const int *, const void *, const int *, const void *, const int *))dlsym(library, "cdotc_");
  if (cdotc == NULL)
    return -1;
  const float _Complex x = 3 + 4 * I;
  const int one = 1;
  return sqrt(crealf(cdotc(&one, &x, &one, &x, &one)));
}
