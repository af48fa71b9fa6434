/*
 * The product of two packed panels, for gemm.c and gemmtrsm.c.
 *
 * A panel of A has ROWS real numbers for each step of k, a panel of B has COLUMNS: two vectors of A stay in registers, and
 * each number of B is spread over a vector by its load, which costs no more than a plain load. Complex panels are the same
 * to this loop: a complex number is two real rows of A and two real columns of B, of which JOIN_COLUMNS makes products.
 */

#ifndef PACKAGES_BLIS_KERNELS_GEMM_H
#define PACKAGES_BLIS_KERNELS_GEMM_H

#include "blis.h"

#include "packages/blis/kernels/tile.h"
#include "packages/blis/kernels/vector.h"

#define DEFINE_MULTIPLY(real, r)                                                                                       \
  static inline __attribute__((always_inline)) void multiply_##r(dim_t k, const real *restrict a,                      \
                                                                 const real *restrict b, v128_t tile[COLUMNS][2])      \
  {                                                                                                                    \
    v128_t sum[COLUMNS][2];                                                                                            \
    for (int j = 0; j < COLUMNS; j++)                                                                                  \
      sum[j][0] = sum[j][1] = ZERO;                                                                                    \
    _Pragma("clang loop unroll_count(4)") for (; k > 0; k--)                                                           \
    {                                                                                                                  \
      v128_t a0 = LOAD(a), a1 = LOAD(a + LANES_##r);                                                                   \
      _Pragma("clang loop unroll(full)") for (int j = 0; j < COLUMNS; j++)                                             \
      {                                                                                                                \
        v128_t bj = LOAD_SPLAT_##r(b + j);                                                                             \
        sum[j][0] = MADD_##r(a0, bj, sum[j][0]);                                                                       \
        sum[j][1] = MADD_##r(a1, bj, sum[j][1]);                                                                       \
      }                                                                                                                \
      a += 2 * LANES_##r;                                                                                              \
      b += COLUMNS;                                                                                                    \
    }                                                                                                                  \
    for (int j = 0; j < COLUMNS; j++)                                                                                  \
      tile[j][0] = sum[j][0], tile[j][1] = sum[j][1];                                                                  \
  }

DEFINE_MULTIPLY(float, s)
DEFINE_MULTIPLY(double, d)

/* x times the complex number (re, im), for each complex number in x. */
#define COMPLEX_SCALE(r, x, re, im) MADD_##r(SWAP_##r(x), PAIRS_##r(-(im), im), MUL_##r(x, SPLAT_##r(re)))

/* The products of complex numbers with real parts and with imaginary parts, put together: x + i y. */
#define JOIN_COLUMNS(r, x, y) MADD_##r(SWAP_##r(y), PAIRS_##r(-1, 1), x)

#endif
