/* The classes of maps: JavaScript's own, and objects that are seen as maps. */
#include "convert.h"
#include "jsproxy_types.h"

/* -- JsIndexable, JsMutableIndexable, JsMap, JsMutableMap -- */

static PyObject *
indexable_subscript(PyObject *self, PyObject *key)
{
  JsVal borrowed = js_array();
  JsVal js_key = js_from_python_borrowed(key, borrowed);
  PyObject *result = NULL;
  if (!jsval_failed(js_key)) {
    int found = 0;
    JsVal value = js_map_get(jsproxy_value(self), js_key, &found);
    if (found) {
      result = python_from_js(value);
    }
    else if (!PyErr_Occurred()) {
      PyErr_SetObject(PyExc_KeyError, key);
    }
  }
  js_release_borrowed(borrowed);
  return result;
}

static int
indexable_ass_subscript(PyObject *self, PyObject *key, PyObject *value)
{
  JsVal js_key = js_from_python(key);
  if (jsval_failed(js_key)) {
    return -1;
  }
  if (value != NULL) {
    JsVal js_value = js_from_python(value);
    return jsval_failed(js_value) ? -1 : js_map_set(jsproxy_value(self), js_key, js_value);
  }
  int deleted = js_map_delete(jsproxy_value(self), js_key);
  if (deleted == 0) {
    PyErr_SetObject(PyExc_KeyError, key);
  }
  return deleted > 0 ? 0 : -1;
}

PyType_Spec jsproxy_indexable_spec = {
    .name = "pyodide.ffi.JsIndexable",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript object with a get() method, which indexing calls."},
          {Py_mp_subscript, indexable_subscript}),
};

PyType_Spec jsproxy_mutable_indexable_spec = {
    .name = "pyodide.ffi.JsMutableIndexable",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JsIndexable with set() and delete()."}, {Py_mp_ass_subscript, indexable_ass_subscript}),
};

/* The keys, as Python's mappings have it; what iterates over a map in JavaScript gets pairs. */
static PyObject *
map_iter(PyObject *self)
{
  JsVal iterator = js_map_keys(jsproxy_value(self));
  return jsval_failed(iterator) ? NULL : python_from_js(iterator);
}

PyType_Spec jsproxy_map_spec = {
    .name = "pyodide.ffi.JsMap",
    .flags = ABSTRACT | Py_TPFLAGS_MAPPING,
    SLOTS({Py_tp_doc, "A JavaScript Map, or what has its get(), has(), size and iterator."}, {Py_tp_iter, map_iter},
          {Py_mp_length, jsproxy_length}, {Py_sq_contains, jsproxy_contains}),
};

