/*
 * Vector kernels for complex numbers, which lie in vectors as pairs. A product with a constant is x * F + swap(x) * G, where
 * F and G hold the constant's parts, with the signs that make x conjugate where that is asked for. A product of vectors is
 * summed as x * y and as x * swap(y), of whose halves the real and imaginary part are made once, at the end.
 */

#include "packages/blis/kernels/kernels.h"
#include "packages/blis/kernels/tile.h"
#include "packages/blis/kernels/vector.h"

enum { FUSED = FUSED_COMPLEX };

#define DEFINE_SCALAR(complex, part, ch)                                                                               \
  static inline complex product_##ch(complex a, complex b)                                                             \
  {                                                                                                                    \
    complex ab = {a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};                               \
    return ab;                                                                                                         \
  }                                                                                                                    \
  static inline complex conjugate_##ch(conj_t conj, complex a)                                                         \
  {                                                                                                                    \
    complex same = {a.real, bli_is_conj(conj) ? -a.imag : a.imag};                                                     \
    return same;                                                                                                       \
  }                                                                                                                    \
  static inline bool is_##ch(complex a, part re) { return a.real == re && a.imag == 0; }                               \
  /* beta old + alpha sum, where what beta = 0 or alpha = 0 is for does not count. */                                  \
  static inline complex blend_##ch(complex beta, complex old, complex alpha, complex sum)                              \
  {                                                                                                                    \
    complex none = {0, 0};                                                                                             \
    complex one = is_##ch(beta, 0) ? none : product_##ch(beta, old);                                                   \
    complex other = is_##ch(alpha, 0) ? none : product_##ch(alpha, sum);                                               \
    complex both = {one.real + other.real, one.imag + other.imag};                                                     \
    return both;                                                                                                       \
  }

/* The factors F and G for constant times x, or times x conjugate. */
#define DEFINE_FACTORS(complex, ch, r)                                                                                 \
  typedef struct {                                                                                                     \
    v128_t f, g;                                                                                                       \
  } factors_##ch;                                                                                                      \
  static inline factors_##ch make_factors_##ch(conj_t conj, complex a)                                                 \
  {                                                                                                                    \
    factors_##ch factors = {PAIRS_##r(a.real, a.real), PAIRS_##r(-a.imag, a.imag)};                                    \
    if (bli_is_conj(conj)) {                                                                                           \
      factors.f = PAIRS_##r(a.real, -a.real);                                                                          \
      factors.g = PAIRS_##r(a.imag, a.imag);                                                                           \
    }                                                                                                                  \
    return factors;                                                                                                    \
  }
#define ADD_PRODUCT(r, v, factors, sum) MADD_##r(SWAP_##r(v), (factors).g, MADD_##r(v, (factors).f, sum))

