/* The Python side of PyProxy: what runtime/js/src/bridge/pyproxy.ts calls.
 *
 * All take borrowed references. What gives a JsVal gives null with an exception on failure, what gives an int or a size,
 * -1; the TypeScript side then asks terra_error_pending(). A PyProxy owns one reference, which terra_release drops.
 */
#ifndef TERRARIUM_PYPROXY_H
#define TERRARIUM_PYPROXY_H

#include "jsval.h"

/* What a Python object can do. The bits are known to runtime/js/src/bridge/pyproxy.ts. */
enum PyFeature {
  PY_HAS_LENGTH = 1 << 0,
  PY_HAS_GET = 1 << 1,
  PY_HAS_SET = 1 << 2,
  PY_HAS_CONTAINS = 1 << 3,
  PY_ITERABLE = 1 << 4,
  PY_ITERATOR = 1 << 5,
  PY_GENERATOR = 1 << 6,
  PY_ASYNC_ITERABLE = 1 << 7,
  PY_ASYNC_ITERATOR = 1 << 8,
  PY_ASYNC_GENERATOR = 1 << 9,
  PY_AWAITABLE = 1 << 10,
  PY_BUFFER = 1 << 11,
  PY_CALLABLE = 1 << 12,
  PY_DICT = 1 << 13,
  PY_SEQUENCE = 1 << 14,
  PY_MUTABLE_SEQUENCE = 1 << 15,
  PY_COROUTINE_FUNCTION = 1 << 16,
};

int pyproxy_features(PyObject *object);

#endif
