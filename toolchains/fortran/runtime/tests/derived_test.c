/*
 * Derived types: the library reads the tables that flang makes for them. Those below are what it makes of
 *
 *     type t
 *       integer :: n = 3
 *       real, allocatable :: x(:)
 *     contains
 *       procedure :: output
 *       generic :: write (formatted) => output
 *       final :: finish
 *     end type
 *
 * in its IR for wasm32, with the intrinsic modules of //toolchains/fortran/modules.
 */

#include <stdbool.h>
#include <string.h>

#include "io.h"
#include "packages/testing/check.h"

#define HERE __FILE__, __LINE__

enum { DERIVED = 5, EXPLICIT = 2, DEFERRED = 1, DATA = 1, ALLOCATABLE = 3, WRITE_FORMATTED = 5, SCALAR_FINAL = 9 };

struct Addendum {
  const struct DerivedType *type;
  int64_t lengths[1];
};

/* Descriptors of rank 0, 1 and 2, without and with what derived types have in addition. */
typedef CFI_CDESC_T(0) Scalar;
typedef CFI_CDESC_T(1) Vector;
typedef struct {
  Scalar descriptor;
  struct Addendum addendum;
} ScalarOfType;
typedef struct {
  Vector descriptor;
  struct Addendum addendum;
} VectorOfType;
typedef struct {
  CFI_CDESC_T(2) descriptor;
  struct Addendum addendum;
} MatrixOfType;

struct Value {
  int8_t genre;
  int64_t value;
};

struct Binding {
  void (*procedure)(void);
  Scalar name;
};

struct Component {
  Scalar name;
  int8_t genre, category, kind, rank;
  int64_t offset;
  struct Value length;
  ScalarOfType derived;
  VectorOfType length_values;
  MatrixOfType bounds;
  const void *initialization;
};

struct SpecialBinding {
  int8_t which, by_descriptor, type_bound, contiguous;
  void (*procedure)(void);
};

struct DerivedType {
  VectorOfType binding;
  Scalar name;
  int64_t size;
  ScalarOfType uninstantiated;
  Vector kind_parameter, length_parameter_kind;
  VectorOfType component, procedure_pointer, special;
  int32_t special_bits;
  int8_t has_parent, no_initialization, no_destruction, no_finalization;
  int8_t padding[4];
};

struct T {
  int32_t n;
  Vector x;
};

_Static_assert(sizeof(struct Component) == 256, "as in the IR");
_Static_assert(sizeof(struct DerivedType) == 440, "as in the IR");
_Static_assert(sizeof(struct SpecialBinding) == 8, "as in the IR");
_Static_assert(offsetof(struct T, x) == 8, "as in the IR");

void _FortranAAllocatableInitDerived(CFI_cdesc_t *, const struct DerivedType *, int32_t rank, int32_t corank);
void _FortranAAllocatableSetBounds(CFI_cdesc_t *, int32_t dimension, int64_t lower, int64_t upper);
int32_t _FortranAAllocatableAllocate(CFI_cdesc_t *, bool has_status, const CFI_cdesc_t *message, const char *, int32_t);
int32_t _FortranAAllocatableDeallocate(CFI_cdesc_t *, bool has_status, const CFI_cdesc_t *message, const char *,
                                       int32_t);
void _FortranAAssign(CFI_cdesc_t *to, const CFI_cdesc_t *from, const char *, int32_t);

static int finished, last;

static void
finish(struct T *self)
{
  finished++;
  last = self->n;
}

/* The lengths of CHARACTER arguments come last, in 32 bits, as in other Fortran procedures. */
static void
output(const CFI_cdesc_t *self, int32_t *unit, const char *type, const CFI_cdesc_t *list, int32_t *status,
       char *message, uint32_t type_length, uint32_t message_length)
{
  CHECK(type_length == 5 && memcmp(type, "DTabc", 5) == 0 && message_length >= 80);
  CHECK(list->dim[0].extent == 2 && ((int32_t *)list->base_addr)[0] == 7 && ((int32_t *)list->base_addr)[1] == 8);
  memset(message, ' ', message_length);
  Cookie cookie = _FortranAioBeginExternalFormattedOutput("(a,i0)", 6, NULL, *unit, HERE);
  _FortranAioOutputAscii(cookie, type + 2, type_length - 2);
  _FortranAioOutputInteger32(cookie, ((struct T *)self->base_addr)->n);
  *status = _FortranAioEndIoStatement(cookie);
}

#define HEADER(data, size, rank_, type_, attribute_, more)                                                             \
  .base_addr = (void *)(data), .elem_len = (size), .version = CFI_VERSION, .rank = (rank_), .type = (type_),           \
  .attribute = (attribute_), .f18Addendum = (more)
