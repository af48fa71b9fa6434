#include "recursion.h"

#include <Python.h>
#include <emscripten.h>
#include <emscripten/stack.h>

EMSCRIPTEN_KEEPALIVE int
terra_limit_stack(size_t size)
{
  uintptr_t base = emscripten_stack_get_base();
  return PyUnstable_ThreadState_SetStackProtection(PyThreadState_Get(), (void *)(base - size), size);
}
