// The main module of side_module_test.mjs: loads a side module by its path and calls into it.
#include <dlfcn.h>
#include <emscripten.h>
#include <fenv.h>
#include <stdio.h>
#include <string.h>

static char message[256];

// What the side module calls back.
EMSCRIPTEN_KEEPALIVE int
loader_twice(int value)
{
  return 2 * value;
}

// Whether a module has raised FE_INVALID.
EMSCRIPTEN_KEEPALIVE int
loader_sees_invalid(void)
{
  return fetestexcept(FE_INVALID) != 0;
}

// Loads `path` and returns answer(argument), or -1 with the reason in loader_message.
EMSCRIPTEN_KEEPALIVE int
loader_call(const char *path, int argument)
{
  void *module = dlopen(path, RTLD_NOW);
  if (module == NULL) {
    snprintf(message, sizeof message, "%s", dlerror());
    return -1;
  }
  int (*answer)(int) = (int (*)(int))dlsym(module, "answer");
  if (answer == NULL) {
    snprintf(message, sizeof message, "%s", dlerror());
    return -1;
  }
  return answer(argument);
}

EMSCRIPTEN_KEEPALIVE const char *
loader_message(void)
{
  return message;
}
