#include "jsproxy.h"

#include "convert.h"
#include "errors.h"

PyTypeObject *jsproxy_type;

/* Concrete types by feature bits. */
static PyObject *concrete_types;

typedef struct {
  JsHandle value;
  JsHandle self; /* 0 when the proxy is no method */
} Handles;

typedef struct {
  PyObject_HEAD
  Handles handles;
  vectorcallfunc vectorcall; /* in the proxies of functions */
} PlainProxy;

/* A JsException has to start as every exception does. */
typedef struct {
  PyBaseExceptionObject base;
  Handles handles;
} ErrorProxy;

static Handles *
handles_of(PyObject *proxy)
{
  return PyExceptionInstance_Check(proxy) ? &((ErrorProxy *)proxy)->handles : &((PlainProxy *)proxy)->handles;
}

JsVal
jsproxy_value(PyObject *proxy)
{
  return js_load(handles_of(proxy)->value);
}

JsVal
jsproxy_self(PyObject *proxy)
{
  JsHandle self = handles_of(proxy)->self;
  return self == 0 ? jsval_null() : js_load(self);
}

bool
jsproxy_check(PyObject *object)
{
  return PyObject_TypeCheck(object, jsproxy_type);
}

/* -- calls -- */

/* Appends an object of the keyword arguments to `arguments`. */
static int
push_keywords(JsVal arguments, PyObject *const *values, PyObject *kwnames, JsVal borrowed)
{
  JsVal options = js_object();
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(kwnames); i++) {
    JsVal value = js_from_python_borrowed(values[i], borrowed);
    if (jsval_failed(value) || js_set(options, js_from_str(PyTuple_GET_ITEM(kwnames, i)), value) < 0) {
      return -1;
    }
  }
  return js_push(arguments, options);
}

static PyObject *
call_or_construct(PyObject *function, PyObject *const *args, Py_ssize_t count, PyObject *kwnames, bool construct)
{
  /* What a call through JavaScript takes of the engine's stack: see recursion.h. */
  char pad[4096];
  __asm__ volatile("" : : "r"(pad) : "memory");
  if (Py_EnterRecursiveCall(" in a call of JavaScript")) {
    return NULL;
  }
  Py_LeaveRecursiveCall();
  JsVal borrowed = js_array();
  JsVal arguments = js_array_from_items(args, count, borrowed);
  if (jsval_failed(arguments) || (kwnames != NULL && PyTuple_GET_SIZE(kwnames) > 0 &&
                                  push_keywords(arguments, args + count, kwnames, borrowed) < 0)) {
    js_release_borrowed(borrowed);
    return NULL;
  }
  return construct ? js_construct(jsproxy_value(function), arguments, borrowed)
                   : js_call(jsproxy_value(function), jsproxy_self(function), arguments, borrowed);
}

static PyObject *
call_function(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
  return call_or_construct(self, args, PyVectorcall_NARGS(nargsf), kwnames, false);
}

/* -- concrete types -- */

static void
plain_dealloc(PyObject *self)
{
  PyTypeObject *type = Py_TYPE(self);
  Handles *handles = handles_of(self);
  js_drop(handles->value);
  js_drop(handles->self);
  type->tp_free(self);
  Py_DECREF(type);
}

static void
error_dealloc(PyObject *self)
{
  PyTypeObject *type = Py_TYPE(self);
  Handles *handles = handles_of(self);
  js_drop(handles->value);
  js_drop(handles->self);
  ((PyTypeObject *)PyExc_Exception)->tp_dealloc(self);
  Py_DECREF(type);
}

static PyType_Spec plain_spec = {
    .name = "pyodide.ffi.JsProxy",
    .basicsize = sizeof(PlainProxy),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = (PyType_Slot[]){{Py_tp_dealloc, plain_dealloc}, {0}},
};

static PyMemberDef function_members[] = {
    {"__vectorcalloffset__", Py_T_PYSSIZET, offsetof(PlainProxy, vectorcall), Py_READONLY, NULL},
    {0},
};

static PyType_Spec function_spec = {
    .name = "pyodide.ffi.JsProxy",
    .basicsize = sizeof(PlainProxy),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_HAVE_VECTORCALL,
    .slots =
        (PyType_Slot[]){
            {Py_tp_dealloc, plain_dealloc},
            {Py_tp_call, PyVectorcall_Call},
            {Py_tp_members, function_members},
            {0},
        },
};

static PyType_Spec error_spec = {
    .name = "pyodide.ffi.JsException",
    .basicsize = sizeof(ErrorProxy),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = (PyType_Slot[]){{Py_tp_dealloc, error_dealloc}, {0}},
};

