/*
 * libffi: calls and closures of every kind of type that C on wasm32 passes in a way of its own, as ctypes needs them, and
 * what the port refuses.
 */

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <ffi.h>

#include "packages/testing/check.h"

struct pair {
  int32_t first;
  double second;
};

struct single {
  double only;
};

static ffi_type *pair_fields[] = {&ffi_type_sint32, &ffi_type_double, NULL};
static ffi_type pair_type = {0, 0, FFI_TYPE_STRUCT, pair_fields};
static ffi_type *single_fields[] = {&ffi_type_double, NULL};
static ffi_type single_type = {0, 0, FFI_TYPE_STRUCT, single_fields};

static void
test_version(void)
{
  CHECK(strcmp(ffi_get_version(), FFI_VERSION_STRING) == 0);
  CHECK(ffi_get_version_number() == FFI_VERSION_NUMBER);
  CHECK(ffi_get_default_abi() == FFI_WASM32_EMSCRIPTEN);
  CHECK(ffi_get_closure_size() == sizeof(ffi_closure));
}

/* Numbers ------------------------------------------------------------------------------------------------------- */

static double
add_numbers(int8_t a, uint16_t b, int32_t c, int64_t d, float e, double f, long double g)
{
  return (double)a + b + c + (double)d + e + f + (double)g;
}

static ffi_type *const numbers[] = {&ffi_type_sint8, &ffi_type_uint16, &ffi_type_sint32,    &ffi_type_sint64,
                                    &ffi_type_float, &ffi_type_double, &ffi_type_longdouble};

static void
test_call_numbers(void)
{
  ffi_cif cif;
  CHECK(ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 7, &ffi_type_double, (ffi_type **)numbers) == FFI_OK);
  int8_t a = -1;
  uint16_t b = 65535;
  int32_t c = -100000;
  int64_t d = INT64_C(1) << 40;
  float e = 0.5f;
  double f = 0.25;
  long double g = 0.125L;
  double result = 0;
  ffi_call(&cif, FFI_FN(add_numbers), &result, (void *[]){&a, &b, &c, &d, &e, &f, &g});
  CHECK(result == -1 + 65535 - 100000 + 1099511627776.0 + 0.875);
  ffi_call(&cif, FFI_FN(add_numbers), NULL, (void *[]){&a, &b, &c, &d, &e, &f, &g});
}

static int8_t
negate(int8_t value)
{
  return (int8_t)-value;
}

/* A result that is smaller than a register comes back in a whole one, with its sign. */
static void
test_widening(void)
{
  ffi_cif cif;
  ffi_type *types[] = {&ffi_type_sint8};
  int8_t value = 5;
  ffi_arg result = 0;
  CHECK(ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 1, &ffi_type_sint8, types) == FFI_OK);
  ffi_call(&cif, FFI_FN(negate), &result, (void *[]){&value});
  CHECK((ffi_sarg)result == -5);
}

static uint64_t
halve(uint64_t value)
{
  return value / 2;
}

static void
test_64_bits(void)
{
  ffi_cif cif;
  ffi_type *types[] = {&ffi_type_uint64};
  uint64_t value = UINT64_C(0xfffffffffffffffe);
  uint64_t result = 0;
  CHECK(ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 1, &ffi_type_uint64, types) == FFI_OK);
  ffi_call(&cif, FFI_FN(halve), &result, (void *[]){&value});
  CHECK(result == UINT64_C(0x7fffffffffffffff));
}

static long double
third(long double value)
{
  return value / 3;
}

static void
test_long_double(void)
{
  ffi_cif cif;
  ffi_type *types[] = {&ffi_type_longdouble};
  long double value = 1.0L;
  long double result = 0;
  CHECK(ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 1, &ffi_type_longdouble, types) == FFI_OK);
  ffi_call(&cif, FFI_FN(third), &result, (void *[]){&value});
  CHECK(result == 1.0L / 3);
}

/* Structures ---------------------------------------------------------------------------------------------------- */

