/*
 * gemm, trmm, trsm and syrk as their callers know them, for matrices that are small; what is larger goes on to BLIS.
 *
 * BLIS makes an object of each operand, checks it, and plans how to divide and pack the work. That takes some microseconds,
 * in which the product of two matrices of order 16 could be made ten times; and LAPACK's recursive factorisations end in
 * thousands of such products. Here operands are packed whole, on the stack, for the same micro-kernels. What is wrong,
 * empty or a vector is BLIS's as well.
 */

#include <stdbool.h>
#include <string.h>

#include "packages/blis/kernels/gemm.h"
#include "packages/blis/kernels/kernels.h"

/* Orders up to which the work is done here; measured, see README.md. */
enum { ORDER_s = 64, ORDER_d = 64, ORDER_c = 64, ORDER_z = 48 };

/* A panel of so many rows, and the numbers that all panels of a matrix have. */
#define PANELS(order, rows) (((order) + (rows) - 1) / (rows) * (rows))

enum operation { PLAIN, TRANSPOSED, CONJUGATED, UNKNOWN };

static enum operation
operation(char letter)
{
  switch (letter | 32) {
    case 'n':
      return PLAIN;
    case 't':
      return TRANSPOSED;
    case 'c':
      return CONJUGATED;
    default:
      return UNKNOWN;
  }
}

/* Whether a letter is this one, of either case. */
static bool
is(char letter, char wanted)
{
  return (letter | 32) == wanted;
}

static bool
is_one_of(char letter, char first, char second)
{
  return is(letter, first) || is(letter, second);
}

#define NEGATE_NOTHING(number) (void)(number)
#define NEGATE_IMAGINARY(number) (number)->imag = -(number)->imag

/*
 * Rows of a matrix as a panel of `width`: for each of the k steps, the numbers of all rows. Missing rows are zeros. Steps are
 * `across` numbers apart, rows `down`.
 */
#define DEFINE_PACK(number, x, NEGATE)                                                                                 \
  static inline __attribute__((always_inline)) void pack_##x(number *to, const number *from, int width, int rows,      \
                                                             int k, int down, int across, bool conjugated)             \
  {                                                                                                                    \
    if (rows < width) {                                                                                                \
      memset(to, 0, sizeof(number) * (size_t)(width * k));                                                             \
      for (int l = 0; l < k; l++)                                                                                      \
        for (int i = 0; i < rows; i++)                                                                                 \
          to[l * width + i] = from[l * across + i * down];                                                             \
    }                                                                                                                  \
    else if (down == 1) {                                                                                              \
      for (int l = 0; l < k; l++)                                                                                      \
        memcpy(to + l * width, from + l * across, sizeof(number) * (size_t)width);                                     \
    }                                                                                                                  \
    else {                                                                                                             \
      for (int l = 0; l < k; l++)                                                                                      \
        for (int i = 0; i < width; i++)                                                                                \
          to[l * width + i] = from[l * across + i * down];                                                             \
    }                                                                                                                  \
    if (conjugated)                                                                                                    \
      for (int l = 0; l < k * width; l++)                                                                              \
        NEGATE(&to[l]);                                                                                                \
  }

#define IS_ZERO_REAL(number) ((number) == 0)
#define IS_ZERO_COMPLEX(number) ((number).real == 0 && (number).imag == 0)