static PyTypeObject *
make_concrete_type(int features)
{
  PyObject *bases = PyList_New(0);
  if (bases == NULL) {
    return NULL;
  }
  for (JsProxyAbility *ability = jsproxy_abilities; ability->feature; ability++) {
    if ((features & ability->feature) == 0) {
      continue;
    }
    /* A class whose subclass is already a base would come before it in the order of look-up: an error. */
    bool implied = false;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(bases); i++) {
      implied |= PyType_IsSubtype((PyTypeObject *)PyList_GET_ITEM(bases, i), ability->type);
    }
    if (!implied && PyList_Append(bases, (PyObject *)ability->type) < 0) {
      Py_DECREF(bases);
      return NULL;
    }
  }
  if (PyList_GET_SIZE(bases) == 0 && PyList_Append(bases, (PyObject *)jsproxy_type) < 0) {
    Py_DECREF(bases);
    return NULL;
  }
  PyObject *bases_tuple = PyList_AsTuple(bases);
  Py_DECREF(bases);
  if (bases_tuple == NULL) {
    return NULL;
  }
  PyType_Spec *spec = features & JS_ERROR ? &error_spec : features & JS_CALLABLE ? &function_spec : &plain_spec;
  PyTypeObject *type = (PyTypeObject *)PyType_FromSpecWithBases(spec, bases_tuple);
  Py_DECREF(bases_tuple);
  return type;
}

/* Borrowed. */
static PyTypeObject *
concrete_type(int features)
{
  PyObject *key = PyLong_FromLong(features);
  if (key == NULL) {
    return NULL;
  }
  PyObject *type = PyDict_GetItemWithError(concrete_types, key);
  if (type == NULL && !PyErr_Occurred()) {
    type = (PyObject *)make_concrete_type(features);
    if (type != NULL) {
      int failed = PyDict_SetItem(concrete_types, key, type);
      Py_DECREF(type);
      type = failed ? NULL : type;
    }
  }
  Py_DECREF(key);
  return (PyTypeObject *)type;
}

PyObject *
jsproxy_new(JsVal value, JsVal self)
{
  int features = js_features(value);
  return features < 0 ? NULL : jsproxy_new_with(value, self, features);
}

PyObject *
jsproxy_new_with(JsVal value, JsVal self, int features)
{
  PyTypeObject *type = concrete_type(features);
  if (type == NULL) {
    return NULL;
  }
  PyObject *proxy;
  if (features & JS_ERROR) {
    /* The message is what str() of the exception and its args show. */
    JsVal text = js_to_string(value);
    PyObject *message = jsval_failed(text) ? NULL : python_from_js(text);
    PyObject *args = message == NULL ? NULL : PyTuple_Pack(1, message);
    Py_XDECREF(message);
    if (args == NULL) {
      return NULL;
    }
    proxy = ((PyTypeObject *)PyExc_Exception)->tp_new(type, args, NULL);
    Py_DECREF(args);
  }
  else {
    proxy = type->tp_alloc(type, 0);
    if (proxy != NULL && (features & JS_CALLABLE)) {
      ((PlainProxy *)proxy)->vectorcall = call_function;
    }
  }
  if (proxy == NULL) {
    return NULL;
  }
  Handles *handles = handles_of(proxy);
  handles->value = js_store(value);
  handles->self = jsval_is_null(self) ? 0 : js_store(self);
  return proxy;
}

/* -- attributes -- */

static PyObject *
jsproxy_getattro(PyObject *self, PyObject *name)
{
  PyObject *result = PyObject_GenericGetAttr(self, name);
  if (result != NULL || !PyErr_ExceptionMatches(PyExc_AttributeError)) {
    return result;
  }
  PyErr_Clear();
  int found = 0;
  JsVal object = jsproxy_value(self);
  JsVal value = js_get_attribute(object, js_from_str(name), &found);
  if (!found) {
    if (!PyErr_Occurred()) {
      PyErr_SetObject(PyExc_AttributeError, name);
    }
    return NULL;
  }
  if (js_kind(value) == JS_KIND_OBJECT && (js_features(value) & JS_CALLABLE)) {
    return jsproxy_new(value, object);
  }
  return python_from_js(value);
}

static int
jsproxy_setattro(PyObject *self, PyObject *name, PyObject *value)
{
  if (PyExceptionInstance_Check(self) && PyUnicode_GET_LENGTH(name) > 2 && PyUnicode_READ_CHAR(name, 0) == '_' &&
      PyUnicode_READ_CHAR(name, 1) == '_') {
    /* __traceback__, __context__, __cause__, __notes__ are Python's own. */
    return PyObject_GenericSetAttr(self, name, value);
  }
  JsVal object = jsproxy_value(self);
  if (value == NULL) {
    return js_delete_attribute(object, js_from_str(name));
  }
  JsVal converted = js_from_python(value);
  return jsval_failed(converted) ? -1 : js_set_attribute(object, js_from_str(name), converted);
}