static struct pair
swap(struct pair value, struct single factor)
{
  return (struct pair){(int32_t)(value.second * factor.only), value.first * factor.only};
}

static void
test_call_structures(void)
{
  ffi_cif cif;
  ffi_type *types[] = {&pair_type, &single_type};
  struct pair value = {3, 4.0};
  struct single factor = {2.0};
  struct pair result = {0, 0};
  CHECK(ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 2, &pair_type, types) == FFI_OK);
  CHECK(pair_type.size == sizeof value && pair_type.alignment == _Alignof(struct pair));
  ffi_call(&cif, FFI_FN(swap), &result, (void *[]){&value, &factor});
  CHECK(result.first == 8 && result.second == 6.0);
  CHECK(value.first == 3 && value.second == 4.0);

  size_t offsets[2];
  CHECK(ffi_get_struct_offsets(FFI_DEFAULT_ABI, &pair_type, offsets) == FFI_OK);
  CHECK(offsets[0] == 0 && offsets[1] == 8);
}

/* A variable number of arguments -------------------------------------------------------------------------------- */

static double
sum(int count, ...)
{
  va_list arguments;
  va_start(arguments, count);
  double total = 0;
  for (int i = 0; i < count; i++) {
    total += va_arg(arguments, int);
    total += (double)va_arg(arguments, int64_t);
    total += va_arg(arguments, double);
    total += va_arg(arguments, struct pair).second;
  }
  va_end(arguments);
  return total;
}

static void
test_call_variadic(void)
{
  ffi_cif cif;
  ffi_type *types[] = {&ffi_type_sint32, &ffi_type_sint32, &ffi_type_sint64, &ffi_type_double, &pair_type};
  int count = 1;
  int a = 1;
  int64_t b = INT64_C(1) << 33;
  double c = 0.5;
  struct pair d = {7, 0.25};
  double result = 0;
  CHECK(ffi_prep_cif_var(&cif, FFI_DEFAULT_ABI, 1, 5, &ffi_type_double, types) == FFI_OK);
  ffi_call(&cif, FFI_FN(sum), &result, (void *[]){&count, &a, &b, &c, &d});
  CHECK(result == 8589934593.75);

  char text[40];
  char *out = text;
  const char *format = "%d %.2f %s";
  const char *word = "end";
  size_t size = sizeof text;
  ffi_arg length = 0;
  ffi_type *printf_types[] = {&ffi_type_pointer, &ffi_type_uint32, &ffi_type_pointer,
                              &ffi_type_sint32,  &ffi_type_double, &ffi_type_pointer};
  CHECK(ffi_prep_cif_var(&cif, FFI_DEFAULT_ABI, 3, 6, &ffi_type_sint32, printf_types) == FFI_OK);
  ffi_call(&cif, FFI_FN(snprintf), &length, (void *[]){&out, &size, &format, &a, &c, &word});
  CHECK(length == 10 && strcmp(text, "1 0.50 end") == 0);
}

/* Closures ------------------------------------------------------------------------------------------------------ */

static void
compare(ffi_cif *cif, void *result, void **arguments, void *calls)
{
  (void)cif;
  const int *left = *(const int **)arguments[0];
  const int *right = *(const int **)arguments[1];
  *(ffi_sarg *)result = (*left > *right) - (*left < *right);
  ++*(int *)calls;
}

static void
test_closure_as_callback(void)
{
  ffi_cif cif;
  ffi_type *types[] = {&ffi_type_pointer, &ffi_type_pointer};
  void *code = NULL;
  int calls = 0;
  ffi_closure *closure = ffi_closure_alloc(sizeof *closure, &code);
  CHECK(closure != NULL && code != NULL);
  CHECK(ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 2, &ffi_type_sint32, types) == FFI_OK);
  CHECK(ffi_prep_closure_loc(closure, &cif, compare, &calls, code) == FFI_OK);

  int values[] = {5, -2, 9, 0, 7};
  qsort(values, 5, sizeof *values, (int (*)(const void *, const void *))code);
  CHECK(values[0] == -2 && values[1] == 0 && values[2] == 5 && values[3] == 7 && values[4] == 9);
  CHECK(calls > 0);
  ffi_closure_free(closure);

  /* The slot in the table of functions is used again. */
  void *code_again = NULL;
  closure = ffi_closure_alloc(sizeof *closure, &code_again);
  CHECK(code_again == code);
  ffi_closure_free(closure);
}

