#include "pyproxy.h"

#include <emscripten.h>

#include "convert.h"
#include "errors.h"
#include "jsproxy.h"

#define EXPORT EMSCRIPTEN_KEEPALIVE

static int
has_attribute(PyTypeObject *type, const char *name)
{
  PyObject *found;
  int result = PyObject_GetOptionalAttrString((PyObject *)type, name, &found);
  Py_XDECREF(found);
  if (result < 0) {
    PyErr_Clear();
  }
  return result > 0;
}

/* collections.abc.Sequence without its import: the two flags that it sets on the types registered with it. */
static int
sequence_features(PyObject *object, PyTypeObject *type)
{
  if (PyList_Check(object)) {
    return PY_SEQUENCE | PY_MUTABLE_SEQUENCE;
  }
  if (!(type->tp_flags & Py_TPFLAGS_SEQUENCE) || PyUnicode_Check(object)) {
    return 0;
  }
  return has_attribute(type, "insert") && has_attribute(type, "append") ? PY_SEQUENCE | PY_MUTABLE_SEQUENCE
                                                                        : PY_SEQUENCE;
}

/* Whether it is made by `async def`: a function, or a method of one. */
static bool
is_coroutine_function(PyObject *object)
{
  PyObject *function = PyMethod_Check(object) ? PyMethod_GET_FUNCTION(object) : object;
  return PyFunction_Check(function) && (((PyCodeObject *)PyFunction_GET_CODE(function))->co_flags & CO_COROUTINE);
}

int
pyproxy_features(PyObject *object)
{
  PyTypeObject *type = Py_TYPE(object);
  PyMappingMethods *mapping = type->tp_as_mapping;
  PySequenceMethods *sequence = type->tp_as_sequence;
  PyAsyncMethods *async = type->tp_as_async;
  int features = 0;
  if ((mapping && mapping->mp_length) || (sequence && sequence->sq_length)) {
    features |= PY_HAS_LENGTH;
  }
  if ((mapping && mapping->mp_subscript) || (sequence && sequence->sq_item) ||
      (PyType_Check(object) && has_attribute((PyTypeObject *)object, "__class_getitem__"))) {
    features |= PY_HAS_GET;
  }
  if ((mapping && mapping->mp_ass_subscript) || (sequence && sequence->sq_ass_item)) {
    features |= PY_HAS_SET;
  }
  if (sequence && sequence->sq_contains) {
    features |= PY_HAS_CONTAINS;
  }
  if (type->tp_iter || PySequence_Check(object)) {
    features |= PY_ITERABLE;
  }
  if (PyIter_Check(object)) {
    features |= PY_ITERATOR;
  }
  if (PyGen_Check(object)) {
    features |= PY_GENERATOR;
  }
  if (async && async->am_aiter) {
    features |= PY_ASYNC_ITERABLE;
  }
  if (async && async->am_anext) {
    features |= PY_ASYNC_ITERATOR;
  }
  if (PyAsyncGen_CheckExact(object)) {
    features |= PY_ASYNC_GENERATOR;
  }
  if (async && async->am_await) {
    features |= PY_AWAITABLE;
  }
  if (PyObject_CheckBuffer(object)) {
    features |= PY_BUFFER;
  }
  if (PyCallable_Check(object)) {
    features |= PY_CALLABLE;
  }
  if (is_coroutine_function(object)) {
    features |= PY_COROUTINE_FUNCTION;
  }
  if (PyDict_Check(object)) {
    features |= PY_DICT;
  }
  return features | sequence_features(object, type);
}

/* -- references -- */

EXPORT void
terra_retain(PyObject *object)
{
  Py_INCREF(object);
}

EXPORT void
terra_release(PyObject *object)
{
  Py_DECREF(object);
}

/* -- single values: a new reference, and back -- */

EXPORT PyObject *
terra_from_js(JsVal value)
{
  return python_from_js(value);
}

EXPORT JsVal
terra_to_js(PyObject *object)
{
  return js_from_python(object);
}

/* As terra_to_js, and drops the reference. */
EXPORT JsVal
terra_take_to_js(PyObject *object)
{
  if (object == NULL) {
    return jsval_null();
  }
  JsVal value = js_from_python(object);
  Py_DECREF(object);
  return value;
}

/* -- attributes -- */

EXPORT JsVal
terra_type_name(PyObject *object)
{
  return terra_take_to_js(PyType_GetFullyQualifiedName(Py_TYPE(object)));
}

