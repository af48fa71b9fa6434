/* gemm micro-kernels: C = beta C + alpha A B for one tile of C, which is best stored by columns. */

#include "packages/blis/kernels/gemm.h"
#include "packages/blis/kernels/kernels.h"

#define DEFINE_REAL(real, r)                                                                                           \
  void bli_##r##gemm_wasm(dim_t m, dim_t n, dim_t k, const void *alpha, const void *a, const void *b,                  \
                          const void *beta, void *c, inc_t rs_c, inc_t cs_c, auxinfo_t *data, const cntx_t *cntx)      \
  {                                                                                                                    \
    (void)data, (void)cntx;                                                                                            \
    v128_t tile[COLUMNS][2];                                                                                           \
    multiply_##r(k, a, b, tile);                                                                                       \
    GEMM_UKR_SETUP_CT(r, BLIS_MR_##r, BLIS_NR_##r, false);                                                             \
    v128_t factor = SPLAT_##r(*(const real *)alpha);                                                                   \
    real old_factor = *(const real *)beta;                                                                             \
    for (int j = 0; j < BLIS_NR_##r; j++) {                                                                            \
      real *to = (real *)c + j * cs_c;                                                                                 \
      v128_t x0 = MUL_##r(tile[j][0], factor), x1 = MUL_##r(tile[j][1], factor);                                       \
      if (old_factor != 0) {                                                                                           \
        x0 = MADD_##r(LOAD(to), SPLAT_##r(old_factor), x0);                                                            \
        x1 = MADD_##r(LOAD(to + LANES_##r), SPLAT_##r(old_factor), x1);                                                \
      }                                                                                                                \
      STORE(to, x0);                                                                                                   \
      STORE(to + LANES_##r, x1);                                                                                       \
    }                                                                                                                  \
    GEMM_UKR_FLUSH_CT(r);                                                                                              \
  }

/*
 * A real beta, as 1 mostly is, multiplies both parts of C by themselves: by the rule for products, an infinite part would make
 * NaN of the other. BLIS's macros for tiles of other sizes do not know that, so these are written here.
 */
#define DEFINE_COMPLEX(complex, x, r)                                                                                  \
  void bli_##x##gemm_wasm(dim_t m, dim_t n, dim_t k, const void *alpha, const void *a, const void *b,                  \
                          const void *beta, void *c, inc_t rs_c, inc_t cs_c, auxinfo_t *data, const cntx_t *cntx)      \
  {                                                                                                                    \
    (void)data, (void)cntx;                                                                                            \
    enum { MR = BLIS_MR_##x, NR = BLIS_NR_##x };                                                                       \
    v128_t tile[COLUMNS][2];                                                                                           \
    multiply_##r(k, a, b, tile);                                                                                       \
    complex factor = *(const complex *)alpha, old_factor = *(const complex *)beta;                                     \
    bool whole = rs_c == 1 && m == MR && n == NR, real_factor = old_factor.imag == 0;                                  \
    complex sums[MR * NR];                                                                                             \
    for (int j = 0; j < NR; j++) {                                                                                     \
      for (int i = 0; i < 2; i++) {                                                                                    \
        v128_t ab = JOIN_COLUMNS(r, tile[2 * j][i], tile[2 * j + 1][i]);                                               \
        v128_t sum = COMPLEX_SCALE(r, ab, factor.real, factor.imag);                                                   \
        if (!whole) {                                                                                                  \
          STORE(sums + j * MR + i * (LANES_##r / 2), sum);                                                             \
          continue;                                                                                                    \
        }                                                                                                              \
        void *to = (complex *)c + j * cs_c + i * (LANES_##r / 2);                                                      \
        if (!real_factor)                                                                                              \
          sum = ADD_##r(sum, COMPLEX_SCALE(r, LOAD(to), old_factor.real, old_factor.imag));                            \
        else if (old_factor.real != 0)                                                                                 \
          sum = MADD_##r(LOAD(to), SPLAT_##r(old_factor.real), sum);                                                   \
        STORE(to, sum);                                                                                                \
      }                                                                                                                \
    }                                                                                                                  \
    if (whole)                                                                                                         \
      return;                                                                                                          \
    for (int j = 0; j < n; j++)                                                                                        \
      for (int i = 0; i < m; i++) {                                                                                    \
        complex *to = (complex *)c + i * rs_c + j * cs_c, sum = sums[i + j * MR], old = *to;                           \
        if (!real_factor) {                                                                                            \
          sum.real += old_factor.real * old.real - old_factor.imag * old.imag;                                         \
          sum.imag += old_factor.real * old.imag + old_factor.imag * old.real;                                         \
        }                                                                                                              \
        else if (old_factor.real != 0) {                                                                               \
          sum.real += old_factor.real * old.real;                                                                      \
          sum.imag += old_factor.real * old.imag;                                                                      \
        }                                                                                                              \
        *to = sum;                                                                                                     \
      }                                                                                                                \
  }

DEFINE_REAL(float, s)
DEFINE_REAL(double, d)
DEFINE_COMPLEX(scomplex, c, s)
DEFINE_COMPLEX(dcomplex, z, d)
