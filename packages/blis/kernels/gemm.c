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

#define DEFINE_COMPLEX(complex, x, r)                                                                                  \
  void bli_##x##gemm_wasm(dim_t m, dim_t n, dim_t k, const void *alpha, const void *a, const void *b,                  \
                          const void *beta, void *c, inc_t rs_c, inc_t cs_c, auxinfo_t *data, const cntx_t *cntx)      \
  {                                                                                                                    \
    (void)data, (void)cntx;                                                                                            \
    v128_t tile[COLUMNS][2];                                                                                           \
    multiply_##r(k, a, b, tile);                                                                                       \
    GEMM_UKR_SETUP_CT(x, BLIS_MR_##x, BLIS_NR_##x, false);                                                             \
    complex factor = *(const complex *)alpha, old_factor = *(const complex *)beta;                                     \
    for (int j = 0; j < BLIS_NR_##x; j++) {                                                                            \
      for (int i = 0; i < 2; i++) {                                                                                    \
        void *to = (complex *)c + j * cs_c + i * (LANES_##r / 2);                                                      \
        v128_t ab = JOIN_COLUMNS(r, tile[2 * j][i], tile[2 * j + 1][i]);                                               \
        v128_t sum = COMPLEX_SCALE(r, ab, factor.real, factor.imag);                                                   \
        if (old_factor.real != 0 || old_factor.imag != 0)                                                              \
          sum = ADD_##r(sum, COMPLEX_SCALE(r, LOAD(to), old_factor.real, old_factor.imag));                            \
        STORE(to, sum);                                                                                                \
      }                                                                                                                \
    }                                                                                                                  \
    GEMM_UKR_FLUSH_CT(x);                                                                                              \
  }

DEFINE_REAL(float, s)
DEFINE_REAL(double, d)
DEFINE_COMPLEX(scomplex, c, s)
DEFINE_COMPLEX(dcomplex, z, d)
