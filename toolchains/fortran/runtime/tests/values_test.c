/* The library's other entry points, called as flang's code calls them: sizes and lengths have 64 bits. */

#include <complex.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "ISO_Fortran_binding.h"
#include "packages/testing/check.h"

#define HERE __FILE__, __LINE__
#define ANY(descriptor) ((CFI_cdesc_t *)&(descriptor))

int32_t _FortranACharacterCompareScalar1(const char *, const char *, uint64_t, uint64_t);
uint64_t _FortranAIndex1(const char *, uint64_t, const char *, uint64_t, bool back);
uint64_t _FortranALenTrim1(const char *, uint64_t);
uint64_t _FortranAScan1(const char *, uint64_t, const char *, uint64_t, bool back);
uint64_t _FortranAVerify1(const char *, uint64_t, const char *, uint64_t, bool back);
void _FortranATrim(CFI_cdesc_t *result, const CFI_cdesc_t *, const char *, int32_t);
void _FortranARepeat(CFI_cdesc_t *result, const CFI_cdesc_t *, int64_t, const char *, int32_t);
void _FortranAAdjustl(CFI_cdesc_t *result, const CFI_cdesc_t *, const char *, int32_t);

double _FortranAFPow8k(double, int64_t);
float _FortranAFPow4i(float, int32_t);
float _Complex _FortranAcpowi(float _Complex, int32_t);
double _Complex _FortranAzpowk(double _Complex, int64_t);
int32_t _FortranAExponent4_4(float);
int32_t _FortranAExponent8_4(double);
double _FortranAFraction8(double);
double _FortranAModuloReal8(double, double, const char *, int32_t);
double _FortranANearest8(double, bool positive);
double _FortranAScale8(double, int64_t);
double _FortranASetExponent8(double, int64_t);
double _FortranASpacing8(double);

void _FortranATransfer(CFI_cdesc_t *result, const CFI_cdesc_t *, const CFI_cdesc_t *mold, const char *, int32_t);
void _FortranATransferSize(CFI_cdesc_t *result, const CFI_cdesc_t *, const CFI_cdesc_t *mold, const char *, int32_t,
                           int64_t size);
void _FortranAReshape(CFI_cdesc_t *result, const CFI_cdesc_t *, const CFI_cdesc_t *shape, const CFI_cdesc_t *pad,
                      const CFI_cdesc_t *order, const char *, int32_t);
void _FortranAMatmulReal8Real8(CFI_cdesc_t *result, const CFI_cdesc_t *, const CFI_cdesc_t *, const char *, int32_t);
double _FortranASumReal8(const CFI_cdesc_t *, const char *, int32_t, int32_t dim, const CFI_cdesc_t *mask);
double _FortranADotProductReal8(const CFI_cdesc_t *, const CFI_cdesc_t *, const char *, int32_t);
void _FortranACppSumComplex8(double _Complex *, const CFI_cdesc_t *, const char *, int32_t, int32_t dim,
                             const CFI_cdesc_t *mask);
void _FortranAMaxlocReal8(CFI_cdesc_t *result, const CFI_cdesc_t *, int32_t kind, const char *, int32_t,
                          const CFI_cdesc_t *mask, bool back);
int64_t _FortranASize(const CFI_cdesc_t *, const char *, int32_t);
int32_t _FortranASelectedIntKind(const char *, int32_t, void *, int32_t kind);

void _FortranAAssign(CFI_cdesc_t *to, const CFI_cdesc_t *from, const char *, int32_t);
void _FortranAAllocatableSetBounds(CFI_cdesc_t *, int32_t dimension, int64_t lower, int64_t upper);
int32_t _FortranAAllocatableAllocate(CFI_cdesc_t *, bool has_status, const CFI_cdesc_t *message, const char *, int32_t);
int32_t _FortranAAllocatableDeallocate(CFI_cdesc_t *, bool has_status, const CFI_cdesc_t *message, const char *,
                                       int32_t);

