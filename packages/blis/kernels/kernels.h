/* The kernels of this folder. Their types are BLIS's. */

#ifndef PACKAGES_BLIS_KERNELS_KERNELS_H
#define PACKAGES_BLIS_KERNELS_KERNELS_H

#include "blis.h"

#define FOR_REAL(PROTOTYPE, name)                                                                                      \
  PROTOTYPE(float, s, name##_wasm)                                                                                     \
  PROTOTYPE(double, d, name##_wasm)
#define FOR_ALL(PROTOTYPE, name)                                                                                       \
  FOR_REAL(PROTOTYPE, name)                                                                                            \
  PROTOTYPE(scomplex, c, name##_wasm)                                                                                  \
  PROTOTYPE(dcomplex, z, name##_wasm)

FOR_ALL(GEMM_UKR_PROT, gemm)
FOR_ALL(GEMMTRSM_UKR_PROT, gemmtrsm_l)
FOR_ALL(GEMMTRSM_UKR_PROT, gemmtrsm_u)

FOR_ALL(AXPYV_KER_PROT, axpyv)
FOR_ALL(DOTV_KER_PROT, dotv)
FOR_ALL(DOTXV_KER_PROT, dotxv)
FOR_ALL(SCALV_KER_PROT, scalv)
FOR_REAL(AMAXV_KER_PROT, amaxv)

FOR_ALL(AXPYF_KER_PROT, axpyf)
FOR_ALL(DOTXF_KER_PROT, dotxf)
FOR_REAL(AXPY2V_KER_PROT, axpy2v)
FOR_REAL(DOTAXPYV_KER_PROT, dotaxpyv)

#undef FOR_ALL
#undef FOR_REAL

#endif
