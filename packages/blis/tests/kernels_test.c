/*
 * Every kernel of ours against a loop that anybody can read: all sizes of tiles and their edges, all strides, both
 * conjugations, and results that must not read what they replace (beta = 0 over NaN). Kernels are taken from BLIS's context,
 * so that what is tested is what is used.
 */

#include <complex.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "blis.h"

/* BLIS's, of one value each. */
#undef conj

#include "packages/testing/check.h"

/* complex.h has `complex` and `I`. */
typedef double _Complex number;

static const num_t TYPES[] = {BLIS_FLOAT, BLIS_DOUBLE, BLIS_SCOMPLEX, BLIS_DCOMPLEX};

static num_t type;
static const cntx_t *context;

enum { SIZE = 4096 };

/* Room for any operand: a whole array, so that a write beside the operand is seen. */
typedef struct {
  _Alignas(16) double data[2 * SIZE];
} operand;

static bool
is_complex(void)
{
  return type == BLIS_SCOMPLEX || type == BLIS_DCOMPLEX;
}

static bool
is_single(void)
{
  return type == BLIS_FLOAT || type == BLIS_SCOMPLEX;
}

static number
get(const operand *x, int i)
{
  CHECK(i >= 0 && i < SIZE);
  if (is_single()) {
    const float *at = (const float *)x->data + i * (is_complex() ? 2 : 1);
    return is_complex() ? CMPLX(at[0], at[1]) : at[0];
  }
  const double *at = x->data + i * (is_complex() ? 2 : 1);
  return is_complex() ? CMPLX(at[0], at[1]) : at[0];
}

static void
set(operand *x, int i, number value)
{
  CHECK(i >= 0 && i < SIZE);
  if (is_single()) {
    float *at = (float *)x->data + i * (is_complex() ? 2 : 1);
    at[0] = (float)creal(value);
    if (is_complex())
      at[1] = (float)cimag(value);
  }
  else {
    double *at = x->data + i * (is_complex() ? 2 : 1);
    at[0] = creal(value);
    if (is_complex())
      at[1] = cimag(value);
  }
}

/* The address of element i: BLIS goes from there, forward or back. */
static void *
at(operand *x, int i)
{
  return (char *)x->data + (size_t)i * bli_dt_size(type);
}

static unsigned state;

static double
random_value(void)
{
  state = state * 1103515245u + 12345u;
  return (double)(int)(state >> 16 & 0xff) / 64 - 2;
}

static number
random_number(void)
{
  double re = random_value();
  return is_complex() ? CMPLX(re, random_value()) : re;
}

static void
fill(operand *x)
{
  for (int i = 0; i < SIZE; i++)
    set(x, i, random_number());
}

static operand *
constant(number value)
{
  static operand pool[8];
  static int next;
  operand *x = &pool[next++ % 8];
  set(x, 0, value);
  return x;
}

static number
conjugate_if(conj_t conjugate, number value)
{
  return conjugate == BLIS_CONJUGATE ? conj(value) : value;
}

/* Values are at most 2.9 in size and sums have at most 100 terms; what matters is that a wrong place is far off. */
static void
check_close(number have, number want, const char *kernel)
{
  double error = cabs(have - want), limit = (is_single() ? FLT_EPSILON : DBL_EPSILON) * 2000 * (1 + cabs(want));
  if (!(error <= limit)) {
    fprintf(stderr, "%s, type %d: %g%+gi instead of %g%+gi\n", kernel, type, creal(have), cimag(have), creal(want),
            cimag(want));
    exit(1);
  }
}

/* All of `have` is as in `want`: the results, and what lies between and around them. */
static void
check_operand(const operand *have, const operand *want, const char *kernel)
{
  if (memcmp(have, want, sizeof *want) == 0)
    return;
  for (int i = 0; i < SIZE; i++)
    check_close(get(have, i), get(want, i), kernel);
}

static void_fp
kernel(ukr_t which)
{
  return bli_cntx_get_ukr_dt(type, which, context);
}

static operand a, b, c, want;

