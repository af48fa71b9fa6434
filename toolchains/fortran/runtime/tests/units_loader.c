/* The main module of units_test.mjs: loads side modules and calls their procedures in Fortran. */

#include <dlfcn.h>
#include <emscripten.h>
#include <stdint.h>
#include <stdio.h>

/* Loads `path`, whose symbols later modules then see, as those of a shared library. Gives 0 where it cannot, and says why. */
EMSCRIPTEN_KEEPALIVE void *
loader_open(const char *path)
{
  void *module = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  if (module == NULL)
    fprintf(stderr, "%s\n", dlerror());
  return module;
}

/* What dlsym finds; says so where that is nothing, which traps when it is called. */
static void *
procedure(void *module, const char *name)
{
  void *found = dlsym(module, name);
  if (found == NULL)
    fprintf(stderr, "%s\n", dlerror());
  return found;
}

EMSCRIPTEN_KEEPALIVE void
loader_open_unit(void *module, int32_t unit, const char *name)
{
  ((void (*)(const int32_t *, const char *))procedure(module, "unit_open_"))(&unit, name);
}

EMSCRIPTEN_KEEPALIVE void
loader_write(void *module, int32_t unit, int32_t number)
{
  ((void (*)(const int32_t *, const int32_t *))procedure(module, "unit_write_"))(&unit, &number);
}

EMSCRIPTEN_KEEPALIVE void
loader_close_unit(void *module, int32_t unit)
{
  ((void (*)(const int32_t *))procedure(module, "unit_close_"))(&unit);
}