static void
add_all(ffi_cif *cif, void *result, void **arguments, void *unused)
{
  (void)cif;
  (void)unused;
  *(double *)result = add_numbers(*(int8_t *)arguments[0], *(uint16_t *)arguments[1], *(int32_t *)arguments[2],
                                  *(int64_t *)arguments[3], *(float *)arguments[4], *(double *)arguments[5],
                                  *(long double *)arguments[6]);
}

static void
test_closure_numbers(void)
{
  ffi_cif cif;
  void *code = NULL;
  ffi_closure *closure = ffi_closure_alloc(sizeof *closure, &code);
  CHECK(ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 7, &ffi_type_double, (ffi_type **)numbers) == FFI_OK);
  CHECK(ffi_prep_closure_loc(closure, &cif, add_all, NULL, code) == FFI_OK);
  double (*function)(int8_t, uint16_t, int32_t, int64_t, float, double, long double) =
      (double (*)(int8_t, uint16_t, int32_t, int64_t, float, double, long double))code;
  CHECK(function(-1, 2, -3, INT64_C(1) << 40, 0.5f, 0.25, 0.125L) == 1099511627776.0 - 2 + 0.875);
  ffi_closure_free(closure);
}

static void
swap_closure(ffi_cif *cif, void *result, void **arguments, void *unused)
{
  (void)cif;
  (void)unused;
  *(struct pair *)result = swap(*(struct pair *)arguments[0], *(struct single *)arguments[1]);
}

static void
test_closure_structures(void)
{
  ffi_cif cif;
  ffi_type *types[] = {&pair_type, &single_type};
  void *code = NULL;
  ffi_closure *closure = ffi_closure_alloc(sizeof *closure, &code);
  CHECK(ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 2, &pair_type, types) == FFI_OK);
  CHECK(ffi_prep_closure_loc(closure, &cif, swap_closure, NULL, code) == FFI_OK);
  struct pair (*function)(struct pair, struct single) = (struct pair (*)(struct pair, struct single))code;
  struct pair result = function((struct pair){3, 4.0}, (struct single){2.0});
  CHECK(result.first == 8 && result.second == 6.0);
  ffi_closure_free(closure);
}

/* What is refused ----------------------------------------------------------------------------------------------- */

static void
test_errors(void)
{
  ffi_cif cif;
  CHECK(ffi_prep_cif(&cif, FFI_LAST_ABI, 0, &ffi_type_void, NULL) == FFI_BAD_ABI);
  CHECK(ffi_prep_cif(&cif, FFI_WASM32, 0, &ffi_type_void, NULL) == FFI_BAD_ABI);

  static ffi_type *types[1001];
  for (int i = 0; i < 1001; i++)
    types[i] = &ffi_type_sint32;
  CHECK(ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 1000, &ffi_type_void, types) == FFI_OK);
  CHECK(ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 1001, &ffi_type_void, types) == FFI_BAD_TYPEDEF);

  /* C promotes a float among variable arguments, so there is none. */
  ffi_type *promoted[] = {&ffi_type_sint32, &ffi_type_float};
  CHECK(ffi_prep_cif_var(&cif, FFI_DEFAULT_ABI, 1, 2, &ffi_type_void, promoted) == FFI_BAD_ARGTYPE);
}

int
main(void)
{
  test_version();
  test_call_numbers();
  test_widening();
  test_64_bits();
  test_long_double();
  test_call_structures();
  test_call_variadic();
  test_closure_as_callback();
  test_closure_numbers();
  test_closure_structures();
  test_errors();
  return 0;
}
