/* The program in WebAssembly that calls.c is part of: it loads the libraries that are measured. */

#include <dlfcn.h>
#include <emscripten.h>
#include <stdio.h>

/* Loads a library, whose symbols those loaded later may use. Gives NULL where it cannot, and says why. */
EMSCRIPTEN_KEEPALIVE void *
bench_open(const char *path)
{
  void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  if (library == NULL)
    fprintf(stderr, "%s\n", dlerror());
  return library;
}

/* A function of it, or NULL. */
EMSCRIPTEN_KEEPALIVE void *
bench_find(void *library, const char *symbol)
{
  return dlsym(library, symbol);
}
