/* Exceptions on their way between the two languages.
 *
 * Python to JavaScript: the current exception becomes a PythonError, whose message is the formatted traceback.
 * JavaScript to Python: an Error becomes a JsException around it; a PythonError becomes the Python exception again.
 */
#ifndef TERRARIUM_ERRORS_H
#define TERRARIUM_ERRORS_H

#include "jsval.h"

/* The Python exception for what JavaScript threw: a new reference. */
PyObject *exception_from_js(JsVal thrown);

/* Makes what JavaScript threw the current Python exception. */
void terra_raise(JsVal thrown);

/* Clears the current Python exception and gives the JavaScript Error for it. */
JsVal terra_take_error(void);

/* The JavaScript Error for an exception: what a JsException is a proxy of, a PythonError for any other. */
JsVal error_from_python(PyObject *exception);

/* Keeps memory back for the next MemoryError, unless that has been done. */
void errors_keep_reserve(void);

/* Calls `name` from the Python module `module` of the runtime's own; NULL with an exception on failure. */
PyObject *call_helper(const char *module, const char *name, PyObject *const *args, Py_ssize_t count);

#endif