static number
scalar(int kind)
{
  switch (kind) {
    case 0:
      return 0;
    case 1:
      return 1;
    default:
      return is_complex() ? CMPLX(-0.5, 0.75) : -0.5;
  }
}

/* --- level 3 --- */

static void
test_gemm(void)
{
  gemm_ukr_ft gemm = (gemm_ukr_ft)kernel(BLIS_GEMM_UKR);
  const int mr = bli_cntx_get_blksz_def_dt(type, BLIS_MR, context);
  const int nr = bli_cntx_get_blksz_def_dt(type, BLIS_NR, context);
  static const int DEPTHS[] = {0, 1, 2, 3, 4, 5, 8, 33};
  fill(&a);
  fill(&b);
  for (int m = 1; m <= mr; m++)
    for (int n = 1; n <= nr; n++)
      for (int depth = 0; depth < 8; depth++)
        for (int layout = 0; layout < 4; layout++)
          for (int factors = 0; factors < 9; factors++) {
            const int k = DEPTHS[depth];
            const int rs = (const int[]){1, 17, 2, 1}[layout], cs = (const int[]){19, 1, 37, mr}[layout];
            const number alpha = scalar(factors / 3), beta = scalar(factors % 3);
            fill(&c);
            want = c;
            for (int i = 0; i < m; i++)
              for (int j = 0; j < n; j++) {
                number sum = 0;
                for (int l = 0; l < k; l++)
                  sum += get(&a, l * mr + i) * get(&b, l * nr + j);
                const int place = 5 + i * rs + j * cs;
                set(&want, place, alpha * sum + beta * get(&c, place));
                if (beta == 0)
                  set(&c, place, CMPLX(NAN, NAN));
              }
            auxinfo_t data = {0};
            gemm(m, n, k, constant(alpha), &a, &b, constant(beta), at(&c, 5), rs, cs, &data, context);
            check_operand(&c, &want, "gemm");
          }
}

static void
test_gemmtrsm(bool lower)
{
  gemmtrsm_ukr_ft gemmtrsm = (gemmtrsm_ukr_ft)kernel(lower ? BLIS_GEMMTRSM_L_UKR : BLIS_GEMMTRSM_U_UKR);
  const int mr = bli_cntx_get_blksz_def_dt(type, BLIS_MR, context);
  const int nr = bli_cntx_get_blksz_def_dt(type, BLIS_NR, context);
  static operand triangle, tile, solved;
  static number x[16][16];
  for (int m = 1; m <= mr; m++)
    for (int n = 1; n <= nr; n++)
      for (int k = 0; k < 12; k += 3)
        for (int layout = 0; layout < 3; layout++) {
          const int rs = (const int[]){1, 17, 2}[layout], cs = (const int[]){19, 1, 37}[layout];
          const number alpha = scalar(1 + k % 2);
          fill(&a);
          fill(&b);
          fill(&c);
          fill(&tile);
          /* As BLIS packs it: the inverse of the diagonal on the diagonal, and beyond the edge the unit matrix and zeros. */
          for (int i = 0; i < mr; i++)
            for (int j = 0; j < mr; j++) {
              number value = i >= m || j >= m ? (i == j) : i == j ? 0.5 + 0.25 * i : random_number() / 4;
              set(&triangle, i + j * mr, (lower ? j > i : j < i) ? CMPLX(NAN, NAN) : value);
            }
          for (int l = 0; l < k; l++)
            for (int i = m; i < mr; i++)
              set(&a, l * mr + i, 0);
          for (int i = m; i < mr; i++)
            for (int j = 0; j < nr; j++)
              set(&tile, i * nr + j, 0);
          want = c;
          solved = tile;
          for (int step = 0; step < mr; step++) {
            const int i = lower ? step : mr - 1 - step;
            for (int j = 0; j < nr; j++) {
              number sum = i < m ? alpha * get(&tile, i * nr + j) : 0;
              for (int l = 0; l < k; l++)
                sum -= get(&a, l * mr + i) * get(&b, l * nr + j);
              for (int l = lower ? 0 : i + 1; l < (lower ? i : mr); l++)
                sum -= get(&triangle, i + l * mr) * x[l][j];
              x[i][j] = sum * get(&triangle, i + i * mr);
              set(&solved, i * nr + j, x[i][j]);
              if (i < m && j < n)
                set(&want, 5 + i * rs + j * cs, x[i][j]);
            }
          }
          auxinfo_t data = {0};
          gemmtrsm(m, n, k, constant(alpha), &a, &triangle, &b, &tile, at(&c, 5), rs, cs, &data, context);
          check_operand(&c, &want, "gemmtrsm, C");
          check_operand(&tile, &solved, "gemmtrsm, B");
        }
}

