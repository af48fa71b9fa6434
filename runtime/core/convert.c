#include "convert.h"

#include "jsproxy.h"
#include "pyproxy.h"

static PyObject *jsnull;
static PyTypeObject *bigint_type;

/* Strings up to this many UTF-16 units are copied through the stack. */
#define SHORT_STRING 256

static PyObject *
str_from_js(JsVal value)
{
  uint16_t on_stack[SHORT_STRING];
  size_t length = js_string_length(value);
  uint16_t *units = on_stack;
  if (length > SHORT_STRING) {
    units = PyMem_Malloc(length * sizeof(uint16_t));
    if (units == NULL) {
      return PyErr_NoMemory();
    }
  }
  js_string_copy(value, units);
  int little_endian = -1;
  PyObject *result =
      PyUnicode_DecodeUTF16((const char *)units, length * sizeof(uint16_t), "surrogatepass", &little_endian);
  if (units != on_stack) {
    PyMem_Free(units);
  }
  return result;
}

static PyObject *
bigint_from_js(JsVal value)
{
  int negative;
  size_t size = js_bigint_size(value, &negative);
  uint8_t *bytes = PyMem_Malloc(size ? size : 1);
  if (bytes == NULL) {
    return PyErr_NoMemory();
  }
  js_bigint_copy(value, bytes, size);
  PyObject *number = PyLong_FromUnsignedNativeBytes(bytes, size, Py_ASNATIVEBYTES_LITTLE_ENDIAN);
  PyMem_Free(bytes);
  if (number != NULL && negative) {
    Py_SETREF(number, PyNumber_Negative(number));
  }
  if (number == NULL) {
    return NULL;
  }
  PyObject *result = PyObject_CallOneArg((PyObject *)bigint_type, number);
  Py_DECREF(number);
  return result;
}

PyObject *
python_from_js(JsVal value)
{
  switch (js_kind(value)) {
    case JS_KIND_UNDEFINED:
      Py_RETURN_NONE;
    case JS_KIND_NULL:
      return Py_NewRef(jsnull);
    case JS_KIND_FALSE:
      Py_RETURN_FALSE;
    case JS_KIND_TRUE:
      Py_RETURN_TRUE;
    case JS_KIND_INTEGER:
      return PyLong_FromInt64((int64_t)js_number_value(value));
    case JS_KIND_FLOAT:
      return PyFloat_FromDouble(js_number_value(value));
    case JS_KIND_BIGINT:
      return bigint_from_js(value);
    case JS_KIND_STRING:
      return str_from_js(value);
    case JS_KIND_PYPROXY:
      return Py_XNewRef(js_pyproxy_object(value));
    default:
      return jsproxy_new(value, jsval_null());
  }
}

JsVal
js_from_str(PyObject *text)
{
  return js_string(PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), PyUnicode_KIND(text));
}

static JsVal
bigint_from_python(PyObject *number)
{
  PyObject *magnitude = PyNumber_Absolute(number);
  if (magnitude == NULL) {
    return jsval_null();
  }
  const int flags = Py_ASNATIVEBYTES_LITTLE_ENDIAN | Py_ASNATIVEBYTES_UNSIGNED_BUFFER;
  Py_ssize_t size = PyLong_AsNativeBytes(magnitude, NULL, 0, flags);
  uint8_t *bytes = size < 0 ? NULL : PyMem_Malloc(size);
  if (bytes == NULL || PyLong_AsNativeBytes(magnitude, bytes, size, flags) < 0) {
    if (!PyErr_Occurred()) {
      PyErr_NoMemory();
    }
    PyMem_Free(bytes);
    Py_DECREF(magnitude);
    return jsval_null();
  }
  int sign = 0;
  PyLong_GetSign(number, &sign);
  JsVal result = js_bigint(bytes, size, sign < 0);
  PyMem_Free(bytes);
  Py_DECREF(magnitude);
  return result;
}