#define DEFINE_GEMM(number, x, IS_ZERO)                                                                                \
  void x##gemm_blis_(const char *transa, const char *transb, const int *m, const int *n, const int *k,                 \
                     const number *alpha, const number *a, const int *lda, const number *b, const int *ldb,            \
                     const number *beta, number *c, const int *ldc);                                                   \
  void x##gemm_(const char *transa, const char *transb, const int *m, const int *n, const int *k, const number *alpha, \
                const number *a, const int *lda, const number *b, const int *ldb, const number *beta, number *c,       \
                const int *ldc)                                                                                        \
  {                                                                                                                    \
    enum { MR = BLIS_MR_##x, NR = BLIS_NR_##x, ORDER = ORDER_##x };                                                    \
    enum operation of_a = operation(*transa), of_b = operation(*transb);                                               \
    int rows = *m, columns = *n, depth = *k;                                                                           \
    if (rows < 2 || columns < 2 || depth < 1 || rows > ORDER || columns > ORDER || depth > ORDER || of_a == UNKNOWN || \
        of_b == UNKNOWN || *lda < (of_a == PLAIN ? rows : depth) || *ldb < (of_b == PLAIN ? depth : columns) ||        \
        *ldc < rows || IS_ZERO(*alpha)) {                                                                              \
      x##gemm_blis_(transa, transb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);                                     \
      return;                                                                                                          \
    }                                                                                                                  \
    int down_a = of_a == PLAIN ? 1 : *lda, across_a = of_a == PLAIN ? *lda : 1;                                        \
    int across_b = of_b == PLAIN ? *ldb : 1, down_b = of_b == PLAIN ? 1 : *ldb;                                        \
    _Alignas(16) number panels_a[PANELS(ORDER, MR) * ORDER], panel_b[NR * ORDER];                                      \
    for (int i = 0; i < rows; i += MR)                                                                                 \
      pack_##x(panels_a + i * depth, a + i * down_a, MR, rows - i < MR ? rows - i : MR, depth, down_a, across_a,       \
               of_a == CONJUGATED);                                                                                    \
    for (int j = 0; j < columns; j += NR) {                                                                            \
      int width = columns - j < NR ? columns - j : NR;                                                                 \
      pack_##x(panel_b, b + j * across_b, NR, width, depth, across_b, down_b, of_b == CONJUGATED);                     \
      for (int i = 0; i < rows; i += MR)                                                                               \
        bli_##x##gemm_wasm(rows - i < MR ? rows - i : MR, width, depth, alpha, panels_a + i * depth, panel_b, beta,    \
                           c + i + j * *ldc, 1, *ldc, NULL, NULL);                                                     \
    }                                                                                                                  \
  }

