#include "errors.h"

#include <emscripten.h>
#include <stdlib.h>

#include "convert.h"
#include "jsproxy.h"

PyObject *
call_helper(const char *module, const char *name, PyObject *const *args, Py_ssize_t count)
{
  PyObject *helper = PyImport_ImportModuleAttrString(module, name);
  if (helper == NULL) {
    return NULL;
  }
  PyObject *result = PyObject_Vectorcall(helper, args, count, NULL);
  Py_DECREF(helper);
  return result;
}

/* The exception that JavaScript was given last, and its number. It is kept so that it is the same object when it comes
 * back; older ones are not, for their tracebacks keep every local variable alive. */
static PyObject *last_exception;
static int last_serial;

PyObject *
exception_from_js(JsVal thrown)
{
  int serial = js_python_error_serial(thrown);
  if (serial != 0 && serial == last_serial) {
    return Py_NewRef(last_exception);
  }
  return jsproxy_new(js_as_error(thrown), jsval_null());
}

EMSCRIPTEN_KEEPALIVE void
terra_raise(JsVal thrown)
{
  PyObject *exception = exception_from_js(thrown);
  if (exception != NULL) {
    PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
    Py_DECREF(exception);
  }
}

/* Memory kept back, for what has to run after memory has come to its end: formatting the exception, and the `del` that a
 * user may type next. */
#define RESERVE_SIZE (2 << 20)
static void *reserve;

void
errors_keep_reserve(void)
{
  if (reserve == NULL) {
    reserve = malloc(RESERVE_SIZE);
  }
}

/* The text for an exception that could not be formatted, for want of memory or stack say: the type's name. */
static JsVal
plain_error(PyObject *exception, int serial)
{
  const char *name = Py_TYPE(exception)->tp_name;
  JsVal text = js_string(name, strlen(name), 1);
  return js_python_error(text, text, serial);
}

EMSCRIPTEN_KEEPALIVE JsVal
terra_take_error(void)
{
  PyObject *exception = PyErr_GetRaisedException();
  if (exception == NULL) {
    PyErr_SetString(PyExc_SystemError, "a function of the runtime failed and set no exception");
    exception = PyErr_GetRaisedException();
  }
  if (PyErr_GivenExceptionMatches(exception, PyExc_MemoryError)) {
    free(reserve);
    reserve = NULL;
  }
  PyObject *described = call_helper("_terrarium.errors", "describe", &exception, 1);
  int serial = ++last_serial;
  JsVal error;
  if (described == NULL) {
    PyErr_Clear();
    error = plain_error(exception, serial);
  }
  else {
    error = js_python_error(js_from_str(PyTuple_GET_ITEM(described, 0)), js_from_str(PyTuple_GET_ITEM(described, 1)),
                            serial);
    Py_DECREF(described);
  }
  Py_XSETREF(last_exception, exception);
  return error;
}

JsVal
error_from_python(PyObject *exception)
{
  if (jsproxy_check(exception)) {
    return jsproxy_value(exception);
  }
  PyErr_SetRaisedException(Py_NewRef(exception));
  return terra_take_error();
}

EMSCRIPTEN_KEEPALIVE int
terra_error_pending(void)
{
  return PyErr_Occurred() != NULL;
}
