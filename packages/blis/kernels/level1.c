/*
 * Vector kernels of level 1 and 1f: vectors of unit stride by the vectors of the processor, the rest one by one. Sums are
 * kept in four registers, since an addition takes as long as four begin.
 *
 * Sums of absolute values, copies and the like are not here: the compiler makes as good code of BLIS's own.
 */

#include "packages/blis/kernels/kernels.h"
#include "packages/blis/kernels/tile.h"
#include "packages/blis/kernels/vector.h"

enum { FUSED_AXPY = FUSED_AXPY_REAL, FUSED_DOT = FUSED_DOT_REAL };

#define DEFINE_DOT(real, r)                                                                                            \
  static inline real dot_##r(dim_t n, const real *restrict x, inc_t incx, const real *restrict y, inc_t incy)          \
  {                                                                                                                    \
    real sum = 0;                                                                                                      \
    if (incx == 1 && incy == 1) {                                                                                      \
      v128_t sums[4] = {ZERO, ZERO, ZERO, ZERO};                                                                       \
      for (; n >= 4 * LANES_##r; n -= 4 * LANES_##r) {                                                                 \
        for (int i = 0; i < 4; i++)                                                                                    \
          sums[i] = MADD_##r(LOAD(x + i * LANES_##r), LOAD(y + i * LANES_##r), sums[i]);                               \
        x += 4 * LANES_##r;                                                                                            \
        y += 4 * LANES_##r;                                                                                            \
      }                                                                                                                \
      for (; n >= LANES_##r; n -= LANES_##r) {                                                                         \
        sums[0] = MADD_##r(LOAD(x), LOAD(y), sums[0]);                                                                 \
        x += LANES_##r;                                                                                                \
        y += LANES_##r;                                                                                                \
      }                                                                                                                \
      sum = SUM_##r(ADD_##r(ADD_##r(sums[0], sums[1]), ADD_##r(sums[2], sums[3])));                                    \
    }                                                                                                                  \
    for (; n > 0; n--) {                                                                                               \
      sum += *x * *y;                                                                                                  \
      x += incx;                                                                                                       \
      y += incy;                                                                                                       \
    }                                                                                                                  \
    return sum;                                                                                                        \
  }

#define DEFINE_DOTV(real, r)                                                                                           \
  void bli_##r##dotv_wasm(conj_t conjx, conj_t conjy, dim_t n, const void *x, inc_t incx, const void *y, inc_t incy,   \
                          void *rho, const cntx_t *cntx)                                                               \
  {                                                                                                                    \
    (void)conjx, (void)conjy, (void)cntx;                                                                              \
    *(real *)rho = dot_##r(n, x, incx, y, incy);                                                                       \
  }                                                                                                                    \
  void bli_##r##dotxv_wasm(conj_t conjx, conj_t conjy, dim_t n, const void *alpha, const void *x, inc_t incx,          \
                           const void *y, inc_t incy, const void *beta, void *rho, const cntx_t *cntx)                 \
  {                                                                                                                    \
    (void)conjx, (void)conjy, (void)cntx;                                                                              \
    real old = *(const real *)beta == 0 ? 0 : *(const real *)beta * *(real *)rho;                                      \
    real factor = *(const real *)alpha;                                                                                \
    *(real *)rho = factor == 0 ? old : old + factor * dot_##r(n, x, incx, y, incy);                                    \
  }

/*
 * y += alpha x. axpy is to leave y alone where alpha is zero, whatever x holds; a column of a product is not, since zero times
 * NaN is NaN.
 */
#define DEFINE_AXPYV(real, r)                                                                                          \
  static inline void add_multiple_##r(dim_t n, real factor, const real *restrict x, inc_t incx, real *restrict y,      \
                                      inc_t incy)                                                                      \
  {                                                                                                                    \
    if (incx == 1 && incy == 1) {                                                                                      \
      v128_t factors = SPLAT_##r(factor);                                                                              \
      for (; n >= 4 * LANES_##r; n -= 4 * LANES_##r) {                                                                 \
        for (int i = 0; i < 4; i++)                                                                                    \
          STORE(y + i * LANES_##r, MADD_##r(LOAD(x + i * LANES_##r), factors, LOAD(y + i * LANES_##r)));               \
        x += 4 * LANES_##r;                                                                                            \
        y += 4 * LANES_##r;                                                                                            \
      }                                                                                                                \
    }                                                                                                                  \
    for (; n > 0; n--) {                                                                                               \
      *y += factor * *x;                                                                                               \
      x += incx;                                                                                                       \
      y += incy;                                                                                                       \
    }                                                                                                                  \
  }                                                                                                                    \
  void bli_##r##axpyv_wasm(conj_t conjx, dim_t n, const void *alpha, const void *x, inc_t incx, void *y, inc_t incy,   \
                           const cntx_t *cntx)                                                                         \
  {                                                                                                                    \
    (void)conjx, (void)cntx;                                                                                           \
    real factor = *(const real *)alpha;                                                                                \
    if (factor != 0)                                                                                                   \
      add_multiple_##r(n, factor, x, incx, y, incy);                                                                   \
  }

