/*
 * The loop that is timed: calls a function of BLAS or LAPACK again and again.
 *
 * Compiled from this one file for WebAssembly and, without a C library, for the machine, so that neither an interpreter
 * nor a wrapper of one is among what is measured: the caller takes the time of many calls at once.
 *
 * Matrices are n × n, in Fortran's order; vectors have n × n numbers, but for the product with a matrix.
 */

#include "tools/bench/blas/calls.h"

enum { COLUMNS = 102, PLAIN = 111, TRANSPOSED = 112, LEFT = 141, LOWER = 122, NOT_UNIT = 131 };

/* LAPACK's native builds expect the lengths of strings after all other arguments; ours, in WebAssembly, none. */
#ifdef __wasm__
#define LENGTHS_1
#define LENGTHS_2
#define ONES_1
#define ONES_2
#else
#define LENGTHS_1 , size_t
#define LENGTHS_2 , size_t, size_t
#define ONES_1 , 1
#define ONES_2 , 1, 1
#endif

enum kind { GEMM, GEMV, GEMVT, DOT, AXPY, TRSM, GESV, GESDD, GEEV, POTRF, KINDS };

static const struct {
  const char *name, *symbol;
} kinds[KINDS] = {
    [GEMM] = {"gemm", "gemm"}, [GEMV] = {"gemv", "gemv"},    [GEMVT] = {"gemvt", "gemv"}, [DOT] = {"dot", "dot"},
    [AXPY] = {"axpy", "axpy"}, [TRSM] = {"trsm", "trsm"},    [GESV] = {"gesv", "gesv"},   [GESDD] = {"gesdd", "gesdd"},
    [GEEV] = {"geev", "geev"}, [POTRF] = {"potrf", "potrf"},
};

static int
equal(const char *a, const char *b)
{
  while (*a && *a == *b)
    a++, b++;
  return *a == *b;
}

/* LAPACK is measured in double alone. */
static int
is_lapack(enum kind kind)
{
  return kind >= GESV;
}

/* Takes `dgemm` apart. Gives 0 where it is none of ours. */
static int
parse(const char *operation, char *type, enum kind *kind)
{
  *type = operation[0];
  if (*type != 's' && *type != 'd' && *type != 'c' && *type != 'z')
    return 0;
  for (int i = 0; i < KINDS; i++)
    if (equal(operation + 1, kinds[i].name)) {
      *kind = (enum kind)i;
      return !is_lapack(*kind) || *type == 'd';
    }
  return 0;
}

const char *
bench_symbol(const char *operation)
{
  static char symbol[32];
  char type;
  enum kind kind;
  if (!parse(operation, &type, &kind))
    return NULL;
  char *end = symbol;
  if (!is_lapack(kind))
    for (const char *c = "cblas_"; *c; c++)
      *end++ = *c;
  *end++ = type;
  for (const char *c = kinds[kind].symbol; *c; c++)
    *end++ = *c;
  const char *more = is_lapack(kind) ? "_" : kind != DOT ? "" : type == 'c' || type == 'z' ? "u_sub" : "";
  while (*more)
    *end++ = *more++;
  *end = 0;
  return symbol;
}

/* How many numbers of four or eight bytes an element has. */
static size_t
parts(char type)
{
  return type == 'c' || type == 'z' ? 2 : 1;
}

static size_t
element(char type)
{
  return parts(type) * (type == 's' || type == 'c' ? sizeof(float) : sizeof(double));
}

/* Numbers of work space for LAPACK, more than any of its routines asks for. */
static size_t
work_size(int n)
{
  return 6 * (size_t)n * n + 128 * (size_t)n + 1024;
}

/* Where the operands are: three matrices, and for LAPACK a fourth, two vectors, integers and work space. */
struct operands {
  char *a, *b, *c;
  double *d, *v, *w, *work;
  int *integers;
};

enum { ALIGNMENT = 64 };