static PyObject *
jsproxy_dir(PyObject *self, PyObject *Py_UNUSED(args))
{
  PyObject *names = PyObject_CallMethod((PyObject *)&PyBaseObject_Type, "__dir__", "O", self);
  PyObject *set = names == NULL ? NULL : PySet_New(names);
  Py_XDECREF(names);
  if (set == NULL) {
    return NULL;
  }
  JsVal own = js_attribute_names(jsproxy_value(self));
  Py_ssize_t count = jsval_failed(own) ? -1 : js_length(own);
  for (Py_ssize_t i = 0; i < count; i++) {
    PyObject *name = python_from_js(js_at(own, i));
    int failed = name == NULL || PySet_Add(set, name) < 0;
    Py_XDECREF(name);
    if (failed) {
      count = -1;
    }
  }
  PyObject *result = count < 0 ? NULL : PySequence_List(set);
  Py_DECREF(set);
  if (result != NULL && PyList_Sort(result) < 0) {
    Py_CLEAR(result);
  }
  return result;
}

/* -- the rest that every proxy has -- */

static PyObject *
jsproxy_repr(PyObject *self)
{
  JsVal text = js_to_string(jsproxy_value(self));
  return jsval_failed(text) ? NULL : python_from_js(text);
}

static PyObject *
jsproxy_richcompare(PyObject *self, PyObject *other, int operation)
{
  if ((operation != Py_EQ && operation != Py_NE) || !jsproxy_check(other)) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  bool same = js_same(jsproxy_value(self), jsproxy_value(other));
  return PyBool_FromLong(same == (operation == Py_EQ));
}

/* The same for all proxies of an object, as they are equal. */
static Py_hash_t
jsproxy_hash(PyObject *self)
{
  return js_identity(jsproxy_value(self));
}

static int
jsproxy_bool(PyObject *self)
{
  return js_truth(jsproxy_value(self));
}

static PyObject *
jsproxy_new_method(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *kwnames)
{
  return call_or_construct(self, args, count, kwnames, true);
}

/* An object with the arguments of a deep conversion, from Python's keyword arguments. */
static JsVal
deep_options(PyObject *kwargs, JsVal borrowed)
{
  JsVal options = js_object();
  PyObject *key, *value;
  Py_ssize_t position = 0;
  while (kwargs != NULL && PyDict_Next(kwargs, &position, &key, &value)) {
    if (value == Py_None) {
      continue;
    }
    JsVal converted = js_from_python_borrowed(value, borrowed);
    if (jsval_failed(converted) || js_set(options, js_from_str(key), converted) < 0) {
      return jsval_null();
    }
  }
  return options;
}

static PyObject *
jsproxy_to_py(PyObject *self, PyObject *args, PyObject *kwargs)
{
  static char *names[] = {"depth", "default_converter", NULL};
  int depth = -1;
  PyObject *converter = Py_None;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|$iO:to_py", names, &depth, &converter)) {
    return NULL;
  }
  JsVal borrowed = js_array();
  JsVal options = deep_options(kwargs, borrowed);
  if (jsval_failed(options)) {
    js_release_borrowed(borrowed);
    return NULL;
  }
  PyObject *result = js_deep_to_python(jsproxy_value(self), options);
  js_release_borrowed(borrowed);
  return result;
}

static PyObject *
to_js(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
  static char *names[] = {
      "", "depth", "pyproxies", "create_pyproxies", "dict_converter", "default_converter", "eager_converter", NULL};
  PyObject *object, *ignored = NULL;
  int depth = -1;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|$iOOOOO:to_js", names, &object, &depth, &ignored, &ignored,
                                   &ignored, &ignored, &ignored)) {
    return NULL;
  }
  if (is_immutable(object) || jsproxy_check(object)) {
    return Py_NewRef(object);
  }
  JsVal borrowed = js_array();
  JsVal options = deep_options(kwargs, borrowed);
  if (jsval_failed(options)) {
    js_release_borrowed(borrowed);
    return NULL;
  }
  JsVal value = js_deep_to_js(object, options);
  PyObject *result = NULL;
  if (!jsval_failed(value)) {
    /* What has no other form in JavaScript is a proxy of a proxy: not the object, which JavaScript would borrow only. */
    result = js_kind(value) == JS_KIND_PYPROXY ? jsproxy_new(value, jsval_null()) : python_from_js(value);
  }
  js_release_borrowed(borrowed);
  return result;
}

static PyObject *
object_list(PyObject *self, int what)
{
  JsVal keys = js_keys(jsproxy_value(self), what);
  return jsval_failed(keys) ? NULL : python_from_js(keys);
}

static PyObject *
jsproxy_object_keys(PyObject *self, PyObject *Py_UNUSED(args))
{
  return object_list(self, 0);
}

