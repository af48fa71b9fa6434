/* Vectors of 128 bits in the words that the kernels are written in: once for float (s), once for double (d). */

#ifndef PACKAGES_BLIS_KERNELS_VECTOR_H
#define PACKAGES_BLIS_KERNELS_VECTOR_H

#include <wasm_simd128.h>

/* Elements of a vector. */
enum { LANES_s = 4, LANES_d = 2 };

/* a * b + c. Relaxed SIMD has one instruction for it, which rounds once where the processor has one and twice elsewhere. */
#ifdef __wasm_relaxed_simd__
#define MADD_s(a, b, c) wasm_f32x4_relaxed_madd(a, b, c)
#define MADD_d(a, b, c) wasm_f64x2_relaxed_madd(a, b, c)
#define NMADD_s(a, b, c) wasm_f32x4_relaxed_nmadd(a, b, c)
#define NMADD_d(a, b, c) wasm_f64x2_relaxed_nmadd(a, b, c)
#else
#define MADD_s(a, b, c) wasm_f32x4_add(wasm_f32x4_mul(a, b), c)
#define MADD_d(a, b, c) wasm_f64x2_add(wasm_f64x2_mul(a, b), c)
#define NMADD_s(a, b, c) wasm_f32x4_sub(c, wasm_f32x4_mul(a, b))
#define NMADD_d(a, b, c) wasm_f64x2_sub(c, wasm_f64x2_mul(a, b))
#endif

#define ZERO wasm_i32x4_const_splat(0)
#define LOAD(address) wasm_v128_load(address)
#define STORE(address, vector) wasm_v128_store(address, vector)

#define ADD_s(a, b) wasm_f32x4_add(a, b)
#define ADD_d(a, b) wasm_f64x2_add(a, b)
#define MUL_s(a, b) wasm_f32x4_mul(a, b)
#define MUL_d(a, b) wasm_f64x2_mul(a, b)
#define ABS_s(a) wasm_f32x4_abs(a)
#define ABS_d(a) wasm_f64x2_abs(a)

/* One value in all elements, and the same from memory. */
#define SPLAT_s(value) wasm_f32x4_splat(value)
#define SPLAT_d(value) wasm_f64x2_splat(value)
#define LOAD_SPLAT_s(address) wasm_v128_load32_splat(address)
#define LOAD_SPLAT_d(address) wasm_v128_load64_splat(address)

static inline float
SUM_s(v128_t v)
{
  return (wasm_f32x4_extract_lane(v, 0) + wasm_f32x4_extract_lane(v, 2)) +
         (wasm_f32x4_extract_lane(v, 1) + wasm_f32x4_extract_lane(v, 3));
}

static inline double
SUM_d(v128_t v)
{
  return wasm_f64x2_extract_lane(v, 0) + wasm_f64x2_extract_lane(v, 1);
}

/* For complex numbers, which lie as pairs: (re, im) as (im, re), and (x, y) in each pair. */
#define SWAP_s(v) wasm_i32x4_shuffle(v, v, 1, 0, 3, 2)
#define SWAP_d(v) wasm_i64x2_shuffle(v, v, 1, 0)
#define PAIRS_s(x, y) wasm_f32x4_make(x, y, x, y)
#define PAIRS_d(x, y) wasm_f64x2_make(x, y)

#endif
