/*
 * gemmtrsm micro-kernels: B11 = inv(A11) (alpha B11 - A1x Bx1) for a packed tile, which also goes to C11. A11 is the
 * triangle on the diagonal, of which BLIS has inverted the diagonal itself when it packed it (TRSM_PREINVERSION). A tile
 * at the edge is padded: the triangle with a unit diagonal, the others with zeros. What is padding gets no product, which
 * could be Inf * 0.
 */

#include "packages/blis/kernels/gemm.h"
#include "packages/blis/kernels/kernels.h"

/* Arithmetic on one number, real and complex, by pointer. */
#define REAL_SCALE(x, y) (*(x) *= *(y))
#define REAL_SUBTRACT_PRODUCT(z, x, y) (*(z) -= *(x) * *(y))

#define COMPLEX_SCALE_ONE(x, y)                                                                                        \
  do {                                                                                                                 \
    __typeof__(*(x)) old = *(x);                                                                                       \
    (x)->real = old.real * (y)->real - old.imag * (y)->imag;                                                           \
    (x)->imag = old.real * (y)->imag + old.imag * (y)->real;                                                           \
  } while (0)
#define COMPLEX_SUBTRACT_PRODUCT(z, x, y)                                                                              \
  do {                                                                                                                 \
    (z)->real -= (x)->real * (y)->real - (x)->imag * (y)->imag;                                                        \
    (z)->imag -= (x)->real * (y)->imag + (x)->imag * (y)->real;                                                        \
  } while (0)

/* Row i of the tile, less the rows `from` to `to` times their places in row i of the triangle, divided by its diagonal. */
#define SOLVE_ROW(x, i, from, to, SCALE, SUBTRACT_PRODUCT)                                                             \
  for (int l = from; l < to; l++)                                                                                      \
    for (int j = 0; j < BLIS_NR_##x; j++)                                                                              \
      SUBTRACT_PRODUCT(&tile[i][j], &a11[i + l * BLIS_MR_##x], &tile[l][j]);                                           \
  for (int j = 0; j < BLIS_NR_##x; j++)                                                                                \
    SCALE(&tile[i][j], &a11[i + i * BLIS_MR_##x]);

#define FORWARD(x, SCALE, SUBTRACT_PRODUCT)                                                                            \
  for (int i = 0; i < BLIS_MR_##x; i++) {                                                                              \
    SOLVE_ROW(x, i, 0, i, SCALE, SUBTRACT_PRODUCT)                                                                     \
  }
#define BACKWARD(x, SCALE, SUBTRACT_PRODUCT)                                                                           \
  for (int i = BLIS_MR_##x - 1; i >= 0; i--) {                                                                         \
    SOLVE_ROW(x, i, i + 1, BLIS_MR_##x, SCALE, SUBTRACT_PRODUCT)                                                       \
  }

#define DEFINE(number, x, uplo, MULTIPLY, SOLVE, SCALE, SUBTRACT_PRODUCT)                                              \
  void bli_##x##gemmtrsm_##uplo##_wasm(dim_t m, dim_t n, dim_t k, const void *alpha, const void *a1x,                  \
                                       const void *a110, const void *bx1, void *b110, void *c110, inc_t rs_c,          \
                                       inc_t cs_c, auxinfo_t *data, const cntx_t *cntx)                                \
  {                                                                                                                    \
    (void)data, (void)cntx;                                                                                            \
    const number *a11 = a110;                                                                                          \
    number *b11 = b110, *c11 = c110;                                                                                   \
    number product[BLIS_NR_##x][BLIS_MR_##x], tile[BLIS_MR_##x][BLIS_NR_##x];                                          \
    MULTIPLY(x, k, a1x, bx1, &product[0][0]);                                                                          \
    for (int i = 0; i < BLIS_MR_##x; i++)                                                                              \
      for (int j = 0; j < BLIS_NR_##x; j++) {                                                                          \
        tile[i][j] = b11[i * BLIS_NR_##x + j];                                                                         \
        if (i < m) {                                                                                                   \
          static const number one = ONE_##x;                                                                           \
          SCALE(&tile[i][j], (const number *)alpha);                                                                   \
          SUBTRACT_PRODUCT(&tile[i][j], &product[j][i], &one);                                                         \
        }                                                                                                              \
      }                                                                                                                \
    SOLVE(x, SCALE, SUBTRACT_PRODUCT)                                                                                  \
    for (int i = 0; i < BLIS_MR_##x; i++)                                                                              \
      for (int j = 0; j < BLIS_NR_##x; j++) {                                                                          \
        b11[i * BLIS_NR_##x + j] = tile[i][j];                                                                         \
        if (i < m && j < n)                                                                                            \
          c11[i * rs_c + j * cs_c] = tile[i][j];                                                                       \
      }                                                                                                                \
  }

#define MULTIPLY_REAL(r, k, a, b, product)                                                                             \
  do {                                                                                                                 \
    v128_t sum[COLUMNS][2];                                                                                            \
    multiply_##r(k, a, b, sum);                                                                                        \
    for (int j = 0; j < COLUMNS; j++)                                                                                  \
      for (int i = 0; i < 2; i++)                                                                                      \
        STORE((product) + (2 * j + i) * LANES_##r, sum[j][i]);                                                         \
  } while (0)
#define MULTIPLY_COMPLEX(r, k, a, b, product)                                                                          \
  do {                                                                                                                 \
    v128_t sum[COLUMNS][2];                                                                                            \
    multiply_##r(k, a, b, sum);                                                                                        \
    for (int j = 0; j < COLUMNS / 2; j++)                                                                              \
      for (int i = 0; i < 2; i++)                                                                                      \
        STORE((product) + (2 * j + i) * (LANES_##r / 2), JOIN_COLUMNS(r, sum[2 * j][i], sum[2 * j + 1][i]));           \
  } while (0)
#define MULTIPLY_COMPLEX_c(x, k, a, b, product) MULTIPLY_COMPLEX(s, k, a, b, product)
#define MULTIPLY_COMPLEX_z(x, k, a, b, product) MULTIPLY_COMPLEX(d, k, a, b, product)

#define ONE_s 1
#define ONE_d 1
#define ONE_c {1, 0}
#define ONE_z {1, 0}

DEFINE(float, s, l, MULTIPLY_REAL, FORWARD, REAL_SCALE, REAL_SUBTRACT_PRODUCT)
DEFINE(float, s, u, MULTIPLY_REAL, BACKWARD, REAL_SCALE, REAL_SUBTRACT_PRODUCT)
DEFINE(double, d, l, MULTIPLY_REAL, FORWARD, REAL_SCALE, REAL_SUBTRACT_PRODUCT)
DEFINE(double, d, u, MULTIPLY_REAL, BACKWARD, REAL_SCALE, REAL_SUBTRACT_PRODUCT)
DEFINE(scomplex, c, l, MULTIPLY_COMPLEX_c, FORWARD, COMPLEX_SCALE_ONE, COMPLEX_SUBTRACT_PRODUCT)
DEFINE(scomplex, c, u, MULTIPLY_COMPLEX_c, BACKWARD, COMPLEX_SCALE_ONE, COMPLEX_SUBTRACT_PRODUCT)
DEFINE(dcomplex, z, l, MULTIPLY_COMPLEX_z, FORWARD, COMPLEX_SCALE_ONE, COMPLEX_SUBTRACT_PRODUCT)
DEFINE(dcomplex, z, u, MULTIPLY_COMPLEX_z, BACKWARD, COMPLEX_SCALE_ONE, COMPLEX_SUBTRACT_PRODUCT)