/* --- level 1 --- */

typedef struct {
  int n, incx, incy, incz;
  conj_t conjx, conjy;
} shape;

/* Where a vector begins: far enough from both ends for any stride. */
enum { START = 1500 };

/* Calls `test` with lengths around those of vectors and blocks, and with strides forward and back. */
static void
for_shapes(void (*test)(shape))
{
  static const int STRIDES[] = {1, 2, -1};
  for (int n = 0; n < 75; n += n < 20 ? 1 : 6)
    for (int strides = 0; strides < 27; strides++)
      for (int conjugates = 0; conjugates < (is_complex() ? 4 : 1); conjugates++)
        test((shape){
            n,
            STRIDES[strides % 3],
            STRIDES[strides / 3 % 3],
            STRIDES[strides / 9],
            conjugates & 1 ? BLIS_CONJUGATE : BLIS_NO_CONJUGATE,
            conjugates & 2 ? BLIS_CONJUGATE : BLIS_NO_CONJUGATE,
        });
}

static void
fill_all(void)
{
  fill(&a);
  fill(&b);
  fill(&c);
  want = c;
}

static void
test_dot(shape s)
{
  for (int factors = 0; factors < 9; factors++) {
    fill_all();
    const operand before = c;
    number sum = 0, old = get(&c, 7);
    for (int i = 0; i < s.n; i++)
      sum += conjugate_if(s.conjx, get(&a, START + i * s.incx)) * conjugate_if(s.conjy, get(&b, START + i * s.incy));
    if (factors == 0) {
      set(&want, 7, sum);
      ((dotv_ker_ft)kernel(BLIS_DOTV_KER))(s.conjx, s.conjy, s.n, at(&a, START), s.incx, at(&b, START), s.incy,
                                           at(&c, 7), context);
      check_operand(&c, &want, "dotv");
      want = before;
      c = before;
    }
    const number alpha = scalar(factors / 3), beta = scalar(factors % 3);
    set(&want, 7, alpha * sum + beta * old);
    if (beta == 0)
      set(&c, 7, CMPLX(NAN, NAN));
    ((dotxv_ker_ft)kernel(BLIS_DOTXV_KER))(s.conjx, s.conjy, s.n, constant(alpha), at(&a, START), s.incx, at(&b, START),
                                           s.incy, constant(beta), at(&c, 7), context);
    check_operand(&c, &want, "dotxv");
  }
}

static void
test_axpyv(shape s)
{
  for (int factor = 0; factor < 3; factor++) {
    fill_all();
    const number alpha = scalar(factor);
    for (int i = 0; i < s.n; i++) {
      const int place = START + i * s.incz;
      set(&want, place, get(&c, place) + alpha * conjugate_if(s.conjx, get(&a, START + i * s.incx)));
    }
    ((axpyv_ker_ft)kernel(BLIS_AXPYV_KER))(s.conjx, s.n, constant(alpha), at(&a, START), s.incx, at(&c, START), s.incz,
                                           context);
    check_operand(&c, &want, "axpyv");
  }
}

static void
test_scalv(shape s)
{
  for (int factor = 0; factor < 3; factor++) {
    fill_all();
    const number alpha = scalar(factor);
    for (int i = 0; i < s.n; i++) {
      const int place = START + i * s.incz;
      set(&want, place, conjugate_if(s.conjx, alpha) * get(&c, place));
      if (alpha == 0)
        set(&c, place, CMPLX(NAN, NAN));
    }
    ((scalv_ker_ft)kernel(BLIS_SCALV_KER))(s.conjx, s.n, constant(alpha), at(&c, START), s.incz, context);
    check_operand(&c, &want, "scalv");
  }
}