EXPORT JsVal
terra_str(PyObject *object)
{
  return terra_take_to_js(PyObject_Str(object));
}

EXPORT JsVal
terra_repr(PyObject *object)
{
  return terra_take_to_js(PyObject_Repr(object));
}

/* undefined when there is no such attribute. */
EXPORT JsVal
terra_get_attribute(PyObject *object, JsVal name)
{
  PyObject *key = python_from_js(name);
  if (key == NULL) {
    return jsval_null();
  }
  PyObject *value;
  int found = PyObject_GetOptionalAttr(object, key, &value);
  Py_DECREF(key);
  return found == 0 ? js_undefined() : terra_take_to_js(value);
}

/* Calls a function of the object and of what JavaScript gives; -1 with an exception when that has no form in Python. */
static int
with_converted(PyObject *object, JsVal value, int (*function)(PyObject *, PyObject *))
{
  PyObject *converted = python_from_js(value);
  int result = converted == NULL ? -1 : function(object, converted);
  Py_XDECREF(converted);
  return result;
}

/* The same with two values. */
static int
with_both_converted(PyObject *object, JsVal key, JsVal value, int (*function)(PyObject *, PyObject *, PyObject *))
{
  PyObject *py_key = python_from_js(key);
  PyObject *py_value = py_key == NULL ? NULL : python_from_js(value);
  int result = py_value == NULL ? -1 : function(object, py_key, py_value);
  Py_XDECREF(py_key);
  Py_XDECREF(py_value);
  return result;
}

EXPORT int
terra_has_attribute(PyObject *object, JsVal name)
{
  return with_converted(object, name, PyObject_HasAttrWithError);
}

EXPORT int
terra_set_attribute(PyObject *object, JsVal name, JsVal value)
{
  return with_both_converted(object, name, value, PyObject_SetAttr);
}

EXPORT int
terra_delete_attribute(PyObject *object, JsVal name)
{
  return with_converted(object, name, PyObject_DelAttr);
}

/* An array of strings. */
EXPORT JsVal
terra_dir(PyObject *object)
{
  PyObject *names = PyObject_Dir(object);
  JsVal array = js_array();
  for (Py_ssize_t i = 0; names != NULL && i < PyList_GET_SIZE(names); i++) {
    PyObject *name = PyList_GET_ITEM(names, i);
    if (PyUnicode_Check(name) && js_push(array, js_from_str(name)) < 0) {
      Py_CLEAR(names);
    }
  }
  Py_XDECREF(names);
  return PyErr_Occurred() ? jsval_null() : array;
}

/* -- items -- */

/* undefined when there is no such item: a KeyError, or an IndexError of a sequence. */
EXPORT JsVal
terra_get_item(PyObject *object, JsVal key)
{
  PyObject *py_key = python_from_js(key);
  if (py_key == NULL) {
    return jsval_null();
  }
  PyObject *value = PyObject_GetItem(object, py_key);
  Py_DECREF(py_key);
  if (value == NULL && (PyErr_ExceptionMatches(PyExc_KeyError) || PyErr_ExceptionMatches(PyExc_IndexError))) {
    PyErr_Clear();
    return js_undefined();
  }
  return terra_take_to_js(value);
}

EXPORT int
terra_set_item(PyObject *object, JsVal key, JsVal value)
{
  return with_both_converted(object, key, value, PyObject_SetItem);
}

EXPORT int
terra_delete_item(PyObject *object, JsVal key)
{
  return with_converted(object, key, PyObject_DelItem);
}

EXPORT int
terra_contains(PyObject *object, JsVal item)
{
  return with_converted(object, item, PySequence_Contains);
}

EXPORT Py_ssize_t
terra_length(PyObject *object)
{
  return PyObject_Size(object);
}

/* -- iteration -- */

/* A new reference. */
EXPORT PyObject *
terra_iterator(PyObject *object)
{
  return PyObject_GetIter(object);
}

static int iteration_done;

/* Whether what terra_send gave last was the result of the iterator, not one of its values. */
EXPORT int
terra_send_done(void)
{
  return iteration_done;
}

EXPORT JsVal
terra_send(PyObject *iterator, JsVal value)
{
  iteration_done = 0;
  PyObject *sent = python_from_js(value);
  if (sent == NULL) {
    return jsval_null();
  }
  PyObject *result;
  PySendResult status = PyIter_Send(iterator, sent, &result);
  Py_DECREF(sent);
  iteration_done = status == PYGEN_RETURN;
  return terra_take_to_js(result);
}