void _FortranARandomSeedPut(const CFI_cdesc_t *, const char *, int32_t);
void _FortranARandomNumber(const CFI_cdesc_t *, const char *, int32_t);
void _FortranADateAndTime(char *, uint64_t, char *, uint64_t, char *, uint64_t, const char *, int32_t,
                          const CFI_cdesc_t *);
int64_t _FortranASystemClockCount(int32_t kind);
int64_t _FortranASystemClockCountRate(int32_t kind);
double _FortranACpuTime(void);

void *terrarium_fortran_malloc(uint64_t);

extern const int32_t _QMiso_fortran_env_implEC__builtin_integer_kinds[5];

/* A descriptor of rank 2 or less. */
typedef CFI_CDESC_T(2) Descriptor;

static Descriptor
establish(void *data, CFI_attribute_t attribute, CFI_type_t type, uint64_t size, CFI_rank_t rank,
          const int64_t *extents)
{
  Descriptor descriptor;
  CHECK(CFI_establish(ANY(descriptor), data, attribute, type, size, rank, extents) == CFI_SUCCESS);
  return descriptor;
}

static Descriptor
vector(void *data, CFI_type_t type, int64_t extent)
{
  return establish(data, CFI_attribute_other, type, 0, 1, &extent);
}

static Descriptor
matrix(void *data, CFI_type_t type, int64_t rows, int64_t columns)
{
  return establish(data, CFI_attribute_other, type, 0, 2, (int64_t[]){rows, columns});
}

static Descriptor
string(char *data)
{
  return establish(data, CFI_attribute_other, CFI_type_char, strlen(data), 0, NULL);
}

/* An allocatable variable, or a result that the library is to allocate. */
static Descriptor
allocatable(CFI_type_t type, CFI_rank_t rank)
{
  return establish(NULL, CFI_attribute_allocatable, type, 1, rank, NULL);
}

static bool
holds(const Descriptor *descriptor, const char *text)
{
  return descriptor->elem_len == strlen(text) && memcmp(descriptor->base_addr, text, strlen(text)) == 0;
}

static void
test_layout(void)
{
  /* What flang's IR has on wasm32, and its front end counts with. */
  CHECK(sizeof(CFI_CDESC_T(1)) == 48 && sizeof(CFI_dim_t) == 24);
  CHECK(offsetof(CFI_cdesc_t, elem_len) == 8 && offsetof(CFI_cdesc_t, dim) == 24);
}

static void
test_character(void)
{
  CHECK(_FortranACharacterCompareScalar1("abc", "abc   ", 3, 6) == 0);
  CHECK(_FortranACharacterCompareScalar1("abc", "abd", 3, 3) < 0);
  CHECK(_FortranACharacterCompareScalar1("b", "abd", 1, 3) > 0);
  CHECK(_FortranAIndex1("banana", 6, "an", 2, false) == 2);
  CHECK(_FortranAIndex1("banana", 6, "an", 2, true) == 4);
  CHECK(_FortranAIndex1("banana", 6, "x", 1, false) == 0);
  CHECK(_FortranALenTrim1("text  ", 6) == 4);
  CHECK(_FortranAScan1("fortran", 7, "tr", 2, false) == 3);
  CHECK(_FortranAVerify1("aabb", 4, "a", 1, false) == 3);

  char padded[] = "  x y  ";
  Descriptor source = string(padded), trimmed = allocatable(CFI_type_char, 0), left = allocatable(CFI_type_char, 0);
  _FortranATrim(ANY(trimmed), ANY(source), HERE);
  CHECK(holds(&trimmed, "  x y"));
  _FortranAAdjustl(ANY(left), ANY(source), HERE);
  CHECK(holds(&left, "x y    "));
  Descriptor repeated = allocatable(CFI_type_char, 0);
  _FortranARepeat(ANY(repeated), ANY(trimmed), 3, HERE);
  CHECK(holds(&repeated, "  x y  x y  x y"));
  CHECK(CFI_deallocate(ANY(trimmed)) == CFI_SUCCESS && trimmed.base_addr == NULL);
}