static PyObject *
jsproxy_object_values(PyObject *self, PyObject *Py_UNUSED(args))
{
  return object_list(self, 1);
}

static PyObject *
jsproxy_object_entries(PyObject *self, PyObject *Py_UNUSED(args))
{
  return object_list(self, 2);
}

static PyObject *
jsproxy_as_object_map(PyObject *self, PyObject *args, PyObject *kwargs)
{
  static char *names[] = {"hereditary", NULL};
  int hereditary = 0;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|$p:as_object_map", names, &hereditary)) {
    return NULL;
  }
  return jsproxy_new_with(jsproxy_value(self), jsval_null(), hereditary ? JS_HEREDITARY_MAP : JS_OBJECT_MAP);
}

static PyObject *
jsproxy_as_py_json(PyObject *self, PyObject *Py_UNUSED(args))
{
  JsVal value = jsproxy_value(self);
  int features = js_features(value);
  if (features < 0) {
    return NULL;
  }
  if (features & (JS_BUFFER | JS_CALLABLE | JS_DOUBLE_PROXY | JS_ERROR)) {
    PyErr_Format(PyExc_TypeError, "as_py_json() is for arrays and objects of data, not for %T", self);
    return NULL;
  }
  return jsproxy_new_with(value, jsval_null(), features & JS_ARRAY ? features | JS_JSON_ARRAY : JS_JSON_MAP);
}

static PyObject *
jsproxy_js_id(PyObject *self, void *Py_UNUSED(closure))
{
  int identity = js_identity(jsproxy_value(self));
  return identity < 0 ? NULL : PyLong_FromLong(identity);
}

static PyObject *
jsproxy_typeof(PyObject *self, void *Py_UNUSED(closure))
{
  return python_from_js(js_type_name(jsproxy_value(self)));
}

static PyMethodDef jsproxy_methods[] = {
    {"new", (PyCFunction)(void (*)(void))jsproxy_new_method, METH_FASTCALL | METH_KEYWORDS,
     "Call as a constructor: JavaScript's `new`."},
    {"to_py", (PyCFunction)(void (*)(void))jsproxy_to_py, METH_VARARGS | METH_KEYWORDS,
     "Convert arrays, maps, sets and plain objects to Python's, down to `depth` levels (-1: all)."},
    {"object_keys", jsproxy_object_keys, METH_NOARGS, "JavaScript's Object.keys() of this."},
    {"object_values", jsproxy_object_values, METH_NOARGS, "JavaScript's Object.values() of this."},
    {"object_entries", jsproxy_object_entries, METH_NOARGS, "JavaScript's Object.entries() of this."},
    {"as_object_map", (PyCFunction)(void (*)(void))jsproxy_as_object_map, METH_VARARGS | METH_KEYWORDS,
     "The object as a mapping of its own properties, by name; `hereditary`: and plain objects in it likewise."},
    {"as_py_json", jsproxy_as_py_json, METH_NOARGS,
     "The object as a mapping, or the array as a sequence, and plain objects and arrays in it likewise."},
    {"__dir__", jsproxy_dir, METH_NOARGS, NULL},
    {0},
};

static PyGetSetDef jsproxy_getset[] = {
    {"js_id", jsproxy_js_id, NULL, "A number that is the same for the same JavaScript object.", NULL},
    {"typeof", jsproxy_typeof, NULL, "JavaScript's `typeof` of this.", NULL},
    {0},
};

static PyType_Spec jsproxy_spec = {
    .name = "pyodide.ffi.JsProxy",
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots =
        (PyType_Slot[]){
            {Py_tp_doc, "A JavaScript object."},
            {Py_tp_getattro, jsproxy_getattro},
            {Py_tp_setattro, jsproxy_setattro},
            {Py_tp_repr, jsproxy_repr},
            {Py_tp_str, jsproxy_repr},
            {Py_tp_richcompare, jsproxy_richcompare},
            {Py_tp_hash, jsproxy_hash},
            {Py_nb_bool, jsproxy_bool},
            {Py_tp_methods, jsproxy_methods},
            {Py_tp_getset, jsproxy_getset},
            {0},
        },
};

static PyMethodDef functions[] = {
    {"to_js", (PyCFunction)(void (*)(void))to_js, METH_VARARGS | METH_KEYWORDS,
     "Convert a Python object to JavaScript, lists, dicts, sets and buffers in depth."},
    {0},
};

int
jsproxy_init(PyObject *module)
{
  concrete_types = PyDict_New();
  jsproxy_type = (PyTypeObject *)PyType_FromSpec(&jsproxy_spec);
  if (concrete_types == NULL || jsproxy_type == NULL || PyModule_AddType(module, jsproxy_type) < 0) {
    return -1;
  }
  return PyModule_AddFunctions(module, functions) < 0 ? -1 : jsproxy_types_init(module);
}