/* Calls throw() or close() of a generator: `method` is its name. */
EXPORT JsVal
terra_generator_throw(PyObject *generator, JsVal error)
{
  iteration_done = 0;
  terra_raise(error);
  PyObject *exception = PyErr_GetRaisedException();
  PyObject *result = PyObject_CallMethod(generator, "throw", "O", exception);
  Py_DECREF(exception);
  if (result == NULL && PyErr_ExceptionMatches(PyExc_StopIteration)) {
    PyObject *stop = PyErr_GetRaisedException();
    iteration_done = 1;
    result = PyObject_GetAttrString(stop, "value");
    Py_DECREF(stop);
  }
  return terra_take_to_js(result);
}

/* -- calls -- */

/* Fills `stack` with references to the values of `keywords`, an object, and gives their names, a tuple. */
static PyObject *
unpack_keywords(JsVal keywords, PyObject **stack, Py_ssize_t count)
{
  JsVal names = js_keys(keywords, 0);
  PyObject *kwnames = PyTuple_New(count);
  for (Py_ssize_t i = 0; kwnames != NULL && i < count; i++) {
    int found;
    JsVal key = js_at(names, i);
    PyObject *name = python_from_js(key);
    if (name != NULL) {
      PyUnicode_InternInPlace(&name);
      PyTuple_SET_ITEM(kwnames, i, name);
      JsVal value = js_get(keywords, key, &found);
      stack[i] = jsval_failed(value) ? NULL : python_from_js(value);
    }
    if (name == NULL || stack[i] == NULL) {
      Py_CLEAR(kwnames);
    }
  }
  return kwnames;
}

/* Calls with the JavaScript array `arguments`, and the properties of `keywords` unless that is null. A new reference. */
EXPORT PyObject *
terra_call(PyObject *callable, JsVal arguments, JsVal keywords)
{
  Py_ssize_t count = js_length(arguments);
  Py_ssize_t keyword_count = 0;
  if (!jsval_is_null(keywords)) {
    JsVal names = js_keys(keywords, 0);
    keyword_count = jsval_failed(names) ? -1 : js_length(names);
  }
  if (count < 0 || keyword_count < 0) {
    return NULL;
  }
  PyObject *few[8];
  PyObject **stack = few;
  /* One place before the first argument for the callee's own use: see PY_VECTORCALL_ARGUMENTS_OFFSET. */
  if (count + keyword_count + 1 > (Py_ssize_t)Py_ARRAY_LENGTH(few)) {
    stack = PyMem_New(PyObject *, count + keyword_count + 1);
    if (stack == NULL) {
      return PyErr_NoMemory();
    }
  }
  memset(stack, 0, (count + keyword_count + 1) * sizeof(PyObject *));
  PyObject *kwnames = NULL, *result = NULL;
  for (Py_ssize_t i = 0; i < count; i++) {
    stack[i + 1] = python_from_js(js_at(arguments, i));
    if (stack[i + 1] == NULL) {
      goto done;
    }
  }
  if (keyword_count > 0) {
    kwnames = unpack_keywords(keywords, stack + 1 + count, keyword_count);
    if (kwnames == NULL) {
      goto done;
    }
  }
  result = PyObject_Vectorcall(callable, stack + 1, count | PY_VECTORCALL_ARGUMENTS_OFFSET, kwnames);
done:
  for (Py_ssize_t i = 0; i < count + keyword_count; i++) {
    Py_XDECREF(stack[i + 1]);
  }
  if (stack != few) {
    PyMem_Free(stack);
  }
  Py_XDECREF(kwnames);
  if (result != NULL) {
    errors_keep_reserve();
  }
  return result;
}

/* Runs an awaitable on the event loop; then calls `resolve` or `reject`, JavaScript functions. */
EXPORT int
terra_await(PyObject *awaitable, JsVal resolve, JsVal reject)
{
  PyObject *args[] = {awaitable, jsproxy_new(resolve, jsval_null()), jsproxy_new(reject, jsval_null())};
  PyObject *result = NULL;
  if (args[1] != NULL && args[2] != NULL) {
    result = call_helper("_terrarium.promises", "settle", args, 3);
  }
  Py_XDECREF(args[1]);
  Py_XDECREF(args[2]);
  Py_XDECREF(result);
  return result == NULL ? -1 : 0;
}