/* C is symmetric: the tiles of one triangle are made, and those on the diagonal are written in part. */
#define DEFINE_SYRK(real, r)                                                                                           \
  void r##syrk_blis_(const char *uplo, const char *trans, const int *n, const int *k, const real *alpha,               \
                     const real *a, const int *lda, const real *beta, real *c, const int *ldc);                        \
  void r##syrk_(const char *uplo, const char *trans, const int *n, const int *k, const real *alpha, const real *a,     \
                const int *lda, const real *beta, real *c, const int *ldc)                                             \
  {                                                                                                                    \
    enum { MR = BLIS_MR_##r, NR = BLIS_NR_##r, ORDER = ORDER_##r };                                                    \
    enum operation of_a = operation(*trans);                                                                           \
    int order = *n, depth = *k;                                                                                        \
    if (order < 1 || depth < 1 || order > ORDER || depth > ORDER || of_a == UNKNOWN || !is_one_of(*uplo, 'l', 'u') ||  \
        *lda < (of_a == PLAIN ? order : depth) || *ldc < order || *alpha == 0) {                                       \
      r##syrk_blis_(uplo, trans, n, k, alpha, a, lda, beta, c, ldc);                                                   \
      return;                                                                                                          \
    }                                                                                                                  \
    bool lower = is(*uplo, 'l');                                                                                       \
    int down = of_a == PLAIN ? 1 : *lda, across = of_a == PLAIN ? *lda : 1;                                            \
    static const real zero = 0;                                                                                        \
    _Alignas(16) real panels[PANELS(ORDER, MR) * ORDER], panel[NR * ORDER], tile[MR * NR];                             \
    for (int i = 0; i < order; i += MR)                                                                                \
      pack_##r(panels + i * depth, a + i * down, MR, order - i < MR ? order - i : MR, depth, down, across, false);     \
    for (int j = 0; j < order; j += NR) {                                                                              \
      int width = order - j < NR ? order - j : NR;                                                                     \
      pack_##r(panel, a + j * down, NR, width, depth, down, across, false);                                            \
      for (int i = 0; i < order; i += MR) {                                                                            \
        int height = order - i < MR ? order - i : MR;                                                                  \
        if (lower ? i + height <= j : j + width <= i)                                                                  \
          continue;                                                                                                    \
        real *to = c + i + j * *ldc;                                                                                   \
        if (lower ? j + width - 1 <= i : i + height - 1 <= j) {                                                        \
          bli_##r##gemm_wasm(height, width, depth, alpha, panels + i * depth, panel, beta, to, 1, *ldc, NULL, NULL);   \
          continue;                                                                                                    \
        }                                                                                                              \
        bli_##r##gemm_wasm(MR, NR, depth, alpha, panels + i * depth, panel, &zero, tile, 1, MR, NULL, NULL);           \
        for (int q = 0; q < width; q++)                                                                                \
          for (int p = 0; p < height; p++)                                                                             \
            if (lower ? i + p >= j + q : i + p <= j + q)                                                               \
              to[p + q * *ldc] = tile[p + q * MR] + (*beta == 0 ? 0 : *beta * to[p + q * *ldc]);                       \
      }                                                                                                                \
    }                                                                                                                  \
  }

/* Columns that are worked on at once, in vectors; as many sums are under way as an addition takes cycles. */
enum { VECTORS = 4, COMPLEX_VECTORS = 2 };

/*
 * A triangle of trmm or trsm, and the matrix B beside it, as numbers of elements from one to the next. Every case is brought
 * to one: a lower triangle from the left. From the right, X op(A) = B is op(A)' X' = B'; an upper triangle is a lower one when
 * rows and columns are counted from their ends, where `first` and `first_b` are.
 */
struct triangle {
  bool small, unit, conjugated;
  int order, count, first, down, across, first_b, down_b, across_b;
};

static struct triangle
triangle(const char *side, const char *uplo, const char *transa, const char *diag, int m, int n, int lda, int ldb,
         int limit)
{
  enum operation of_a = operation(*transa);
  bool left = is(*side, 'l'), as_it_lies = left == (of_a == PLAIN);
  struct triangle it = {
      .unit = is(*diag, 'u'),
      .conjugated = of_a == CONJUGATED,
      .order = left ? m : n,
      .count = left ? n : m,
      .down = as_it_lies ? 1 : lda,
      .across = as_it_lies ? lda : 1,
      .down_b = left ? 1 : ldb,
      .across_b = left ? ldb : 1,
  };
  it.small = it.order >= 1 && it.count >= 1 && it.order <= limit && it.count <= limit && is_one_of(*side, 'l', 'r') &&
             is_one_of(*uplo, 'l', 'u') && is_one_of(*diag, 'n', 'u') && of_a != UNKNOWN && lda >= it.order && ldb >= m;
  if (is(*uplo, 'l') != as_it_lies) {
    it.first = (it.order - 1) * (it.down + it.across), it.first_b = (it.order - 1) * it.down_b;
    it.down = -it.down, it.across = -it.across, it.down_b = -it.down_b;
  }
  return it;
}

/* Columns of B, times alpha: those of a vector's width, of which the missing ones are zeros. */
#define DEFINE_TAKE(real, r)                                                                                           \
  static inline __attribute__((always_inline)) void take_##r(real *x, const real *b, const struct triangle *t,         \
                                                             real alpha, int width)                                    \
  {                                                                                                                    \
    enum { WIDTH = VECTORS * LANES_##r };                                                                              \
    for (int i = 0; i < t->order; i++)                                                                                 \
      for (int q = 0; q < WIDTH; q++)                                                                                  \
        x[i * WIDTH + q] = q < width ? alpha * b[i * t->down_b + q * t->across_b] : 0;                                 \
  }

#define TRIANGULAR(number, x, name)                                                                                    \
  void x##name##_blis_(const char *side, const char *uplo, const char *transa, const char *diag, const int *m,         \
                       const int *n, const number *alpha, const number *a, const int *lda, number *b, const int *ldb); \
  void x##name##_(const char *side, const char *uplo, const char *transa, const char *diag, const int *m,              \
                  const int *n, const number *alpha, const number *a, const int *lda, number *b, const int *ldb)