/* Not key by key: Python cannot look up a key that is a proxy of an object of its own. */
static PyObject *
map_clear(PyObject *self, PyObject *Py_UNUSED(args))
{
  if (js_map_clear(jsproxy_value(self)) < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyMethodDef mutable_map_methods[] = {
    {"clear", map_clear, METH_NOARGS, "Remove all items."},
    {0},
};

PyType_Spec jsproxy_mutable_map_spec = {
    .name = "pyodide.ffi.JsMutableMap",
    .flags = ABSTRACT | Py_TPFLAGS_MAPPING,
    SLOTS({Py_tp_doc, "A JsMap with set() and delete()."}, {Py_mp_ass_subscript, indexable_ass_subscript},
          {Py_tp_methods, mutable_map_methods}),
};

/* -- JsObjectMap, JsHereditaryMap, JsJsonMap -- */

PyObject *
jsproxy_python_in_view(JsVal value, int view)
{
  switch (view == 0 ? JS_SHAPE_OTHER : js_shape(value)) {
    case JS_SHAPE_PLAIN_OBJECT:
      return jsproxy_new_with(value, jsval_null(), view);
    case JS_SHAPE_ARRAY:
      if (view == JS_JSON_MAP) {
        int features = js_features(value);
        return features < 0 ? NULL : jsproxy_new_with(value, jsval_null(), features | JS_JSON_ARRAY);
      }
      [[fallthrough]];
    default:
      return python_from_js(value);
  }
}

/* The key as JavaScript's string. Null, without an exception, for what is no string: no property has such a name. */
static JsVal
property_key(PyObject *key)
{
  return PyUnicode_Check(key) ? js_from_str(key) : jsval_null();
}

static PyObject *
object_map_get(PyObject *self, PyObject *key, int view)
{
  JsVal name = property_key(key);
  int found = 0;
  JsVal value = jsval_is_null(name) ? name : js_own_get(jsproxy_value(self), name, &found);
  if (PyErr_Occurred()) {
    return NULL;
  }
  if (!found) {
    PyErr_SetObject(PyExc_KeyError, key);
    return NULL;
  }
  return jsproxy_python_in_view(value, view);
}

static PyObject *
object_map_subscript(PyObject *self, PyObject *key)
{
  return object_map_get(self, key, 0);
}

static PyObject *
hereditary_map_subscript(PyObject *self, PyObject *key)
{
  return object_map_get(self, key, JS_HEREDITARY_MAP);
}

static PyObject *
json_map_subscript(PyObject *self, PyObject *key)
{
  return object_map_get(self, key, JS_JSON_MAP);
}

static int
object_map_ass_subscript(PyObject *self, PyObject *key, PyObject *value)
{
  JsVal name = property_key(key);
  if (jsval_is_null(name)) {
    if (!PyErr_Occurred()) {
      PyErr_Format(PyExc_TypeError, "the name of a property is a string, not %T", key);
    }
    return -1;
  }
  if (value != NULL) {
    JsVal converted = js_from_python(value);
    return jsval_failed(converted) ? -1 : js_own_set(jsproxy_value(self), name, converted);
  }
  int deleted = js_own_delete(jsproxy_value(self), name);
  if (deleted == 0) {
    PyErr_SetObject(PyExc_KeyError, key);
  }
  return deleted > 0 ? 0 : -1;
}

static int
object_map_contains(PyObject *self, PyObject *key)
{
  JsVal name = property_key(key);
  if (jsval_is_null(name)) {
    return PyErr_Occurred() ? -1 : 0;
  }
  return js_own_has(jsproxy_value(self), name);
}

static Py_ssize_t
object_map_length(PyObject *self)
{
  JsVal keys = js_keys(jsproxy_value(self), 0);
  return jsval_failed(keys) ? -1 : js_length(keys);
}

static int
object_map_bool(PyObject *self)
{
  Py_ssize_t length = object_map_length(self);
  return length < 0 ? -1 : length > 0;
}

static PyObject *
object_map_clear(PyObject *self, PyObject *Py_UNUSED(args))
{
  JsVal object = jsproxy_value(self);
  JsVal keys = js_keys(object, 0);
  Py_ssize_t count = jsval_failed(keys) ? -1 : js_length(keys);
  for (Py_ssize_t i = 0; i < count; i++) {
    if (js_own_delete(object, js_at(keys, i)) < 0) {
      return NULL;
    }
  }
  if (count < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyMethodDef object_map_methods[] = {
    {"clear", object_map_clear, METH_NOARGS, "Remove all properties of its own."},
    {0},
};

static PyObject *
object_map_iter(PyObject *self)
{
  JsVal keys = js_keys(jsproxy_value(self), 0);
  JsVal iterator = jsval_failed(keys) ? keys : js_iterator(keys);
  return jsval_failed(iterator) ? NULL : jsproxy_new(iterator, jsval_null());
}

PyType_Spec jsproxy_object_map_spec = {
    .name = "pyodide.ffi.JsObjectMap",
    .flags = ABSTRACT | Py_TPFLAGS_MAPPING,
    SLOTS({Py_tp_doc, "A JavaScript object as a mapping of its own properties: see JsProxy.as_object_map()."},
          {Py_tp_iter, object_map_iter}, {Py_mp_length, object_map_length}, {Py_mp_subscript, object_map_subscript},
          {Py_mp_ass_subscript, object_map_ass_subscript}, {Py_sq_contains, object_map_contains},
          {Py_nb_bool, object_map_bool}, {Py_tp_methods, object_map_methods}),
};

PyType_Spec jsproxy_hereditary_map_spec = {
    .name = "pyodide.ffi.JsHereditaryMap",
    .flags = ABSTRACT | Py_TPFLAGS_MAPPING,
    SLOTS({Py_tp_doc, "A JsObjectMap that shows plain objects that it holds likewise."},
          {Py_mp_subscript, hereditary_map_subscript}),
};

PyType_Spec jsproxy_json_map_spec = {
    .name = "pyodide.ffi.JsJsonMap",
    .flags = ABSTRACT | Py_TPFLAGS_MAPPING,
    SLOTS({Py_tp_doc, "A JsObjectMap that shows plain objects and arrays that it holds likewise: see "
                      "JsProxy.as_py_json()."},
          {Py_mp_subscript, json_map_subscript}),
};