/* conj(x)' y or x' y from the sums of x * y and of x * swap(y), and from what is left over. */
#define DEFINE_DOT(complex, ch, r)                                                                                     \
  static inline complex finish_##ch(bool conj, v128_t straight, v128_t crossed)                                        \
  {                                                                                                                    \
    v128_t sign = PAIRS_##r(1, -1);                                                                                    \
    complex sum = {SUM_##r(conj ? straight : MUL_##r(straight, sign)),                                                 \
                   SUM_##r(conj ? MUL_##r(crossed, sign) : crossed)};                                                  \
    return sum;                                                                                                        \
  }                                                                                                                    \
  static inline complex dot_##ch(conj_t conjx, conj_t conjy, dim_t n, const complex *x, inc_t incx, const complex *y,  \
                                 inc_t incy)                                                                           \
  {                                                                                                                    \
    bool conj = bli_is_conj(conjx) != bli_is_conj(conjy);                                                              \
    complex sum = {0, 0};                                                                                              \
    if (incx == 1 && incy == 1) {                                                                                      \
      v128_t straight[2] = {ZERO, ZERO}, crossed[2] = {ZERO, ZERO};                                                    \
      for (; n >= LANES_##r; n -= LANES_##r) {                                                                         \
        for (int i = 0; i < 2; i++) {                                                                                  \
          v128_t xi = LOAD(x + i * (LANES_##r / 2)), yi = LOAD(y + i * (LANES_##r / 2));                               \
          straight[i] = MADD_##r(xi, yi, straight[i]);                                                                 \
          crossed[i] = MADD_##r(xi, SWAP_##r(yi), crossed[i]);                                                         \
        }                                                                                                              \
        x += LANES_##r;                                                                                                \
        y += LANES_##r;                                                                                                \
      }                                                                                                                \
      sum = finish_##ch(conj, ADD_##r(straight[0], straight[1]), ADD_##r(crossed[0], crossed[1]));                     \
    }                                                                                                                  \
    for (; n > 0; n--, x += incx, y += incy) {                                                                         \
      complex one = product_##ch(conjugate_##ch(conj ? BLIS_CONJUGATE : BLIS_NO_CONJUGATE, *x), *y);                   \
      sum.real += one.real;                                                                                            \
      sum.imag += one.imag;                                                                                            \
    }                                                                                                                  \
    return conjugate_##ch(conjy, sum);                                                                                 \
  }                                                                                                                    \
  void bli_##ch##dotv_wasm(conj_t conjx, conj_t conjy, dim_t n, const void *x, inc_t incx, const void *y, inc_t incy,  \
                           void *rho, const cntx_t *cntx)                                                              \
  {                                                                                                                    \
    (void)cntx;                                                                                                        \
    *(complex *)rho = dot_##ch(conjx, conjy, n, x, incx, y, incy);                                                     \
  }                                                                                                                    \
  void bli_##ch##dotxv_wasm(conj_t conjx, conj_t conjy, dim_t n, const void *alpha, const void *x, inc_t incx,         \
                            const void *y, inc_t incy, const void *beta, void *rho, const cntx_t *cntx)                \
  {                                                                                                                    \
    (void)cntx;                                                                                                        \
    complex sum = dot_##ch(conjx, conjy, n, x, incx, y, incy);                                                         \
    *(complex *)rho = blend_##ch(*(const complex *)beta, *(complex *)rho, *(const complex *)alpha, sum);               \
  }

