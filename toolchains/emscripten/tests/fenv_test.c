/* The floating-point environment of main modules: flags are kept, by their names, until they are cleared. */

#include <fenv.h>
#include <stddef.h>

#include "packages/testing/check.h"

enum { ALL = FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW | FE_INEXACT };

static void
flags_are_apart(void)
{
  static const int flags[] = {FE_INVALID, FE_DIVBYZERO, FE_OVERFLOW, FE_UNDERFLOW, FE_INEXACT};
  CHECK(fetestexcept(ALL) == 0);
  for (size_t at = 0; at < sizeof flags / sizeof *flags; at++) {
    CHECK(feraiseexcept(flags[at]) == 0);
    CHECK(fetestexcept(ALL) == flags[at]);
    CHECK(fetestexcept(ALL & ~flags[at]) == 0);
    CHECK(feclearexcept(ALL & ~flags[at]) == 0);
    CHECK(fetestexcept(flags[at]) == flags[at]);
    CHECK(feclearexcept(flags[at]) == 0);
    CHECK(fetestexcept(ALL) == 0);
  }
}

/* What code compiled without the names passes is 0; other bits are no flags. */
static void
what_is_no_flag_is_not_kept(void)
{
  CHECK(feraiseexcept(FE_ALL_EXCEPT) == 0 && fetestexcept(~0) == 0);
  CHECK(feraiseexcept(~ALL) == 0 && fetestexcept(~0) == 0);
  CHECK(feraiseexcept(~0) == 0 && fetestexcept(~0) == ALL);
  CHECK(feclearexcept(~0) == 0 && fetestexcept(~0) == 0);
}

static void
flags_are_saved_and_set(void)
{
  fexcept_t saved;
  feraiseexcept(FE_INVALID | FE_OVERFLOW);
  CHECK(fegetexceptflag(&saved, FE_INVALID | FE_INEXACT) == 0);
  feclearexcept(ALL);
  feraiseexcept(FE_INEXACT | FE_UNDERFLOW);
  CHECK(fesetexceptflag(&saved, FE_INVALID | FE_INEXACT) == 0);
  CHECK(fetestexcept(ALL) == (FE_INVALID | FE_UNDERFLOW));
  feclearexcept(ALL);
}

static void
environments_are_saved_and_set(void)
{
  fenv_t outer, inner;
  feraiseexcept(FE_DIVBYZERO);
  CHECK(feholdexcept(&outer) == 0);
  CHECK(fetestexcept(ALL) == 0);
  feraiseexcept(FE_OVERFLOW);
  CHECK(fegetenv(&inner) == 0);
  CHECK(feupdateenv(&outer) == 0);
  CHECK(fetestexcept(ALL) == (FE_DIVBYZERO | FE_OVERFLOW));
  CHECK(fesetenv(&inner) == 0);
  CHECK(fetestexcept(ALL) == FE_OVERFLOW);
  CHECK(feupdateenv(FE_DFL_ENV) == 0);
  CHECK(fetestexcept(ALL) == FE_OVERFLOW);
  CHECK(fesetenv(FE_DFL_ENV) == 0);
  CHECK(fetestexcept(ALL) == 0);
}

static void
rounding_is_to_nearest(void)
{
  CHECK(fegetround() == FE_TONEAREST);
  CHECK(fesetround(FE_TONEAREST) == 0);
  CHECK(fesetround(FE_UPWARD) != 0);
  CHECK(fesetround(FE_DOWNWARD) != 0);
  CHECK(fesetround(FE_TOWARDZERO) != 0);
  CHECK(fegetround() == FE_TONEAREST);
}

/* If this fails one day, WebAssembly has flags: then they are to be used. */
static void
arithmetic_raises_nothing(void)
{
  volatile double zero = 0, huge = 1e308, result;
  result = 1 / zero;
  CHECK(result > huge);
  result = huge * huge;
  CHECK(result > huge);
  result = zero / zero;
  CHECK(result != result);
  CHECK(fetestexcept(ALL) == 0);
}

/* Wheels that others built have these sizes in them. */
_Static_assert(sizeof(fexcept_t) == 2, "fexcept_t is Emscripten's");
_Static_assert(sizeof(fenv_t) == 4, "fenv_t is Emscripten's");

int
main(void)
{
  flags_are_apart();
  what_is_no_flag_is_not_kept();
  flags_are_saved_and_set();
  environments_are_saved_and_set();
  rounding_is_to_nearest();
  arithmetic_raises_nothing();
  return 0;
}