static JsVal
js_from_int(PyObject *number)
{
  const int64_t max_safe_integer = ((int64_t)1 << 53) - 1;
  if (!PyObject_TypeCheck(number, bigint_type)) {
    int overflow;
    long long value = PyLong_AsLongLongAndOverflow(number, &overflow);
    if (!overflow && -max_safe_integer <= value && value <= max_safe_integer) {
      return js_number((double)value);
    }
  }
  return bigint_from_python(number);
}

bool
is_immutable(PyObject *object)
{
  return object == Py_None || object == jsnull || PyBool_Check(object) || PyLong_Check(object) ||
         PyFloat_Check(object) || PyUnicode_Check(object);
}

static JsVal
js_from_immutable(PyObject *object)
{
  if (object == Py_None) {
    return js_undefined();
  }
  if (object == jsnull) {
    return jsval_null();
  }
  if (PyBool_Check(object)) {
    return js_bool(object == Py_True);
  }
  if (PyLong_Check(object)) {
    return js_from_int(object);
  }
  if (PyFloat_Check(object)) {
    return js_number(PyFloat_AS_DOUBLE(object));
  }
  return js_from_str(object);
}

JsVal
js_from_python(PyObject *object)
{
  if (is_immutable(object)) {
    return js_from_immutable(object);
  }
  if (jsproxy_check(object)) {
    return jsproxy_value(object);
  }
  return js_pyproxy(object, pyproxy_features(object));
}

JsVal
js_from_python_borrowed(PyObject *object, JsVal made)
{
  if (is_immutable(object)) {
    return js_from_immutable(object);
  }
  if (jsproxy_check(object)) {
    return jsproxy_value(object);
  }
  JsVal proxy = js_pyproxy(object, pyproxy_features(object));
  if (!jsval_failed(proxy) && js_push(made, proxy) < 0) {
    return jsval_null();
  }
  return proxy;
}

JsVal
js_array_from_items(PyObject *const *items, Py_ssize_t count, JsVal made)
{
  JsVal array = js_array();
  for (Py_ssize_t i = 0; i < count; i++) {
    JsVal item = js_from_python_borrowed(items[i], made);
    if (jsval_failed(item) || js_push(array, item) < 0) {
      return jsval_null();
    }
  }
  return array;
}

/* -- JsNull and JsBigInt -- */

static PyObject *
jsnull_repr(PyObject *Py_UNUSED(self))
{
  return PyUnicode_FromString("jsnull");
}

static int
jsnull_bool(PyObject *Py_UNUSED(self))
{
  return 0;
}

static PyObject *
jsnull_reduce(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(args))
{
  return PyUnicode_FromString("jsnull");
}

static PyMethodDef jsnull_methods[] = {
    {"__reduce__", jsnull_reduce, METH_NOARGS, NULL},
    {0},
};

static PyType_Spec jsnull_spec = {
    .name = "pyodide.ffi.JsNull",
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots =
        (PyType_Slot[]){
            {Py_tp_doc, "The type of jsnull, which is JavaScript's null."},
            {Py_tp_repr, jsnull_repr},
            {Py_nb_bool, jsnull_bool},
            {Py_tp_methods, jsnull_methods},
            {0},
        },
};

static PyType_Spec bigint_spec = {
    .name = "pyodide.ffi.JsBigInt",
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots =
        (PyType_Slot[]){
            {Py_tp_doc, "An int that is a BigInt in JavaScript, whatever its size."},
            {0},
        },
};

int
convert_init(PyObject *module)
{
  PyTypeObject *null_type = (PyTypeObject *)PyType_FromSpec(&jsnull_spec);
  if (null_type == NULL || PyModule_AddType(module, null_type) < 0) {
    return -1;
  }
  jsnull = null_type->tp_alloc(null_type, 0);
  Py_DECREF(null_type);
  if (jsnull == NULL || PyModule_AddObjectRef(module, "jsnull", jsnull) < 0) {
    return -1;
  }
  bigint_type = (PyTypeObject *)PyType_FromSpecWithBases(&bigint_spec, (PyObject *)&PyLong_Type);
  return bigint_type == NULL ? -1 : PyModule_AddType(module, bigint_type);
}