/*
 * A vector times zero is zero, whatever it held: so BLIS has it, which counts on that for beta y. The reference BLAS leaves NaN.
 */
#define DEFINE_SCALV(real, r)                                                                                          \
  void bli_##r##scalv_wasm(conj_t conjalpha, dim_t n, const void *alpha, void *x0, inc_t incx, const cntx_t *cntx)     \
  {                                                                                                                    \
    (void)conjalpha, (void)cntx;                                                                                       \
    real *x = x0;                                                                                                      \
    real factor = *(const real *)alpha;                                                                                \
    if (factor == 1)                                                                                                   \
      return;                                                                                                          \
    if (factor == 0) {                                                                                                 \
      for (; n > 0; n--, x += incx)                                                                                    \
        *x = 0;                                                                                                        \
      return;                                                                                                          \
    }                                                                                                                  \
    if (incx == 1) {                                                                                                   \
      v128_t factors = SPLAT_##r(factor);                                                                              \
      for (; n >= 4 * LANES_##r; n -= 4 * LANES_##r) {                                                                 \
        for (int i = 0; i < 4; i++)                                                                                    \
          STORE(x + i * LANES_##r, MUL_##r(LOAD(x + i * LANES_##r), factors));                                         \
        x += 4 * LANES_##r;                                                                                            \
      }                                                                                                                \
    }                                                                                                                  \
    for (; n > 0; n--, x += incx)                                                                                      \
      *x *= factor;                                                                                                    \
  }

/*
 * The place of the first element of the greatest absolute value; the first NaN, if there is one. Block by block the
 * greatest value is found, and only a block that raises it, or has a NaN, is looked through.
 */
#define DEFINE_AMAXV(real, r)                                                                                          \
  void bli_##r##amaxv_wasm(dim_t n, const void *x0, inc_t incx, dim_t *index, const cntx_t *cntx)                      \
  {                                                                                                                    \
    (void)cntx;                                                                                                        \
    const real *x = x0;                                                                                                \
    real greatest = -1;                                                                                                \
    dim_t i = 0, place = 0;                                                                                            \
    while (i < n) {                                                                                                    \
      dim_t end = n;                                                                                                   \
      if (incx == 1 && n - i >= 8 * LANES_##r) {                                                                       \
        end = i + 8 * LANES_##r;                                                                                       \
        v128_t most = ABS_##r(LOAD(x + i));                                                                            \
        for (int j = 1; j < 8; j++)                                                                                    \
          most = MAX_##r(most, ABS_##r(LOAD(x + i + j * LANES_##r)));                                                  \
        if (!ANY_NOT_AT_MOST_##r(most, greatest)) {                                                                    \
          i = end;                                                                                                     \
          continue;                                                                                                    \
        }                                                                                                              \
      }                                                                                                                \
      for (; i < end; i++) {                                                                                           \
        real value = x[i * incx] < 0 ? -x[i * incx] : x[i * incx];                                                     \
        if (value > greatest) {                                                                                        \
          greatest = value;                                                                                            \
          place = i;                                                                                                   \
        }                                                                                                              \
        else if (value != value) {                                                                                     \
          *index = i;                                                                                                  \
          return;                                                                                                      \
        }                                                                                                              \
      }                                                                                                                \
    }                                                                                                                  \
    *index = place;                                                                                                    \
  }

#define MAX_s(a, b) wasm_f32x4_max(a, b)
#define MAX_d(a, b) wasm_f64x2_max(a, b)
#define ANY_NOT_AT_MOST_s(v, limit) (!wasm_i32x4_all_true(wasm_f32x4_le(v, SPLAT_s(limit))))
#define ANY_NOT_AT_MOST_d(v, limit) (!wasm_i64x2_all_true(wasm_f64x2_le(v, SPLAT_d(limit))))

/* y += A x for as many columns of A as stay in registers with what else there is. */
#define DEFINE_AXPYF(real, r)                                                                                          \
  void bli_##r##axpyf_wasm(conj_t conja, conj_t conjx, dim_t m, dim_t b_n, const void *alpha, const void *a0,          \
                           inc_t inca, inc_t lda, const void *x0, inc_t incx, void *y0, inc_t incy,                    \
                           const cntx_t *cntx)                                                                         \
  {                                                                                                                    \
    (void)conja, (void)conjx, (void)cntx;                                                                              \
    const real *a = a0, *x = x0;                                                                                       \
    real *y = y0;                                                                                                      \
    if (inca != 1 || incy != 1 || b_n != FUSED_AXPY) {                                                                 \
      for (dim_t j = 0; j < b_n; j++)                                                                                  \
        add_multiple_##r(m, *(const real *)alpha * x[j * incx], a + j * lda, inca, y, incy);                           \
      return;                                                                                                          \
    }                                                                                                                  \
    real factor[FUSED_AXPY];                                                                                           \
    v128_t factors[FUSED_AXPY];                                                                                        \
    for (int j = 0; j < FUSED_AXPY; j++) {                                                                             \
      factor[j] = *(const real *)alpha * x[j * incx];                                                                  \
      factors[j] = SPLAT_##r(factor[j]);                                                                               \
    }                                                                                                                  \
    dim_t i = 0;                                                                                                       \
    for (; i + 2 * LANES_##r <= m; i += 2 * LANES_##r) {                                                               \
      v128_t y0 = LOAD(y + i), y1 = LOAD(y + i + LANES_##r);                                                           \
      _Pragma("clang loop unroll(full)") for (int j = 0; j < FUSED_AXPY; j++)                                          \
      {                                                                                                                \
        y0 = MADD_##r(LOAD(a + i + j * lda), factors[j], y0);                                                          \
        y1 = MADD_##r(LOAD(a + i + j * lda + LANES_##r), factors[j], y1);                                              \
      }                                                                                                                \
      STORE(y + i, y0);                                                                                                \
      STORE(y + i + LANES_##r, y1);                                                                                    \
    }                                                                                                                  \
    for (; i < m; i++)                                                                                                 \
      for (int j = 0; j < FUSED_AXPY; j++)                                                                             \
        y[i] += a[i + j * lda] * factor[j];                                                                            \
  }

/* y = beta y + alpha A' x, the same way. */
#define DEFINE_DOTXF(real, r)                                                                                          \
  void bli_##r##dotxf_wasm(conj_t conjat, conj_t conjx, dim_t m, dim_t b_n, const void *alpha, const void *a0,         \
                           inc_t inca, inc_t lda, const void *x0, inc_t incx, const void *beta, void *y0, inc_t incy,  \
                           const cntx_t *cntx)                                                                         \
  {                                                                                                                    \
    const real *a = a0, *x = x0;                                                                                       \
    real *y = y0;                                                                                                      \
    if (inca != 1 || incx != 1 || b_n != FUSED_DOT || *(const real *)alpha == 0) {                                     \
      for (dim_t j = 0; j < b_n; j++)                                                                                  \
        bli_##r##dotxv_wasm(conjat, conjx, m, alpha, a + j * lda, inca, x, incx, beta, y + j * incy, cntx);            \
      return;                                                                                                          \
    }                                                                                                                  \
    v128_t sums[FUSED_DOT];                                                                                            \
    for (int j = 0; j < FUSED_DOT; j++)                                                                                \
      sums[j] = ZERO;                                                                                                  \
    dim_t i = 0;                                                                                                       \
    for (; i + 2 * LANES_##r <= m; i += 2 * LANES_##r) {                                                               \
      v128_t x0 = LOAD(x + i), x1 = LOAD(x + i + LANES_##r);                                                           \
      _Pragma("clang loop unroll(full)") for (int j = 0; j < FUSED_DOT; j++)                                           \
      {                                                                                                                \
        sums[j] = MADD_##r(LOAD(a + i + j * lda), x0, sums[j]);                                                        \
        sums[j] = MADD_##r(LOAD(a + i + j * lda + LANES_##r), x1, sums[j]);                                            \
      }                                                                                                                \
    }                                                                                                                  \
    for (int j = 0; j < FUSED_DOT; j++) {                                                                              \
      real sum = SUM_##r(sums[j]);                                                                                     \
      for (dim_t l = i; l < m; l++)                                                                                    \
        sum += a[l + j * lda] * x[l];                                                                                  \
      real *to = y + j * incy;                                                                                         \
      real old = *(const real *)beta == 0 ? 0 : *(const real *)beta * *to;                                             \
      *to = old + *(const real *)alpha * sum;                                                                          \
    }                                                                                                                  \
  }

/* z += alphax x + alphay y */
#define DEFINE_AXPY2V(real, r)                                                                                         \
  void bli_##r##axpy2v_wasm(conj_t conjx, conj_t conjy, dim_t n, const void *alphax, const void *alphay,               \
                            const void *x0, inc_t incx, const void *y0, inc_t incy, void *z0, inc_t incz,              \
                            const cntx_t *cntx)                                                                        \
  {                                                                                                                    \
    (void)conjx, (void)conjy, (void)cntx;                                                                              \
    const real *restrict x = x0, *restrict y = y0;                                                                     \
    real *restrict z = z0;                                                                                             \
    real fx = *(const real *)alphax, fy = *(const real *)alphay;                                                       \
    if (incx == 1 && incy == 1 && incz == 1) {                                                                         \
      v128_t factors_x = SPLAT_##r(fx), factors_y = SPLAT_##r(fy);                                                     \
      for (; n >= 2 * LANES_##r; n -= 2 * LANES_##r) {                                                                 \
        for (int i = 0; i < 2; i++) {                                                                                  \
          v128_t sum = MADD_##r(LOAD(x + i * LANES_##r), factors_x, LOAD(z + i * LANES_##r));                          \
          STORE(z + i * LANES_##r, MADD_##r(LOAD(y + i * LANES_##r), factors_y, sum));                                 \
        }                                                                                                              \
        x += 2 * LANES_##r;                                                                                            \
        y += 2 * LANES_##r;                                                                                            \
        z += 2 * LANES_##r;                                                                                            \
      }                                                                                                                \
    }                                                                                                                  \
    for (; n > 0; n--) {                                                                                               \
      *z += fx * *x + fy * *y;                                                                                         \
      x += incx;                                                                                                       \
      y += incy;                                                                                                       \
      z += incz;                                                                                                       \
    }                                                                                                                  \
  }

/* rho = x' y and z += alpha x, with x loaded once. */
#define DEFINE_DOTAXPYV(real, r)                                                                                       \
  void bli_##r##dotaxpyv_wasm(conj_t conjxt, conj_t conjx, conj_t conjy, dim_t n, const void *alpha, const void *x0,   \
                              inc_t incx, const void *y0, inc_t incy, void *rho, void *z0, inc_t incz,                 \
                              const cntx_t *cntx)                                                                      \
  {                                                                                                                    \
    (void)conjxt, (void)conjx, (void)conjy, (void)cntx;                                                                \
    const real *restrict x = x0, *restrict y = y0;                                                                     \
    real *restrict z = z0;                                                                                             \
    real factor = *(const real *)alpha, sum = 0;                                                                       \
    if (incx == 1 && incy == 1 && incz == 1) {                                                                         \
      v128_t factors = SPLAT_##r(factor), sums[4] = {ZERO, ZERO, ZERO, ZERO};                                          \
      for (; n >= 4 * LANES_##r; n -= 4 * LANES_##r) {                                                                 \
        for (int i = 0; i < 4; i++) {                                                                                  \
          v128_t xi = LOAD(x + i * LANES_##r);                                                                         \
          sums[i] = MADD_##r(xi, LOAD(y + i * LANES_##r), sums[i]);                                                    \
          STORE(z + i * LANES_##r, MADD_##r(xi, factors, LOAD(z + i * LANES_##r)));                                    \
        }                                                                                                              \
        x += 4 * LANES_##r;                                                                                            \
        y += 4 * LANES_##r;                                                                                            \
        z += 4 * LANES_##r;                                                                                            \
      }                                                                                                                \
      sum = SUM_##r(ADD_##r(ADD_##r(sums[0], sums[1]), ADD_##r(sums[2], sums[3])));                                    \
    }                                                                                                                  \
    for (; n > 0; n--) {                                                                                               \
      sum += *x * *y;                                                                                                  \
      *z += factor * *x;                                                                                               \
      x += incx;                                                                                                       \
      y += incy;                                                                                                       \
      z += incz;                                                                                                       \
    }                                                                                                                  \
    *(real *)rho = sum;                                                                                                \
  }

#define DEFINE_ALL(real, r)                                                                                            \
  DEFINE_DOT(real, r)                                                                                                  \
  DEFINE_DOTV(real, r)                                                                                                 \
  DEFINE_AXPYV(real, r)                                                                                                \
  DEFINE_SCALV(real, r)                                                                                                \
  DEFINE_AMAXV(real, r)                                                                                                \
  DEFINE_AXPYF(real, r)                                                                                                \
  DEFINE_DOTXF(real, r)                                                                                                \
  DEFINE_AXPY2V(real, r)                                                                                               \
  DEFINE_DOTAXPYV(real, r)

DEFINE_ALL(float, s)
DEFINE_ALL(double, d)
