/* Taking apart and putting together Python's collections and buffers: what runtime/js/src/bridge/deep.ts and buffer.ts
 * need for the conversions that go in depth. References are new unless said otherwise; -1 and NULL mean an exception. */
#include <emscripten.h>

#include "convert.h"
#include "jsproxy.h"

#define EXPORT EMSCRIPTEN_KEEPALIVE

/* How deep.ts treats an object. The numbers are known there. */
enum Shape {
  SHAPE_OTHER,
  SHAPE_SINGLE, /* converted by terra_to_js alone: immutable, or JavaScript's to begin with */
  SHAPE_SEQUENCE,
  SHAPE_DICT,
  SHAPE_SET,
  SHAPE_BUFFER,
};

EXPORT int
terra_shape(PyObject *object)
{
  if (is_immutable(object) || jsproxy_check(object)) {
    return SHAPE_SINGLE;
  }
  if (PyList_Check(object) || PyTuple_Check(object)) {
    return SHAPE_SEQUENCE;
  }
  if (PyDict_Check(object)) {
    return SHAPE_DICT;
  }
  if (PyAnySet_Check(object)) {
    return SHAPE_SET;
  }
  return PyObject_CheckBuffer(object) ? SHAPE_BUFFER : SHAPE_OTHER;
}

/* A list or tuple with the items of a dict, (key, value) pairs, or the members of a set. */
EXPORT PyObject *
terra_items(PyObject *object)
{
  return PyDict_Check(object) ? PyDict_Items(object) : PySequence_Fast(object, "not iterable");
}

EXPORT Py_ssize_t
terra_sequence_length(PyObject *sequence)
{
  return PySequence_Fast_GET_SIZE(sequence);
}

/* Borrowed. NULL without an exception past the end, which a list that shrank meanwhile may have moved. */
EXPORT PyObject *
terra_sequence_item(PyObject *sequence, Py_ssize_t index)
{
  return index < PySequence_Fast_GET_SIZE(sequence) ? PySequence_Fast_GET_ITEM(sequence, index) : NULL;
}

EXPORT PyObject *
terra_list_new(void)
{
  return PyList_New(0);
}

EXPORT int
terra_list_append(PyObject *list, PyObject *item)
{
  return PyList_Append(list, item);
}

EXPORT PyObject *
terra_dict_new(void)
{
  return PyDict_New();
}

EXPORT int
terra_dict_set(PyObject *dict, PyObject *key, PyObject *value)
{
  return PyDict_SetItem(dict, key, value);
}

EXPORT PyObject *
terra_set_new(void)
{
  return PySet_New(NULL);
}

EXPORT int
terra_set_add(PyObject *set, PyObject *item)
{
  return PySet_Add(set, item);
}

/* Raises ConversionError of pyodide.ffi. */
EXPORT void
terra_raise_conversion_error(JsVal message)
{
  PyObject *text = python_from_js(message);
  PyObject *type = PyImport_ImportModuleAttrString("pyodide.ffi", "ConversionError");
  if (text != NULL && type != NULL) {
    PyErr_SetObject(type, text);
  }
  Py_XDECREF(type);
  Py_XDECREF(text);
}

/* A Py_buffer in memory of its own, whose fields buffer.ts reads; terra_buffer_close releases it. */
EXPORT Py_buffer *
terra_buffer_open(PyObject *object)
{
  Py_buffer *view = PyMem_Malloc(sizeof(Py_buffer));
  if (view == NULL) {
    PyErr_NoMemory();
    return NULL;
  }
  if (PyObject_GetBuffer(object, view, PyBUF_FULL_RO) < 0) {
    PyMem_Free(view);
    return NULL;
  }
  return view;
}

EXPORT void
terra_buffer_close(Py_buffer *view)
{
  PyBuffer_Release(view);
  PyMem_Free(view);
}