#define DEFINE_TRSM(real, r, DIVIDE)                                                                                   \
  TRIANGULAR(real, r, trsm)                                                                                            \
  {                                                                                                                    \
    enum { WIDTH = VECTORS * LANES_##r, ORDER = ORDER_##r };                                                           \
    struct triangle t = triangle(side, uplo, transa, diag, *m, *n, *lda, *ldb, ORDER);                                 \
    if (!t.small || *alpha == 0) {                                                                                     \
      r##trsm_blis_(side, uplo, transa, diag, m, n, alpha, a, lda, b, ldb);                                            \
      return;                                                                                                          \
    }                                                                                                                  \
    a += t.first, b += t.first_b;                                                                                      \
    _Alignas(16) real x[ORDER][WIDTH];                                                                                 \
    for (int j = 0; j < t.count; j += WIDTH, b += WIDTH * t.across_b) {                                                \
      int width = t.count - j < WIDTH ? t.count - j : WIDTH;                                                           \
      take_##r(x[0], b, &t, *alpha, width);                                                                            \
      for (int i = 0; i < t.order; i++) {                                                                              \
        v128_t row[VECTORS];                                                                                           \
        for (int v = 0; v < VECTORS; v++)                                                                              \
          row[v] = LOAD(&x[i][v * LANES_##r]);                                                                         \
        for (int l = 0; l < i; l++) {                                                                                  \
          v128_t factor = LOAD_SPLAT_##r(a + i * t.down + l * t.across);                                               \
          for (int v = 0; v < VECTORS; v++)                                                                            \
            row[v] = NMADD_##r(factor, LOAD(&x[l][v * LANES_##r]), row[v]);                                            \
        }                                                                                                              \
        for (int v = 0; v < VECTORS; v++)                                                                              \
          STORE(&x[i][v * LANES_##r], t.unit ? row[v] : DIVIDE(row[v], LOAD_SPLAT_##r(a + i * (t.down + t.across))));  \
      }                                                                                                                \
      for (int i = 0; i < t.order; i++)                                                                                \
        for (int q = 0; q < width; q++)                                                                                \
          b[i * t.down_b + q * t.across_b] = x[i][q];                                                                  \
    }                                                                                                                  \
  }

/* B is copied, a few columns at a time, and each row of the product written over it. */
#define DEFINE_TRMM(real, r)                                                                                           \
  TRIANGULAR(real, r, trmm)                                                                                            \
  {                                                                                                                    \
    enum { WIDTH = VECTORS * LANES_##r, ORDER = ORDER_##r };                                                           \
    struct triangle t = triangle(side, uplo, transa, diag, *m, *n, *lda, *ldb, ORDER);                                 \
    if (!t.small || *alpha == 0) {                                                                                     \
      r##trmm_blis_(side, uplo, transa, diag, m, n, alpha, a, lda, b, ldb);                                            \
      return;                                                                                                          \
    }                                                                                                                  \
    a += t.first, b += t.first_b;                                                                                      \
    _Alignas(16) real x[ORDER][WIDTH], line[WIDTH];                                                                    \
    for (int j = 0; j < t.count; j += WIDTH, b += WIDTH * t.across_b) {                                                \
      int width = t.count - j < WIDTH ? t.count - j : WIDTH;                                                           \
      take_##r(x[0], b, &t, *alpha, width);                                                                            \
      for (int i = 0; i < t.order; i++) {                                                                              \
        v128_t row[VECTORS];                                                                                           \
        for (int v = 0; v < VECTORS; v++) {                                                                            \
          row[v] = LOAD(&x[i][v * LANES_##r]);                                                                         \
          if (!t.unit)                                                                                                 \
            row[v] = MUL_##r(row[v], LOAD_SPLAT_##r(a + i * (t.down + t.across)));                                     \
        }                                                                                                              \
        for (int l = 0; l < i; l++) {                                                                                  \
          v128_t factor = LOAD_SPLAT_##r(a + i * t.down + l * t.across);                                               \
          for (int v = 0; v < VECTORS; v++)                                                                            \
            row[v] = MADD_##r(factor, LOAD(&x[l][v * LANES_##r]), row[v]);                                             \
        }                                                                                                              \
        for (int v = 0; v < VECTORS; v++)                                                                              \
          STORE(line + v * LANES_##r, row[v]);                                                                         \
        for (int q = 0; q < width; q++)                                                                                \
          b[i * t.down_b + q * t.across_b] = line[q];                                                                  \
      }                                                                                                                \
    }                                                                                                                  \
  }

/* The same with real and imaginary parts apart. */
#define DEFINE_TRMM_COMPLEX(number, x, part, r)                                                                        \
  TRIANGULAR(number, x, trmm)                                                                                          \
  {                                                                                                                    \
    enum { WIDTH = COMPLEX_VECTORS * LANES_##r, ORDER = ORDER_##x };                                                   \
    struct triangle t = triangle(side, uplo, transa, diag, *m, *n, *lda, *ldb, ORDER);                                 \
    if (!t.small || IS_ZERO_COMPLEX(*alpha)) {                                                                         \
      x##trmm_blis_(side, uplo, transa, diag, m, n, alpha, a, lda, b, ldb);                                            \
      return;                                                                                                          \
    }                                                                                                                  \
    a += t.first, b += t.first_b;                                                                                      \
    part sign = t.conjugated ? -1 : 1;                                                                                 \
    _Alignas(16) part re[ORDER][WIDTH], im[ORDER][WIDTH], line[2][WIDTH];                                              \
    for (int j = 0; j < t.count; j += WIDTH, b += WIDTH * t.across_b) {                                                \
      int width = t.count - j < WIDTH ? t.count - j : WIDTH;                                                           \
      for (int i = 0; i < t.order; i++)                                                                                \
        for (int q = 0; q < WIDTH; q++) {                                                                              \
          number from = q < width ? b[i * t.down_b + q * t.across_b] : (number){0, 0};                                 \
          re[i][q] = alpha->real * from.real - alpha->imag * from.imag;                                                \
          im[i][q] = alpha->real * from.imag + alpha->imag * from.real;                                                \
        }                                                                                                              \
      for (int i = 0; i < t.order; i++) {                                                                              \
        v128_t row_re[COMPLEX_VECTORS], row_im[COMPLEX_VECTORS];                                                       \
        for (int v = 0; v < COMPLEX_VECTORS; v++) {                                                                    \
          row_re[v] = t.unit ? LOAD(&re[i][v * LANES_##r]) : ZERO;                                                     \
          row_im[v] = t.unit ? LOAD(&im[i][v * LANES_##r]) : ZERO;                                                     \
        }                                                                                                              \
        for (int l = 0; l < i + !t.unit; l++) {                                                                        \
          const number *factor = a + i * t.down + l * t.across;                                                        \
          v128_t by_re = SPLAT_##r(factor->real), by_im = SPLAT_##r(sign * factor->imag);                              \
          for (int v = 0; v < COMPLEX_VECTORS; v++) {                                                                  \
            v128_t from_re = LOAD(&re[l][v * LANES_##r]), from_im = LOAD(&im[l][v * LANES_##r]);                       \
            row_re[v] = NMADD_##r(by_im, from_im, MADD_##r(by_re, from_re, row_re[v]));                                \
            row_im[v] = MADD_##r(by_im, from_re, MADD_##r(by_re, from_im, row_im[v]));                                 \
          }                                                                                                            \
        }                                                                                                              \
        for (int v = 0; v < COMPLEX_VECTORS; v++) {                                                                    \
          STORE(&line[0][v * LANES_##r], row_re[v]);                                                                   \
          STORE(&line[1][v * LANES_##r], row_im[v]);                                                                   \
        }                                                                                                              \
        for (int q = 0; q < width; q++)                                                                                \
          b[i * t.down_b + q * t.across_b] = (number){line[0][q], line[1][q]};                                         \
      }                                                                                                                \
    }                                                                                                                  \
  }

DEFINE_PACK(float, s, NEGATE_NOTHING)
DEFINE_PACK(double, d, NEGATE_NOTHING)
DEFINE_PACK(scomplex, c, NEGATE_IMAGINARY)
DEFINE_PACK(dcomplex, z, NEGATE_IMAGINARY)

DEFINE_GEMM(float, s, IS_ZERO_REAL)
DEFINE_GEMM(double, d, IS_ZERO_REAL)
DEFINE_GEMM(scomplex, c, IS_ZERO_COMPLEX)
DEFINE_GEMM(dcomplex, z, IS_ZERO_COMPLEX)

DEFINE_SYRK(float, s)
DEFINE_SYRK(double, d)

DEFINE_TAKE(float, s)
DEFINE_TAKE(double, d)

DEFINE_TRSM(float, s, wasm_f32x4_div)
DEFINE_TRSM(double, d, wasm_f64x2_div)

DEFINE_TRMM(float, s)
DEFINE_TRMM(double, d)
DEFINE_TRMM_COMPLEX(scomplex, c, float, s)
DEFINE_TRMM_COMPLEX(dcomplex, z, double, d)
