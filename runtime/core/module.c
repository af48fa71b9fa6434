/* The built-in module `_terrarium_core`: the classes of pyodide.ffi that are written in C, and what the Python side of
 * the runtime needs of the bridge. Users import these names from pyodide.ffi. */
#include "module.h"

#include "convert.h"
#include "errors.h"
#include "jsproxy.h"
#include "pyproxy.h"

static PyObject *
create_proxy(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
  static char *names[] = {"", "capture_this", "roundtrip", NULL};
  PyObject *object;
  int capture_this = 0, roundtrip = 1;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|$pp:create_proxy", names, &object, &capture_this, &roundtrip)) {
    return NULL;
  }
  JsVal proxy = js_pyproxy(object, pyproxy_features(object));
  if (!jsval_failed(proxy) && capture_this) {
    proxy = js_pyproxy_capture_this(proxy);
  }
  if (jsval_failed(proxy)) {
    return NULL;
  }
  if (roundtrip) {
    js_pyproxy_keep(proxy);
  }
  return jsproxy_new(proxy, jsval_null());
}

static PyObject *
create_once_callable(PyObject *Py_UNUSED(module), PyObject *callable)
{
  JsVal proxy = js_pyproxy(callable, pyproxy_features(callable));
  JsVal once = jsval_failed(proxy) ? proxy : js_once_callable(proxy);
  return jsval_failed(once) ? NULL : jsproxy_new(once, jsval_null());
}

static PyObject *
call_keeping(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
  if (count < 1 || !jsproxy_check(args[0])) {
    PyErr_SetString(PyExc_TypeError, "call_keeping() takes a JavaScript function and its arguments");
    return NULL;
  }
  JsVal arguments = js_array_from_items(args + 1, count - 1, js_array());
  return jsval_failed(arguments) ? NULL : js_call(jsproxy_value(args[0]), jsval_null(), arguments, js_array());
}

static PyObject *
js_method(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
  if (count != 2 || !jsproxy_check(args[0]) || !PyUnicode_Check(args[1])) {
    PyErr_SetString(PyExc_TypeError, "js_method() takes a JsProxy and a name");
    return NULL;
  }
  int found;
  JsVal object = jsproxy_value(args[0]);
  JsVal method = js_get(object, js_from_str(args[1]), &found);
  return jsval_failed(method) ? NULL : jsproxy_new(method, object);
}

static PyObject *
attach(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
  if (count != 3 || !jsproxy_check(args[0])) {
    PyErr_SetString(PyExc_TypeError, "attach() takes a promise and two functions");
    return NULL;
  }
  if (js_attach(jsproxy_value(args[0]), args[1], args[2]) < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *
error_to_js(PyObject *Py_UNUSED(module), PyObject *exception)
{
  if (!PyExceptionInstance_Check(exception)) {
    PyErr_SetString(PyExc_TypeError, "error_to_js() takes an exception");
    return NULL;
  }
  return jsproxy_check(exception) ? Py_NewRef(exception) : jsproxy_new(error_from_python(exception), jsval_null());
}

static PyObject *
error_from_js(PyObject *Py_UNUSED(module), PyObject *error)
{
  if (!jsproxy_check(error)) {
    PyErr_SetString(PyExc_TypeError, "error_from_js() takes a JsException");
    return NULL;
  }
  return exception_from_js(jsproxy_value(error));
}

static PyObject *
js_globals(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(args))
{
  return jsproxy_new(js_global(0), jsval_null());
}

static PyObject *
runtime_object(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(args))
{
  return jsproxy_new(js_global(1), jsval_null());
}

static PyMethodDef functions[] = {
    {"create_proxy", (PyCFunction)(void (*)(void))create_proxy, METH_VARARGS | METH_KEYWORDS,
     "A JsProxy of a PyProxy of the object, which lives until its destroy() is called."},
    {"create_once_callable", create_once_callable, METH_O,
     "A JavaScript function that calls the Python one, once; then it is destroyed."},
    {"call_keeping", (PyCFunction)(void (*)(void))call_keeping, METH_FASTCALL,
     "Call a JavaScript function; the proxies made for the arguments are JavaScript's to destroy."},
    {"attach", (PyCFunction)(void (*)(void))attach, METH_FASTCALL,
     "Call one of two functions when a promise is settled, with its value or its error."},
    {"js_method", (PyCFunction)(void (*)(void))js_method, METH_FASTCALL,
     "A method of a JavaScript object, which a Python method of its proxy's type may hide."},
    {"error_to_js", error_to_js, METH_O, "The JavaScript Error for an exception."},
    {"error_from_js", error_from_js, METH_O, "The exception that a JsException stands for; itself if none."},
    {"js_globals", js_globals, METH_NOARGS, "The object behind the module `js`."},
    {"runtime", runtime_object, METH_NOARGS, "What the TypeScript side gives to the Python side: see runtime.ts."},
    {0},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_terrarium_core",
    .m_size = -1,
    .m_methods = functions,
};

PyObject *
PyInit__terrarium_core(void)
{
  PyObject *module = PyModule_Create(&definition);
  if (module != NULL && (convert_init(module) < 0 || jsproxy_init(module) < 0)) {
    Py_CLEAR(module);
  }
  return module;
}
