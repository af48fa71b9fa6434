/* JavaScript values as C sees them, and every function that JavaScript gives to C.
 *
 * A JsVal is a WebAssembly `externref`: a JavaScript value that the engine's own garbage collector keeps alive. It can
 * be a local variable, an argument or a result, and nothing else: it has no address. What must outlive a call (the
 * object behind a JsProxy) is kept in JavaScript's handle table and named by a JsHandle.
 *
 * How errors travel. A function that JavaScript gives never throws into C: when its JavaScript throws, the exception
 * becomes the current Python exception, and the function returns NULL, -1, or the null reference, as its type has it.
 * The null reference is also JavaScript's `null`, so ask `jsval_failed(v)`, never `jsval_is_null(v)`, about errors.
 *
 * The names declared here are the names in runtime/js/src/bridge/imports.ts; imports.js, beside this file, lists them for the
 * linker. A test compares the three.
 */
#ifndef TERRARIUM_JSVAL_H
#define TERRARIUM_JSVAL_H

#include <Python.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef __externref_t JsVal;
typedef int JsHandle;

/* What `js_kind` answers. The order is known to runtime/js/src/bridge/imports.ts. */
enum JsKind {
  JS_KIND_UNDEFINED,
  JS_KIND_NULL,
  JS_KIND_FALSE,
  JS_KIND_TRUE,
  JS_KIND_INTEGER, /* a number that is a safe integer */
  JS_KIND_FLOAT,   /* any other number */
  JS_KIND_BIGINT,
  JS_KIND_STRING,
  JS_KIND_PYPROXY,
  JS_KIND_OBJECT, /* everything else, symbols included */
};

/* What a JavaScript object can do: decides the Python type of its proxy. Also known to imports.ts. */
enum JsFeature {
  JS_CALLABLE = 1 << 0,
  JS_ITERABLE = 1 << 1,
  JS_ITERATOR = 1 << 2,
  JS_GENERATOR = 1 << 3,
  JS_HAS_LENGTH = 1 << 4,
  JS_ARRAY = 1 << 5,
  JS_MAP = 1 << 6,          /* has get and has, size or length, and an iterator */
  JS_MUTABLE_MAP = 1 << 7,  /* the same with set and delete */
  JS_HAS_CONTAINS = 1 << 8, /* has `has` or `includes` */
  JS_THENABLE = 1 << 9,
  JS_ERROR = 1 << 10,
  JS_BUFFER = 1 << 11, /* ArrayBuffer or a view of one */
  JS_TYPED_ARRAY = 1 << 12,
  JS_ASYNC_ITERABLE = 1 << 13,
  JS_ASYNC_ITERATOR = 1 << 14,
  JS_DOUBLE_PROXY = 1 << 15, /* it is a PyProxy */
  JS_HAS_GET = 1 << 16,      /* is no map, and has get */
  JS_HAS_SET = 1 << 17,      /* the same with set and delete */
  JS_ARRAY_LIKE = 1 << 18,   /* is no array, and has length, an iterator and items by index */
  /* No object has these by itself. as_object_map() gives a proxy that shows its own properties as a map; */
  JS_OBJECT_MAP = 1 << 19,
  JS_HEREDITARY_MAP = 1 << 20, /* and those of plain objects that it holds. */
  /* as_py_json() gives one that shows plain objects and arrays so, in whatever depth. */
  JS_JSON_MAP = 1 << 21,
  JS_JSON_ARRAY = 1 << 22,
};

/* What JSON makes of a value. Also known to imports.ts. */
enum JsShape {
  JS_SHAPE_OTHER,
  JS_SHAPE_PLAIN_OBJECT,
  JS_SHAPE_ARRAY,
};

/* -- making and reading immutable values -- */
extern int js_kind(JsVal value);
extern JsVal js_undefined(void);
extern JsVal js_bool(int value);
extern JsVal js_number(double value);
extern double js_number_value(JsVal value);
/* `units` are code points of `width` bytes each (1, 2 or 4). */
extern JsVal js_string(const void *units, size_t count, int width);
extern size_t js_string_length(JsVal value);
extern void js_string_copy(JsVal value, uint16_t *units);
/* Little-endian magnitude and sign, the form of PyLong_AsNativeBytes for unsigned numbers. */
extern JsVal js_bigint(const uint8_t *bytes, size_t count, int negative);
extern size_t js_bigint_size(JsVal value, int *negative);
extern void js_bigint_copy(JsVal value, uint8_t *bytes, size_t count);

/* -- the handle table -- */
extern JsHandle js_store(JsVal value);
extern JsVal js_load(JsHandle handle);
extern void js_drop(JsHandle handle);
/* A number of its own for each object and symbol, from 1; -1 with an exception on failure. */
extern int js_identity(JsVal value);

/* -- objects -- */
extern int js_features(JsVal object);
extern int js_shape(JsVal value);
/* Sets *found to 0 and returns null without an exception when there is no such property. */
extern JsVal js_get(JsVal object, JsVal key, int *found);
extern int js_set(JsVal object, JsVal key, JsVal value);
/* The same through `name`, with the names that Python reserves written as Python writes them (`from_`). */
extern JsVal js_get_attribute(JsVal object, JsVal name, int *found);
extern int js_set_attribute(JsVal object, JsVal name, JsVal value);
extern int js_delete_attribute(JsVal object, JsVal name);
extern JsVal js_attribute_names(JsVal object);
/* `arguments` is a JavaScript array, `borrowed` one of the PyProxies in it, which live as long as the call does; when the
 * result is a promise, until that is settled. The result is converted: a new reference. */