#define NAME(text) {HEADER(text, sizeof(text) - 1, 0, CFI_type_char, CFI_attribute_pointer, 0)}
#define NONE(rank)                                                                                                     \
  {                                                                                                                    \
    {HEADER(NULL, 0, rank, CFI_type_struct, CFI_attribute_pointer, 1)}, { NULL, {0} }                                  \
  }
#define TABLE(items)                                                                                                   \
  {                                                                                                                    \
    {HEADER(items, sizeof *(items), 1, CFI_type_struct, CFI_attribute_pointer, 1),                                     \
     .dim = {{0, sizeof(items) / sizeof *(items), sizeof *(items)}}},                                                  \
    {                                                                                                                  \
      NULL, {0}                                                                                                        \
    }                                                                                                                  \
  }

static const int32_t three = 3;

static const struct Component components[] = {
    {NAME("n"), DATA, 0, 4, 0, offsetof(struct T, n), {EXPLICIT, 0}, NONE(0), NONE(1), NONE(2), &three},
    {NAME("x"), ALLOCATABLE, 1, 4, 1, offsetof(struct T, x), {EXPLICIT, 0}, NONE(0), NONE(1), NONE(2), NULL},
};

static const struct Binding bindings[] = {{(void (*)(void))output, NAME("output")}};

static const struct SpecialBinding special[] = {
    {WRITE_FORMATTED, 1, 1, 0, (void (*)(void))output},
    {SCALAR_FINAL, 0, 1, 0, (void (*)(void))finish},
};

static const struct DerivedType type = {
    .binding = TABLE(bindings),
    .name = NAME("t"),
    .size = sizeof(struct T),
    .uninstantiated = NONE(0),
    .component = TABLE(components),
    .procedure_pointer = NONE(1),
    .special = TABLE(special),
    .special_bits = 1 << WRITE_FORMATTED | 1 << SCALAR_FINAL,
};

static ScalarOfType
allocatable(void)
{
  ScalarOfType variable = NONE(0);
  _FortranAAllocatableInitDerived((CFI_cdesc_t *)&variable, &type, 0, 0);
  return variable;
}

int
main(void)
{
  ScalarOfType variable = allocatable(), copy = allocatable();
  CFI_cdesc_t *descriptor = (CFI_cdesc_t *)&variable;
  CHECK(_FortranAAllocatableAllocate(descriptor, false, NULL, HERE) == 0);

  /* Components have their initial values. */
  struct T *t = variable.descriptor.base_addr;
  CHECK(variable.descriptor.elem_len == sizeof *t && t->n == 3 && t->x.base_addr == NULL);
  CHECK(t->x.elem_len == sizeof(float) && t->x.rank == 1 && t->x.attribute == CFI_attribute_allocatable);

  /* A copy has its own of what is allocatable. */
  t->n = 4;
  _FortranAAllocatableSetBounds((CFI_cdesc_t *)&t->x, 0, 1, 10);
  CHECK(_FortranAAllocatableAllocate((CFI_cdesc_t *)&t->x, false, NULL, HERE) == 0);
  ((float *)t->x.base_addr)[9] = 2.5f;
  _FortranAAssign((CFI_cdesc_t *)&copy, descriptor, HERE);
  struct T *u = copy.descriptor.base_addr;
  CHECK(u != t && u->n == 4 && u->x.base_addr != t->x.base_addr && ((float *)u->x.base_addr)[9] == 2.5f);

  /* print '(a,dt"abc"(7,8))', '<', copy */
  char line[12];
  static const char format[] = "(a,dt\"abc\"(7,8),a)";
  Cookie cookie =
      _FortranAioBeginInternalFormattedOutput(line, sizeof line, format, sizeof format - 1, NULL, NULL, 0, HERE);
  _FortranAioOutputAscii(cookie, "<", 1);
  _FortranAioOutputDerivedType(cookie, (CFI_cdesc_t *)&copy, NULL);
  _FortranAioOutputAscii(cookie, ">", 1);
  CHECK(_FortranAioEndIoStatement(cookie) == 0);
  CHECK(memcmp(line, "<abc4>      ", sizeof line) == 0);

  /* The final procedure is called once for each variable. */
  finished = 0;
  t->n = 5;
  CHECK(_FortranAAllocatableDeallocate(descriptor, false, NULL, HERE) == 0);
  CHECK(finished == 1 && last == 5 && variable.descriptor.base_addr == NULL);
  CHECK(_FortranAAllocatableDeallocate((CFI_cdesc_t *)&copy, false, NULL, HERE) == 0);
  CHECK(finished == 2 && last == 4);
  return 0;
}