static void
test_numbers(void)
{
  CHECK(_FortranAFPow8k(2.0, 40) == 0x1p40 && _FortranAFPow8k(2.0, -2) == 0.25);
  CHECK(_FortranAFPow4i(-3.0f, 3) == -27.0f);
  CHECK(_FortranAcpowi(1.0f + 2.0f * I, 3) == -11.0f - 2.0f * I);
  CHECK(_FortranAzpowk(I, 5000000001) == I);
  CHECK(_FortranAExponent4_4(8.0f) == 4 && _FortranAExponent8_4(0.0) == 0 && _FortranAExponent8_4(0.75) == 0);
  CHECK(_FortranAFraction8(12.0) == 0.75);
  CHECK(_FortranAModuloReal8(-7.0, 3.0, HERE) == 2.0);
  CHECK(_FortranANearest8(1.0, true) == 1.0 + 0x1p-52 && _FortranANearest8(1.0, false) == 1.0 - 0x1p-53);
  CHECK(_FortranAScale8(1.5, -1074) == 0x1p-1073 && _FortranAScale8(1.0, 5000000000) == INFINITY);
  CHECK(_FortranASetExponent8(1.5, 4) == 12.0);
  CHECK(_FortranASpacing8(1.0) == 0x1p-52);
  int32_t range = 10;
  CHECK(_FortranASelectedIntKind(HERE, &range, 4) == 8);
  CHECK(_QMiso_fortran_env_implEC__builtin_integer_kinds[4] == 16);
}

static void
test_arrays(void)
{
  double a[] = {1, 2, 3, 4, 5, 6}, b[] = {1, 0, -1};
  Descriptor a_matrix = matrix(a, CFI_type_double, 2, 3), b_vector = vector(b, CFI_type_double, 3);
  CHECK(_FortranASize(ANY(a_matrix), HERE) == 6);
  CHECK(_FortranASumReal8(ANY(a_matrix), HERE, 0, NULL) == 21.0);

  Descriptor product = allocatable(CFI_type_double, 1);
  _FortranAMatmulReal8Real8(ANY(product), ANY(a_matrix), ANY(b_vector), HERE);
  const double *values = product.base_addr;
  CHECK(product.dim[0].extent == 2 && values[0] == -4.0 && values[1] == -4.0);

  Descriptor row = establish(NULL, CFI_attribute_pointer, CFI_type_double, 0, 1, NULL);
  CHECK(CFI_section(ANY(row), ANY(a_matrix), (int64_t[]){1, 0}, (int64_t[]){1, 2}, (int64_t[]){0, 1}) == CFI_SUCCESS);
  CHECK(row.dim[0].sm == 16 && _FortranADotProductReal8(ANY(row), ANY(b_vector), HERE) == -4.0);

  int32_t shape[] = {3, 2};
  Descriptor reshaped = allocatable(CFI_type_double, 2), shape_vector = vector(shape, CFI_type_int32_t, 2);
  _FortranAReshape(ANY(reshaped), ANY(a_matrix), ANY(shape_vector), NULL, NULL, HERE);
  CHECK(reshaped.dim[0].extent == 3 && reshaped.dim[1].extent == 2 && reshaped.dim[1].sm == 24);

  Descriptor place = allocatable(CFI_type_int32_t, 1);
  _FortranAMaxlocReal8(ANY(place), ANY(a_matrix), 4, HERE, NULL, false);
  CHECK(((int32_t *)place.base_addr)[0] == 2 && ((int32_t *)place.base_addr)[1] == 3);

  double _Complex c[] = {1 + 2 * I, 3 - 1 * I}, sum = 0;
  Descriptor c_vector = vector(c, CFI_type_double_Complex, 2);
  _FortranACppSumComplex8(&sum, ANY(c_vector), HERE, 0, NULL);
  CHECK(sum == 4 + 1 * I);
}