static void
test_amaxv(shape s)
{
  if (is_complex())
    return;
  for (int nan = 0; nan < 2; nan++) {
    fill_all();
    const int nan_place = s.n * 2 / 3;
    if (nan && s.n > 0)
      set(&a, START + nan_place * s.incx, NAN);
    int place = 0;
    for (int i = 1; i < s.n; i++)
      if (cabs(get(&a, START + i * s.incx)) > cabs(get(&a, START + place * s.incx)))
        place = i;
    dim_t found = -1;
    ((amaxv_ker_ft)kernel(BLIS_AMAXV_KER))(s.n, at(&a, START), s.incx, &found, context);
    CHECK(found == (nan && s.n > 0 ? nan_place : place));
  }
}

static void
test_axpy2v(shape s)
{
  fill_all();
  const number alphax = scalar(2), alphay = random_number();
  for (int i = 0; i < s.n; i++) {
    const int place = START + i * s.incz;
    set(&want, place,
        get(&c, place) + alphax * conjugate_if(s.conjx, get(&a, START + i * s.incx)) +
            alphay * conjugate_if(s.conjy, get(&b, START + i * s.incy)));
  }
  ((axpy2v_ker_ft)kernel(BLIS_AXPY2V_KER))(s.conjx, s.conjy, s.n, constant(alphax), constant(alphay), at(&a, START),
                                           s.incx, at(&b, START), s.incy, at(&c, START), s.incz, context);
  check_operand(&c, &want, "axpy2v");
}

static void
test_dotaxpyv(shape s)
{
  fill_all();
  static operand rho;
  const number alpha = scalar(2);
  number sum = 0;
  set(&rho, 0, 0);
  for (int i = 0; i < s.n; i++) {
    const int place = START + i * s.incz;
    const number x = get(&a, START + i * s.incx);
    sum += conjugate_if(s.conjx, x) * conjugate_if(s.conjy, get(&b, START + i * s.incy));
    set(&want, place, get(&c, place) + alpha * x);
  }
  ((dotaxpyv_ker_ft)kernel(BLIS_DOTAXPYV_KER))(s.conjx, BLIS_NO_CONJUGATE, s.conjy, s.n, constant(alpha), at(&a, START),
                                               s.incx, at(&b, START), s.incy, &rho, at(&c, START), s.incz, context);
  check_operand(&c, &want, "dotaxpyv, z");
  check_close(get(&rho, 0), sum, "dotaxpyv, rho");
}

/* Matrices with the fused number of columns, and with fewer; by columns, and with a stride. */
static void
test_fused(shape s)
{
  const int axpy_columns = bli_cntx_get_blksz_def_dt(type, BLIS_AF, context);
  const int dot_columns = bli_cntx_get_blksz_def_dt(type, BLIS_DF, context);
  if (s.incx < 0 || s.n > 50)
    return;
  const int rows = s.incx, columns = 113;
  for (int less = 0; less < 2; less++)
    for (int factors = 0; factors < 4; factors++) {
      const number alpha = scalar(factors & 1 ? 2 : 1), beta = scalar(factors & 2 ? 2 : 0);
      fill_all();
      for (int i = 0; i < s.n; i++) {
        const int place = START + i * s.incz;
        number sum = 0;
        for (int j = 0; j < axpy_columns - less; j++)
          sum += conjugate_if(s.conjx, get(&a, i * rows + j * columns)) *
                 conjugate_if(s.conjy, get(&b, START + j * s.incy));
        set(&want, place, get(&c, place) + alpha * sum);
      }
      ((axpyf_ker_ft)kernel(BLIS_AXPYF_KER))(s.conjx, s.conjy, s.n, axpy_columns - less, constant(alpha), &a, rows,
                                             columns, at(&b, START), s.incy, at(&c, START), s.incz, context);
      check_operand(&c, &want, "axpyf");

      fill_all();
      for (int j = 0; j < dot_columns - less; j++) {
        const int place = START + j * s.incz;
        number sum = 0;
        for (int i = 0; i < s.n; i++)
          sum += conjugate_if(s.conjx, get(&a, i * rows + j * columns)) *
                 conjugate_if(s.conjy, get(&b, START + i * s.incy));
        set(&want, place, beta * get(&c, place) + alpha * sum);
        if (beta == 0)
          set(&c, place, CMPLX(NAN, NAN));
      }
      ((dotxf_ker_ft)kernel(BLIS_DOTXF_KER))(s.conjx, s.conjy, s.n, dot_columns - less, constant(alpha), &a, rows,
                                             columns, at(&b, START), s.incy, constant(beta), at(&c, START), s.incz,
                                             context);
      check_operand(&c, &want, "dotxf");
    }
}

