/* JsProxy: a JavaScript object as Python sees it.
 *
 * The type of a proxy is made from what the object can do: an array's proxy is a JsArray, a JsIterable …, a promise's a
 * JsPromise, an Error's a JsException, which can be raised. jsproxy_types.c has one class for each ability; jsproxy.c
 * combines them, once for each combination that occurs, and has what is common to all proxies.
 */
#ifndef TERRARIUM_JSPROXY_H
#define TERRARIUM_JSPROXY_H

#include "jsval.h"

/* A new proxy for `value`, a method of `self` when that isn't null. NULL with an exception on failure. */
PyObject *jsproxy_new(JsVal value, JsVal self);

/* The same for a proxy of other features than the object has. */
PyObject *jsproxy_new_with(JsVal value, JsVal self, int features);

/* Whether `object` is a JsProxy, a JsException included. */
bool jsproxy_check(PyObject *object);

/* What the proxy stands for, and the object that it is a method of (null if it is none). */
JsVal jsproxy_value(PyObject *proxy);
JsVal jsproxy_self(PyObject *proxy);

/* The class for an ability, made by jsproxy_types_init. */
typedef struct {
  int feature;
  PyTypeObject *type;
} JsProxyAbility;

/* Ends with a feature of 0. A class comes before its bases. */
extern JsProxyAbility jsproxy_abilities[];

/* The base class of all. */
extern PyTypeObject *jsproxy_type;

int jsproxy_init(PyObject *module);
int jsproxy_types_init(PyObject *module);

#endif
