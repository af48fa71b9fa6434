/*
 * What BLIS's `configure` would write for wasm32: blis.h includes this file first. Options that are absent or DISABLEd are
 * so because a program here has one thread and no operating system below it.
 */

#ifndef BLIS_CONFIG_H
#define BLIS_CONFIG_H

/*
 * BLIS knows its configurations by name, in headers and tables of its own; `generic` is the one without a processor. Its
 * folder, config/generic, is replaced by this one: bli_family_generic.h, bli_kernel_defs_generic.h and bli_cntx_init_generic.
 */
#define BLIS_FAMILY_GENERIC
#define BLIS_CONFIG_GENERIC
#define BLIS_KERNELS_GENERIC

/* BLIS_VERSION_STRING is given on the command line, from the lock. */

/* No pthread functions: BLIS's own empty ones. Its clock stands still then, which only its test suite reads. */
#define BLIS_DISABLE_SYSTEM
#define BLIS_DISABLE_TLS

#define BLIS_ENABLE_JRIR_SLAB

/* Packed blocks are kept from call to call. */
#define BLIS_ENABLE_PBA_POOLS
#define BLIS_ENABLE_SBA_POOLS
#define BLIS_DISABLE_MEM_TRACING
#define BLIS_DISABLE_MEMKIND

#define BLIS_DISABLE_SCALAPACK_COMPAT

/* Pointers have 32 bits, and INTEGER has. */
#define BLIS_INT_TYPE_SIZE 32
#define BLIS_BLAS_INT_TYPE_SIZE 32

#define BLIS_ENABLE_BLAS
#define BLIS_ENABLE_CBLAS

/* As upstream has it. No interface of BLAS reaches products of matrices of different types, but without them packing does
 * not compile in 1.1. */
#define BLIS_ENABLE_MIXED_DT
#define BLIS_ENABLE_MIXED_DT_EXTRA_MEM

#define BLIS_ENABLE_SUP_HANDLING
#define BLIS_ENABLE_TRSM_PREINVERSION
#define BLIS_ENABLE_PRAGMA_OMP_SIMD
#define BLIS_DISABLE_SANDBOX

/* Visibility is the toolchain's matter: an export table is written at the link. */
#define BLIS_DISABLE_SHARED

/* COMPLEX functions return their value as C's do. */
#define BLIS_DISABLE_COMPLEX_RETURN_INTEL

/* Inside alone: who includes cblas.h means the names as they are. */
#ifdef BLIS_IS_BUILDING_LIBRARY
#include "f77_names.h"
#endif

#endif
