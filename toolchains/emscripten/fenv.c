/* C's floating-point environment with flags that are kept, for main modules: WebAssembly has none, and the functions of
 * Emscripten's libc by these names remember nothing.
 *
 * Arithmetic raises no flag and rounds to nearest, as WebAssembly's instructions do. What is kept is what a library says
 * by feraiseexcept, until it or another one asks: numpy.linalg tells of a singular matrix in this way.
 *
 * <fenv.h> stays Emscripten's, so that wheels that others built agree on its types. It names no exception, and its
 * FE_ALL_EXCEPT is 0: whoever wants flags compiles with FENV_DEFINES of flags.bzl. */

#include <fenv.h>

/* Every flag that FENV_DEFINES names. */
#define KEPT (FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW | FE_INEXACT)

static int raised;

int
feclearexcept(int flags)
{
  raised &= ~flags;
  return 0;
}

int
feraiseexcept(int flags)
{
  raised |= flags & KEPT;
  return 0;
}

int
fetestexcept(int flags)
{
  return raised & flags;
}

int
fegetexceptflag(fexcept_t *saved, int flags)
{
  *saved = (fexcept_t)(raised & flags);
  return 0;
}

int
fesetexceptflag(const fexcept_t *saved, int flags)
{
  raised = (raised & ~flags) | (*saved & flags & KEPT);
  return 0;
}

int
fegetenv(fenv_t *saved)
{
  saved->__cw = (unsigned)raised;
  return 0;
}

int
fesetenv(const fenv_t *wanted)
{
  raised = wanted == FE_DFL_ENV ? 0 : (int)wanted->__cw & KEPT;
  return 0;
}

int
feholdexcept(fenv_t *saved)
{
  fegetenv(saved);
  raised = 0;
  return 0;
}

int
feupdateenv(const fenv_t *wanted)
{
  int before = raised;
  fesetenv(wanted);
  raised |= before;
  return 0;
}

int
fegetround(void)
{
  return FE_TONEAREST;
}

/* What musl's fesetround asks of the processor: not 0 for what can't be had, as the standard wants it. */
int
__fesetround(int wanted)
{
  return wanted == FE_TONEAREST ? 0 : -1;
}