static void
test_transfer(void)
{
  float one = 1.0f;
  int32_t mold = 0;
  Descriptor bits = allocatable(CFI_type_int32_t, 0);
  Descriptor source = establish(&one, CFI_attribute_other, CFI_type_float, 0, 0, NULL);
  Descriptor scalar = establish(&mold, CFI_attribute_other, CFI_type_int32_t, 0, 0, NULL);
  _FortranATransfer(ANY(bits), ANY(source), ANY(scalar), HERE);
  CHECK(*(int32_t *)bits.base_addr == 0x3f800000);

  double pi = 3.5;
  Descriptor halves = allocatable(CFI_type_int32_t, 1);
  source = establish(&pi, CFI_attribute_other, CFI_type_double, 0, 0, NULL);
  _FortranATransferSize(ANY(halves), ANY(source), ANY(scalar), HERE, 2);
  CHECK(halves.dim[0].extent == 2 && ((int32_t *)halves.base_addr)[0] == 0);
  CHECK(((int32_t *)halves.base_addr)[1] == 0x400c0000);
}

static void
test_allocatables(void)
{
  double data[] = {1, 2, 3};
  Descriptor from = vector(data, CFI_type_double, 3), to = allocatable(CFI_type_double, 1);
  _FortranAAssign(ANY(to), ANY(from), HERE);
  CHECK(to.base_addr != NULL && to.base_addr != data && to.dim[0].extent == 3);
  CHECK(((double *)to.base_addr)[2] == 3.0);
  from = vector(data, CFI_type_double, 2);
  _FortranAAssign(ANY(to), ANY(from), HERE);
  CHECK(to.dim[0].extent == 2 && ((double *)to.base_addr)[1] == 2.0);
  CHECK(_FortranAAllocatableDeallocate(ANY(to), false, NULL, HERE) == 0 && to.base_addr == NULL);

  /* What 32 bits can't count is refused, even where its lower half is small. */
  _FortranAAllocatableSetBounds(ANY(to), 0, 1, (INT64_C(1) << 32) / 8 + 1);
  CHECK(_FortranAAllocatableAllocate(ANY(to), true, NULL, HERE) != 0 && to.base_addr == NULL);
  CHECK(terrarium_fortran_malloc((UINT64_C(1) << 32) + 8) == NULL);
  _FortranAAllocatableSetBounds(ANY(to), 0, -1, 1);
  CHECK(_FortranAAllocatableAllocate(ANY(to), true, NULL, HERE) == 0 && to.dim[0].extent == 3);
  CHECK(to.dim[0].lower_bound == -1);
  CHECK(_FortranAAllocatableDeallocate(ANY(to), false, NULL, HERE) == 0);
  void *memory = terrarium_fortran_malloc(100);
  CHECK(memory != NULL);
  free(memory);
}

static void
test_surroundings(void)
{
  double x[4], y[4];
  int32_t seed[] = {7};
  Descriptor seed_vector = vector(seed, CFI_type_int32_t, 1);
  Descriptor x_vector = vector(x, CFI_type_double, 4), y_vector = vector(y, CFI_type_double, 4);
  _FortranARandomSeedPut(ANY(seed_vector), HERE);
  _FortranARandomNumber(ANY(x_vector), HERE);
  _FortranARandomSeedPut(ANY(seed_vector), HERE);
  _FortranARandomNumber(ANY(y_vector), HERE);
  CHECK(memcmp(x, y, sizeof x) == 0 && x[0] != x[1]);
  for (size_t i = 0; i < 4; i++)
    CHECK(x[i] >= 0.0 && x[i] < 1.0);

  char date[8], time[10], zone[5];
  int32_t values[8];
  Descriptor values_vector = vector(values, CFI_type_int32_t, 8);
  _FortranADateAndTime(date, sizeof date, time, sizeof time, zone, sizeof zone, HERE, ANY(values_vector));
  CHECK(values[0] > 2000 && values[1] >= 1 && values[1] <= 12 && date[0] == '2' && time[6] == '.');
  CHECK(values[0] == (date[0] - '0') * 1000 + (date[1] - '0') * 100 + (date[2] - '0') * 10 + date[3] - '0');
  int64_t start = _FortranASystemClockCount(8);
  CHECK(_FortranASystemClockCountRate(8) >= 1000 && _FortranASystemClockCount(8) >= start);
  CHECK(_FortranACpuTime() >= 0.0);
}

int
main(void)
{
  test_layout();
  test_character();
  test_numbers();
  test_arrays();
  test_transfer();
  test_allocatables();
  test_surroundings();
  return 0;
}