extern PyObject *js_call(JsVal function, JsVal self, JsVal arguments, JsVal borrowed);
extern PyObject *js_construct(JsVal function, JsVal arguments, JsVal borrowed);
/* Destroys the PyProxies in `borrowed`. */
extern void js_release_borrowed(JsVal borrowed);
extern int js_same(JsVal a, JsVal b);
extern int js_truth(JsVal object);
/* 0: the object behind the module `js`; 1: what runtime.ts gives to Python. */
extern JsVal js_global(int which);
extern JsVal js_to_string(JsVal object);
extern JsVal js_type_name(JsVal object);
extern JsVal js_keys(JsVal object, int what); /* 0 keys, 1 values, 2 entries */
extern Py_ssize_t js_length(JsVal object);

/* -- arrays, maps, sets, plain objects -- */
extern JsVal js_array(void);
extern int js_push(JsVal array, JsVal value);
extern JsVal js_at(JsVal array, Py_ssize_t index);
extern int js_array_assign(JsVal array, Py_ssize_t index, JsVal value);
/* The elements start, start + step … as a new array. */
extern JsVal js_array_slice(JsVal array, Py_ssize_t start, Py_ssize_t step, Py_ssize_t count);
extern int js_array_splice(JsVal array, Py_ssize_t start, Py_ssize_t count, JsVal values);
extern JsVal js_object(void);
extern JsVal js_map_get(JsVal map, JsVal key, int *found);
extern int js_map_set(JsVal map, JsVal key, JsVal value);
extern int js_map_delete(JsVal map, JsVal key); /* 0 when there was no such key */
extern int js_map_clear(JsVal map);
extern JsVal js_map_keys(JsVal map); /* an iterator */
extern int js_contains(JsVal container, JsVal item);
/* Of an object's own properties. */
extern JsVal js_own_get(JsVal object, JsVal key, int *found);
extern int js_own_set(JsVal object, JsVal key, JsVal value);
extern int js_own_delete(JsVal object, JsVal key); /* 0 when there was none */
extern int js_own_has(JsVal object, JsVal key);

/* -- iteration -- */
extern JsVal js_iterator(JsVal object);
/* How a JavaScript iterator or generator goes on. */
enum JsResume {
  JS_RESUME_NEXT,
  JS_RESUME_THROW,
  JS_RESUME_RETURN,
};
/* Calls next(), throw() or return() with `value`; sets *done, and gives the yielded or returned value. */
extern JsVal js_resume(JsVal iterator, int how, JsVal value, int *done);

extern JsVal js_async_iterator(JsVal object);

/* -- memory -- */
extern Py_ssize_t js_buffer_size(JsVal buffer);
extern int js_buffer_read(JsVal buffer, void *to, Py_ssize_t size);
extern int js_buffer_write(JsVal buffer, const void *from, Py_ssize_t size);
/* The struct-module format of a typed array's items ("B" for the rest). */
extern int js_buffer_format(JsVal buffer);

/* -- Python objects in JavaScript -- */
/* A new PyProxy, which owns a new reference to `object`. See pyproxy.h for the features. */
extern JsVal js_pyproxy(PyObject *object, int features);
/* The object behind a PyProxy, borrowed; NULL with an exception when the proxy was destroyed. */
extern PyObject *js_pyproxy_object(JsVal proxy);
/* Lets the proxy stay one when Python gets it back. */
extern void js_pyproxy_keep(JsVal proxy);
extern int js_pyproxy_destroy(JsVal proxy);
extern JsVal js_once_callable(JsVal proxy);
extern JsVal js_pyproxy_capture_this(JsVal proxy);
/* A JavaScript Error for a Python exception, of which these are the type's name, the traceback as text and a number of
 * its own, from 1. */
extern JsVal js_python_error(JsVal type_name, JsVal message, int serial);
/* The number that a PythonError of this interpreter was made with; 0 for any other value. */
extern int js_python_error_serial(JsVal error);
/* An Error for a thrown value that is none. */
extern JsVal js_as_error(JsVal thrown);
/* Calls `done` with the value, or `failed` with the Error, when the promise is settled. */
extern int js_attach(JsVal promise, PyObject *done, PyObject *failed);

/* -- deep conversions: runtime/js/src/bridge/deep.ts -- */
/* `options` is the object that PyProxy.toJs takes. */
extern JsVal js_deep_to_js(PyObject *object, JsVal options);
/* A new reference. `options` is what pyodide.toPy takes. */
extern PyObject *js_deep_to_python(JsVal value, JsVal options);

static inline bool
jsval_is_null(JsVal value)
{
  return __builtin_wasm_ref_is_null_extern(value);
}
static inline JsVal
jsval_null(void)
{
  return __builtin_wasm_ref_null_extern();
}
static inline bool
jsval_failed(JsVal value)
{
  return jsval_is_null(value) && PyErr_Occurred();
}

#endif