static struct operands
operands_in(void *memory, char type, int n)
{
  size_t matrix = ((size_t)n * n * element(type) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  size_t vector = ((size_t)n * sizeof(double) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  char *start = (char *)memory + (ALIGNMENT - (size_t)memory % ALIGNMENT) % ALIGNMENT;
  struct operands o;
  o.a = start;
  o.b = o.a + matrix;
  o.c = o.b + matrix;
  o.d = (double *)(o.c + matrix);
  o.v = (double *)((char *)o.d + matrix);
  o.w = (double *)((char *)o.v + vector);
  o.integers = (int *)((char *)o.w + vector);
  o.work = (double *)((char *)o.integers + 4 * vector);
  return o;
}

size_t
bench_bytes(const char *operation, int n)
{
  char type;
  enum kind kind;
  if (!parse(operation, &type, &kind))
    return 0;
  struct operands o = operands_in(NULL, type, n);
  return ALIGNMENT + (size_t)(is_lapack(kind) ? (char *)(o.work + work_size(n)) : (char *)o.d);
}

/* Numbers between -0.5 and 0.5. */
static void
fill(void *numbers, char type, size_t count, unsigned seed)
{
  count *= parts(type);
  for (size_t i = 0; i < count; i++) {
    seed = seed * 1664525u + 1013904223u;
    double x = (double)(seed >> 8) * 0x1p-24 - 0.5;
    if (type == 's' || type == 'c')
      ((float *)numbers)[i] = (float)x;
    else
      ((double *)numbers)[i] = x;
  }
}

static void
set(void *matrix, char type, size_t index, double x)
{
  if (type == 's' || type == 'c') {
    float *at = (float *)matrix + index * parts(type);
    at[0] = (float)x;
    if (type == 'c')
      at[1] = 0;
  }
  else {
    double *at = (double *)matrix + index * parts(type);
    at[0] = x;
    if (type == 'z')
      at[1] = 0;
  }
}

void
bench_prepare(const char *operation, int n, void *memory)
{
  char type;
  enum kind kind;
  if (!parse(operation, &type, &kind))
    return;
  struct operands o = operands_in(memory, type, n);
  size_t count = (size_t)n * n;
  fill(o.a, type, count, 1);
  fill(o.b, type, count, 2);
  fill(o.c, type, count, 3);
  if (is_lapack(kind))
    fill(o.d, type, count, 4);
  if (kind == TRSM) {
    /* A triangle that is its own inverse: however often it is solved by, what is solved neither grows nor vanishes. */
    for (int column = 0; column < n; column++)
      for (int row = 0; row < n; row++) {
        int first = column < n / 2;
        if (row == column)
          set(o.a, type, (size_t)column * n + row, first ? 1 : -1);
        else if (!first || row < n / 2)
          set(o.a, type, (size_t)column * n + row, 0);
      }
  }
  else if (kind == POTRF) {
    double *a = (double *)o.a;
    for (int column = 0; column < n; column++) {
      for (int row = 0; row < column; row++)
        a[(size_t)column * n + row] = a[(size_t)row * n + column];
      a[(size_t)column * n + column] = n;
    }
  }
}

/* LAPACK overwrites the matrix. */
static void
copy(double *restrict to, const double *restrict from, size_t count)
{
  for (size_t i = 0; i < count; i++)
    to[i] = from[i];
}

typedef const void *in;
typedef void *out;

#define CALLS(RETURNS, TYPES, ...)                                                                                     \
  do {                                                                                                                 \
    RETURNS(*call) TYPES = (RETURNS(*) TYPES)function;                                                                 \
    for (int i = 0; i < count; i++)                                                                                    \
      __VA_ARGS__;                                                                                                     \
  } while (0)

#define CALLS_OF(SCALAR, RETURNS, ONE, ZERO, SMALL, DOT_CALLS)                                                         \
  switch (kind) {                                                                                                      \
    case GEMM:                                                                                                         \
      CALLS(void, (int, int, int, int, int, int, SCALAR, in, int, in, int, SCALAR, out, int),                          \
            call(COLUMNS, PLAIN, PLAIN, n, n, n, ONE, o.a, n, o.b, n, ZERO, o.c, n));                                  \
      break;                                                                                                           \
    case GEMV:                                                                                                         \
    case GEMVT:                                                                                                        \
      CALLS(void, (int, int, int, int, SCALAR, in, int, in, int, SCALAR, out, int),                                    \
            call(COLUMNS, kind == GEMV ? PLAIN : TRANSPOSED, n, n, ONE, o.a, n, o.b, 1, ZERO, o.c, 1));                \
      break;                                                                                                           \
    case AXPY:                                                                                                         \
      CALLS(void, (int, SCALAR, in, int, out, int), call(n * n, SMALL, o.a, 1, o.c, 1));                               \
      break;                                                                                                           \
    case TRSM:                                                                                                         \
      CALLS(void, (int, int, int, int, int, int, int, SCALAR, in, int, out, int),                                      \
            call(COLUMNS, LEFT, LOWER, PLAIN, NOT_UNIT, n, n, ONE, o.a, n, o.c, n));                                   \
      break;                                                                                                           \
    default:                                                                                                           \
      DOT_CALLS;                                                                                                       \
  }

#define REAL_DOT(SCALAR) CALLS(SCALAR, (int, in, int, in, int), *(SCALAR *)o.c = call(n * n, o.a, 1, o.b, 1))
#define COMPLEX_DOT CALLS(void, (int, in, int, in, int, out), call(n *n, o.a, 1, o.b, 1, o.c))

int
bench_calls(const char *operation, void *function, int n, void *memory, int count)
{
  char type;
  enum kind kind;
  if (!parse(operation, &type, &kind))
    return -1;
  struct operands o = operands_in(memory, type, n);
  if (!is_lapack(kind)) {
    static const float one_c[2] = {1, 0}, zero_c[2] = {0, 0}, small_c[2] = {1e-9f, 0};
    static const double one_z[2] = {1, 0}, zero_z[2] = {0, 0}, small_z[2] = {1e-9, 0};
    if (type == 's')
      CALLS_OF(float, float, 1, 0, 1e-9f, REAL_DOT(float))
    else if (type == 'd')
      CALLS_OF(double, double, 1, 0, 1e-9, REAL_DOT(double))
    else if (type == 'c')
      CALLS_OF(in, void, one_c, zero_c, small_c, COMPLEX_DOT)
    else
      CALLS_OF(in, void, one_z, zero_z, small_z, COMPLEX_DOT)
    return 0;
  }
  const double *matrix = (const double *)o.a;
  double *a = (double *)o.b;
  size_t size = (size_t)n * n;
  int info = 0, one = 1, space = (int)work_size(n);
  if (kind == GESV)
    CALLS(void, (const int *, const int *, out, const int *, int *, out, const int *, int *), {
      copy(a, matrix, size);
      copy((double *)o.c, o.d, (size_t)n);
      call(&n, &one, a, &n, o.integers, o.c, &n, &info);
    });
  else if (kind == GESDD)
    CALLS(void,
          (const char *, const int *, const int *, out, const int *, out, out, const int *, out, const int *, out,
           const int *, int *, int *LENGTHS_1),
          {
            copy(a, matrix, size);
            call("A", &n, &n, a, &n, o.v, o.c, &n, o.d, &n, o.work, &space, o.integers, &info ONES_1);
          });
  else if (kind == GEEV)
    CALLS(void,
          (const char *, const char *, const int *, out, const int *, out, out, out, const int *, out, const int *, out,
           const int *, int *LENGTHS_2),
          {
            copy(a, matrix, size);
            call("V", "V", &n, a, &n, o.v, o.w, o.c, &n, o.d, &n, o.work, &space, &info ONES_2);
          });
  else
    CALLS(void, (const char *, const int *, out, const int *, int *LENGTHS_1), {
      copy(a, matrix, size);
      call("L", &n, a, &n, &info ONES_1);
    });
  return info;
}

double
bench_result(const char *operation, int n, const void *memory)
{
  char type;
  enum kind kind;
  if (!parse(operation, &type, &kind))
    return 0;
  struct operands o = operands_in((void *)memory, type, n);
  size_t count = (size_t)n * n * parts(type);
  const void *numbers = o.c;
  if (kind == GEMV || kind == GEMVT || kind == GESV)
    count = (size_t)n * parts(type);
  else if (kind == DOT)
    count = parts(type);
  else if (kind == GESDD || kind == GEEV)
    numbers = o.v, count = (size_t)n;
  else if (kind == POTRF)
    numbers = o.b;
  double sum = 0;
  for (size_t i = 0; i < count; i++) {
    double x = type == 's' || type == 'c' ? ((const float *)numbers)[i] : ((const double *)numbers)[i];
    sum += x < 0 ? -x : x;
  }
  return sum / (double)count;
}
