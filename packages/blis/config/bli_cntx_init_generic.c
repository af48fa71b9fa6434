/* The wasm configuration: which kernels BLIS uses, and the sizes of its blocks. Where it has none of ours, it has its own. */

#include "packages/blis/kernels/kernels.h"
#include "packages/blis/kernels/tile.h"

#define FOR_REAL(slot, name) slot, BLIS_FLOAT, bli_s##name##_wasm, slot, BLIS_DOUBLE, bli_d##name##_wasm
#define FOR_ALL(slot, name)                                                                                            \
  FOR_REAL(slot, name), slot, BLIS_SCOMPLEX, bli_c##name##_wasm, slot, BLIS_DCOMPLEX, bli_z##name##_wasm

/* Lists of threes, one to a line. */
/* clang-format off */
void
bli_cntx_init_generic(cntx_t *cntx)
{
  bli_cntx_init_generic_ref(cntx);

  bli_cntx_set_ukrs(cntx,
                    FOR_ALL(BLIS_GEMM_UKR, gemm),
                    FOR_ALL(BLIS_GEMMTRSM_L_UKR, gemmtrsm_l),
                    FOR_ALL(BLIS_GEMMTRSM_U_UKR, gemmtrsm_u),
                    FOR_ALL(BLIS_AXPYV_KER, axpyv),
                    FOR_ALL(BLIS_DOTV_KER, dotv),
                    FOR_ALL(BLIS_DOTXV_KER, dotxv),
                    FOR_ALL(BLIS_SCALV_KER, scalv),
                    FOR_REAL(BLIS_AMAXV_KER, amaxv),
                    FOR_ALL(BLIS_AXPYF_KER, axpyf),
                    FOR_ALL(BLIS_DOTXF_KER, dotxf),
                    FOR_REAL(BLIS_AXPY2V_KER, axpy2v),
                    FOR_REAL(BLIS_DOTAXPYV_KER, dotaxpyv),
                    BLIS_VA_END);

  /* Tiles of C are written by columns. */
  bli_cntx_set_ukr_prefs(cntx,
                         BLIS_GEMM_UKR_ROW_PREF, BLIS_FLOAT, FALSE,
                         BLIS_GEMM_UKR_ROW_PREF, BLIS_DOUBLE, FALSE,
                         BLIS_GEMM_UKR_ROW_PREF, BLIS_SCOMPLEX, FALSE,
                         BLIS_GEMM_UKR_ROW_PREF, BLIS_DCOMPLEX, FALSE,
                         BLIS_VA_END);

  blksz_t blocks[BLIS_NUM_BLKSZS];
  bli_blksz_init_easy(&blocks[BLIS_MR], BLIS_MR_s, BLIS_MR_d, BLIS_MR_c, BLIS_MR_z);
  bli_blksz_init_easy(&blocks[BLIS_NR], BLIS_NR_s, BLIS_NR_d, BLIS_NR_c, BLIS_NR_z);
  /*
   * A block of A, MC by KC, has 256 to 393 kB, for a second-level cache of 512 kB; the panels of A and B that a tile runs
   * along, MR and NR by KC, have at most 32 kB together, for the first. A block of B, KC by NC, is a matter of the third, and
   * is kept in memory: 4.7 MB for double. Sizes half and twice as large measured the same within 3 %.
   */
  bli_blksz_init_easy(&blocks[BLIS_MC], 256, 128, 128, 64);
  bli_blksz_init_easy(&blocks[BLIS_KC], 384, 384, 256, 256);
  bli_blksz_init_easy(&blocks[BLIS_NC], 1536, 1536, 1536, 1536);

  bli_blksz_init_easy(&blocks[BLIS_AF], FUSED_AXPY_REAL, FUSED_AXPY_REAL, FUSED_COMPLEX, FUSED_COMPLEX);
  bli_blksz_init_easy(&blocks[BLIS_DF], FUSED_DOT_REAL, FUSED_DOT_REAL, FUSED_COMPLEX, FUSED_COMPLEX);
  bli_cntx_set_blkszs(cntx,
                      BLIS_MR, &blocks[BLIS_MR], BLIS_MR,
                      BLIS_NR, &blocks[BLIS_NR], BLIS_NR,
                      BLIS_MC, &blocks[BLIS_MC], BLIS_MR,
                      BLIS_KC, &blocks[BLIS_KC], BLIS_KR,
                      BLIS_NC, &blocks[BLIS_NC], BLIS_NR,
                      BLIS_AF, &blocks[BLIS_AF], BLIS_AF,
                      BLIS_DF, &blocks[BLIS_DF], BLIS_DF,
                      BLIS_VA_END);
}
/* clang-format on */