/* Where alpha is zero, axpy leaves y alone; a column of a product does not. */
#define DEFINE_AXPYV(complex, ch, r)                                                                                   \
  static inline void add_multiple_##ch(conj_t conjx, dim_t n, complex factor, const complex *restrict x, inc_t incx,   \
                                       complex *restrict y, inc_t incy)                                                \
  {                                                                                                                    \
    if (incx == 1 && incy == 1) {                                                                                      \
      factors_##ch factors = make_factors_##ch(conjx, factor);                                                         \
      for (; n >= LANES_##r; n -= LANES_##r) {                                                                         \
        for (int i = 0; i < 2; i++) {                                                                                  \
          v128_t xi = LOAD(x + i * (LANES_##r / 2));                                                                   \
          STORE(y + i * (LANES_##r / 2), ADD_PRODUCT(r, xi, factors, LOAD(y + i * (LANES_##r / 2))));                  \
        }                                                                                                              \
        x += LANES_##r;                                                                                                \
        y += LANES_##r;                                                                                                \
      }                                                                                                                \
    }                                                                                                                  \
    for (; n > 0; n--, x += incx, y += incy) {                                                                         \
      complex one = product_##ch(factor, conjugate_##ch(conjx, *x));                                                   \
      y->real += one.real;                                                                                             \
      y->imag += one.imag;                                                                                             \
    }                                                                                                                  \
  }                                                                                                                    \
  void bli_##ch##axpyv_wasm(conj_t conjx, dim_t n, const void *alpha, const void *x, inc_t incx, void *y, inc_t incy,  \
                            const cntx_t *cntx)                                                                        \
  {                                                                                                                    \
    (void)cntx;                                                                                                        \
    complex factor = *(const complex *)alpha;                                                                          \
    if (!is_##ch(factor, 0))                                                                                           \
      add_multiple_##ch(conjx, n, factor, x, incx, y, incy);                                                           \
  }

/*
 * As of real numbers, a vector times zero is zero. A factor without imaginary part, as csscal's, multiplies both parts by
 * themselves: by the rule for products, an infinite part would make NaN of the other.
 */
#define DEFINE_SCALV(complex, ch, r)                                                                                   \
  void bli_##ch##scalv_wasm(conj_t conjalpha, dim_t n, const void *alpha, void *x0, inc_t incx, const cntx_t *cntx)    \
  {                                                                                                                    \
    (void)cntx;                                                                                                        \
    complex *x = x0;                                                                                                   \
    complex factor = conjugate_##ch(conjalpha, *(const complex *)alpha), none = {0, 0};                                \
    if (is_##ch(factor, 1))                                                                                            \
      return;                                                                                                          \
    if (is_##ch(factor, 0)) {                                                                                          \
      for (; n > 0; n--, x += incx)                                                                                    \
        *x = none;                                                                                                     \
      return;                                                                                                          \
    }                                                                                                                  \
    if (factor.imag == 0) {                                                                                            \
      v128_t by = SPLAT_##r(factor.real);                                                                              \
      for (; incx == 1 && n >= LANES_##r / 2; n -= LANES_##r / 2, x += LANES_##r / 2)                                  \
        STORE(x, MUL_##r(LOAD(x), by));                                                                                \
      for (; n > 0; n--, x += incx)                                                                                    \
        x->real *= factor.real, x->imag *= factor.real;                                                                \
      return;                                                                                                          \
    }                                                                                                                  \
    if (incx == 1) {                                                                                                   \
      factors_##ch factors = make_factors_##ch(BLIS_NO_CONJUGATE, factor);                                             \
      for (; n >= LANES_##r / 2; n -= LANES_##r / 2) {                                                                 \
        v128_t v = LOAD(x);                                                                                            \
        STORE(x, MADD_##r(SWAP_##r(v), factors.g, MUL_##r(v, factors.f)));                                             \
        x += LANES_##r / 2;                                                                                            \
      }                                                                                                                \
    }                                                                                                                  \
    for (; n > 0; n--, x += incx)                                                                                      \
      *x = product_##ch(*x, factor);                                                                                   \
  }

/* y += A x */
#define DEFINE_AXPYF(complex, ch, r)                                                                                   \
  void bli_##ch##axpyf_wasm(conj_t conja, conj_t conjx, dim_t m, dim_t b_n, const void *alpha, const void *a0,         \
                            inc_t inca, inc_t lda, const void *x0, inc_t incx, void *y0, inc_t incy,                   \
                            const cntx_t *cntx)                                                                        \
  {                                                                                                                    \
    (void)cntx;                                                                                                        \
    const complex *a = a0, *x = x0;                                                                                    \
    complex *y = y0;                                                                                                   \
    complex factor[FUSED];                                                                                             \
    factors_##ch factors[FUSED];                                                                                       \
    bool together = inca == 1 && incy == 1 && b_n == FUSED;                                                            \
    for (dim_t j = 0; j < b_n; j++) {                                                                                  \
      complex one = product_##ch(*(const complex *)alpha, conjugate_##ch(conjx, x[j * incx]));                         \
      if (together) {                                                                                                  \
        factor[j] = one;                                                                                               \
        factors[j] = make_factors_##ch(conja, one);                                                                    \
      }                                                                                                                \
      else                                                                                                             \
        add_multiple_##ch(conja, m, one, a + j * lda, inca, y, incy);                                                  \
    }                                                                                                                  \
    if (!together)                                                                                                     \
      return;                                                                                                          \
    dim_t i = 0;                                                                                                       \
    for (; i + LANES_##r / 2 <= m; i += LANES_##r / 2) {                                                               \
      v128_t sum = LOAD(y + i);                                                                                        \
      _Pragma("clang loop unroll(full)") for (int j = 0; j < FUSED; j++)                                               \
      {                                                                                                                \
        v128_t aj = LOAD(a + i + j * lda);                                                                             \
        sum = ADD_PRODUCT(r, aj, factors[j], sum);                                                                     \
      }                                                                                                                \
      STORE(y + i, sum);                                                                                               \
    }                                                                                                                  \
    for (; i < m; i++)                                                                                                 \
      for (int j = 0; j < FUSED; j++) {                                                                                \
        complex one = product_##ch(factor[j], conjugate_##ch(conja, a[i + j * lda]));                                  \
        y[i].real += one.real;                                                                                         \
        y[i].imag += one.imag;                                                                                         \
      }                                                                                                                \
  }

/* y = beta y + alpha A' x */
#define DEFINE_DOTXF(complex, ch, r)                                                                                   \
  void bli_##ch##dotxf_wasm(conj_t conjat, conj_t conjx, dim_t m, dim_t b_n, const void *alpha, const void *a0,        \
                            inc_t inca, inc_t lda, const void *x0, inc_t incx, const void *beta, void *y0, inc_t incy, \
                            const cntx_t *cntx)                                                                        \
  {                                                                                                                    \
    const complex *a = a0, *x = x0;                                                                                    \
    complex *y = y0;                                                                                                   \
    if (inca != 1 || incx != 1 || b_n != FUSED) {                                                                      \
      for (dim_t j = 0; j < b_n; j++)                                                                                  \
        bli_##ch##dotxv_wasm(conjat, conjx, m, alpha, a + j * lda, inca, x, incx, beta, y + j * incy, cntx);           \
      return;                                                                                                          \
    }                                                                                                                  \
    v128_t straight[FUSED], crossed[FUSED];                                                                            \
    for (int j = 0; j < FUSED; j++)                                                                                    \
      straight[j] = crossed[j] = ZERO;                                                                                 \
    dim_t i = 0;                                                                                                       \
    for (; i + LANES_##r / 2 <= m; i += LANES_##r / 2) {                                                               \
      v128_t xi = LOAD(x + i), swapped = SWAP_##r(xi);                                                                 \
      _Pragma("clang loop unroll(full)") for (int j = 0; j < FUSED; j++)                                               \
      {                                                                                                                \
        v128_t aj = LOAD(a + i + j * lda);                                                                             \
        straight[j] = MADD_##r(aj, xi, straight[j]);                                                                   \
        crossed[j] = MADD_##r(aj, swapped, crossed[j]);                                                                \
      }                                                                                                                \
    }                                                                                                                  \
    bool conj = bli_is_conj(conjat) != bli_is_conj(conjx);                                                             \
    for (int j = 0; j < FUSED; j++) {                                                                                  \
      complex sum = conjugate_##ch(conjx, finish_##ch(conj, straight[j], crossed[j]));                                 \
      complex rest = dot_##ch(conjat, conjx, m - i, a + i + j * lda, 1, x + i, 1);                                     \
      sum.real += rest.real;                                                                                           \
      sum.imag += rest.imag;                                                                                           \
      complex *to = y + j * incy;                                                                                      \
      *to = blend_##ch(*(const complex *)beta, *to, *(const complex *)alpha, sum);                                     \
    }                                                                                                                  \
  }

#define DEFINE_ALL(complex, part, ch, r)                                                                               \
  DEFINE_SCALAR(complex, part, ch)                                                                                     \
  DEFINE_FACTORS(complex, ch, r)                                                                                       \
  DEFINE_DOT(complex, ch, r)                                                                                           \
  DEFINE_AXPYV(complex, ch, r)                                                                                         \
  DEFINE_SCALV(complex, ch, r)                                                                                         \
  DEFINE_AXPYF(complex, ch, r)                                                                                         \
  DEFINE_DOTXF(complex, ch, r)

DEFINE_ALL(scomplex, float, c, s)
DEFINE_ALL(dcomplex, double, z, d)