static bool
is_nan(number x)
{
  return isnan(creal(x)) || isnan(cimag(x));
}

/* Zero times NaN is NaN in a product with a matrix, whichever column has it. */
static void
test_nan_in_columns(void)
{
  const int fused = bli_cntx_get_blksz_def_dt(type, BLIS_AF, context);
  const int rows = 9, leading = 113;
  for (int columns = fused - 1; columns <= fused; columns++)
    for (int column = 0; column < columns; column++) {
      fill_all();
      for (int j = 0; j < columns; j++)
        set(&b, j, 0);
      set(&a, 2 + column * leading, NAN);
      ((axpyf_ker_ft)kernel(BLIS_AXPYF_KER))(BLIS_NO_CONJUGATE, BLIS_NO_CONJUGATE, rows, columns, constant(1), &a, 1,
                                             leading, &b, 1, &c, 1, context);
      for (int i = 0; i < rows; i++)
        CHECK(is_nan(get(&c, i)) == (i == 2));
    }
}

/* What is multiplied by a factor without imaginary part may be infinite in one part, and keeps the other. */
static void
test_infinite_parts(void)
{
  if (!is_complex())
    return;
  const number infinite = CMPLX(INFINITY, 1);
  for (int n = 1; n < 10; n++)
    for (int stride = 1; stride <= 2; stride++) {
      for (int i = 0; i < n; i++)
        set(&c, i * stride, infinite);
      ((scalv_ker_ft)kernel(BLIS_SCALV_KER))(BLIS_NO_CONJUGATE, n, constant(2), &c, stride, context);
      for (int i = 0; i < n; i++)
        CHECK(creal(get(&c, i * stride)) == INFINITY && cimag(get(&c, i * stride)) == 2);
    }
  const int mr = bli_cntx_get_blksz_def_dt(type, BLIS_MR, context);
  const int nr = bli_cntx_get_blksz_def_dt(type, BLIS_NR, context);
  for (int m = mr - 1; m <= mr; m++)
    for (int rs = 1; rs <= 2; rs++) {
      fill_all();
      for (int i = 0; i < SIZE; i++)
        set(&c, i, infinite);
      auxinfo_t data = {0};
      ((gemm_ukr_ft)kernel(BLIS_GEMM_UKR))(m, nr, 5, constant(1), &a, &b, constant(1), &c, rs, rs * mr, &data, context);
      for (int j = 0; j < nr; j++)
        for (int i = 0; i < m; i++)
          CHECK(creal(get(&c, i * rs + j * rs * mr)) == INFINITY && isfinite(cimag(get(&c, i * rs + j * rs * mr))));
    }
}

int
main(void)
{
  context = bli_gks_query_cntx();
  for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++) {
    type = TYPES[i];
    test_gemm();
    test_gemmtrsm(true);
    test_gemmtrsm(false);
    for_shapes(test_dot);
    for_shapes(test_axpyv);
    for_shapes(test_scalv);
    for_shapes(test_amaxv);
    for_shapes(test_axpy2v);
    for_shapes(test_dotaxpyv);
    for_shapes(test_fused);
    test_nan_in_columns();
    test_infinite_parts();
  }
  return 0;
}
