/* Conversion of single values. Immutable ones are converted; everything else gets a proxy on the other side.
 *
 *   JavaScript                Python
 *   undefined            <->  None
 *   null                 <->  pyodide.ffi.jsnull
 *   boolean              <->  bool
 *   number, safe integer <->  int
 *   number, other        <->  float
 *   bigint               <->  pyodide.ffi.JsBigInt, a subclass of int; other int objects beyond the safe integers
 *   string               <->  str, unpaired surrogates included
 *   PyProxy              <->  the object behind it
 *   anything else         ->  JsProxy
 *   PyProxy               <-  anything else
 */
#ifndef TERRARIUM_CONVERT_H
#define TERRARIUM_CONVERT_H

#include "jsval.h"

/* A new reference, or NULL with an exception. */
PyObject *python_from_js(JsVal value);

/* Null with an exception on failure: ask jsval_failed(). */
JsVal js_from_python(PyObject *object);

/* As js_from_python, and pushes each PyProxy that it makes to the array `made`. */
JsVal js_from_python_borrowed(PyObject *object, JsVal made);

/* Whether `object` is converted by value. */
bool is_immutable(PyObject *object);

/* A JavaScript string from a str. */
JsVal js_from_str(PyObject *text);

/* A JavaScript array from the items of a tuple or list; see js_from_python_borrowed. */
JsVal js_array_from_items(PyObject *const *items, Py_ssize_t count, JsVal made);

/* Makes JsNull, jsnull and JsBigInt in `module`. Returns -1 with an exception on failure. */
int convert_init(PyObject *module);

#endif
