/* One class for each ability of a JavaScript object. They hold no data: see jsproxy.c. Maps are in jsproxy_maps.c. */
#include "jsproxy_types.h"

#include "convert.h"
#include "errors.h"

/* -- JsCallable: called through the vectorcall slot of the concrete type -- */

static PyType_Spec callable_spec = {
    .name = "pyodide.ffi.JsCallable",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript function."}),
};

/* -- JsIterable, JsIterator, JsGenerator -- */

static PyObject *
iterable_iter(PyObject *self)
{
  JsVal iterator = js_iterator(jsproxy_value(self));
  return jsval_failed(iterator) ? NULL : python_from_js(iterator);
}

static PyType_Spec iterable_spec = {
    .name = "pyodide.ffi.JsIterable",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript object with a Symbol.iterator method."}, {Py_tp_iter, iterable_iter}),
};

static PySendResult
resume(PyObject *self, enum JsResume how, JsVal value, PyObject **result)
{
  *result = NULL;
  int done = 0;
  JsVal got = js_resume(jsproxy_value(self), how, value, &done);
  if (!jsval_failed(got)) {
    *result = python_from_js(got);
  }
  if (*result == NULL) {
    return PYGEN_ERROR;
  }
  return done ? PYGEN_RETURN : PYGEN_NEXT;
}

static PySendResult
iterator_send(PyObject *self, PyObject *value, PyObject **result)
{
  JsVal sent = js_from_python(value);
  if (jsval_failed(sent)) {
    *result = NULL;
    return PYGEN_ERROR;
  }
  return resume(self, JS_RESUME_NEXT, sent, result);
}

/* The result of __next__, send() and throw(), from a PySendResult. */
static PyObject *
yielded(PySendResult status, PyObject *value)
{
  if (status == PYGEN_RETURN) {
    PyObject *stop = PyObject_CallOneArg(PyExc_StopIteration, value);
    Py_DECREF(value);
    if (stop != NULL) {
      PyErr_SetRaisedException(stop);
    }
    return NULL;
  }
  return value;
}

static PyObject *
iterator_next(PyObject *self)
{
  PyObject *value;
  PySendResult status = iterator_send(self, Py_None, &value);
  return yielded(status, value);
}

static PyObject *
generator_send(PyObject *self, PyObject *sent)
{
  PyObject *value;
  PySendResult status = iterator_send(self, sent, &value);
  return yielded(status, value);
}

static PyType_Spec iterator_spec = {
    .name = "pyodide.ffi.JsIterator",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript object with a next() method."}, {Py_tp_iter, PyObject_SelfIter},
          {Py_tp_iternext, iterator_next}, {Py_am_send, iterator_send}),
};

/* What throw(type[, value[, traceback]]) means; NULL with a TypeError when that is no exception. */
static PyObject *
thrown_exception(PyObject *type, PyObject *value)
{
  if (PyExceptionInstance_Check(type)) {
    return Py_NewRef(type);
  }
  if (!PyExceptionClass_Check(type)) {
    PyErr_Format(PyExc_TypeError, "exceptions must be classes or instances deriving from BaseException, not %T", type);
    return NULL;
  }
  if (value != NULL && PyExceptionInstance_Check(value)) {
    return Py_NewRef(value);
  }
  return value == NULL || value == Py_None ? PyObject_CallNoArgs(type) : PyObject_CallOneArg(type, value);
}

static PyObject *
generator_throw(PyObject *self, PyObject *args)
{
  PyObject *type, *value = NULL, *traceback = NULL;
  if (!PyArg_ParseTuple(args, "O|OO:throw", &type, &value, &traceback)) {
    return NULL;
  }
  PyObject *exception = thrown_exception(type, value);
  if (exception == NULL) {
    return NULL;
  }
  JsVal error = error_from_python(exception);
  Py_DECREF(exception);
  PyObject *result;
  PySendResult status = resume(self, JS_RESUME_THROW, error, &result);
  return yielded(status, result);
}

static PyObject *
generator_close(PyObject *self, PyObject *Py_UNUSED(args))
{
  PyObject *result;
  PySendResult status = resume(self, JS_RESUME_RETURN, js_undefined(), &result);
  Py_XDECREF(result);
  if (status == PYGEN_NEXT) {
    PyErr_SetString(PyExc_RuntimeError, "JavaScript generator ignored return");
  }
  if (status != PYGEN_RETURN) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyMethodDef generator_methods[] = {
    {"send", generator_send, METH_O, "Resume with a value; gives what is yielded next."},
    {"throw", generator_throw, METH_VARARGS, "Raise an exception where it waits; gives what is yielded next."},
    {"close", generator_close, METH_NOARGS, "End it where it waits."},
    {0},
};

static PyType_Spec generator_spec = {
    .name = "pyodide.ffi.JsGenerator",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript generator."}, {Py_tp_methods, generator_methods}),
};

/* -- length, containment -- */

Py_ssize_t
jsproxy_length(PyObject *self)
{
  return js_length(jsproxy_value(self));
}

int
jsproxy_contains(PyObject *self, PyObject *item)
{
  JsVal borrowed = js_array();
  JsVal value = js_from_python_borrowed(item, borrowed);
  int result = jsval_failed(value) ? -1 : js_contains(jsproxy_value(self), value);
  js_release_borrowed(borrowed);
  return result;
}

static PyType_Spec sized_spec = {
    .name = "pyodide.ffi.JsSized",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript object with a length or size."}, {Py_mp_length, jsproxy_length}),
};

static PyType_Spec container_spec = {
    .name = "pyodide.ffi.JsContainer",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript object with a has() or includes() method."}, {Py_sq_contains, jsproxy_contains}),
};

/* -- JsArray -- */

/* The JavaScript array of an iterable's items, for slice assignment and extend(). */
static JsVal
array_from_iterable(PyObject *iterable)
{
  PyObject *items = PySequence_Fast(iterable, "can only assign an iterable");
  if (items == NULL) {
    return jsval_null();
  }
  JsVal array = js_array();
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(items); i++) {
    JsVal value = js_from_python(PySequence_Fast_GET_ITEM(items, i));
    if (jsval_failed(value) || js_push(array, value) < 0) {
      array = jsval_null();
      break;
    }
  }
  Py_DECREF(items);
  return array;
}

/* Resolves a possibly negative index; -1 with an IndexError when it is out of range. */
static Py_ssize_t
array_index(JsVal array, PyObject *key)
{
  Py_ssize_t index = PyNumber_AsSsize_t(key, PyExc_IndexError);
  if (index == -1 && PyErr_Occurred()) {
    return -1;
  }
  Py_ssize_t length = js_length(array);
  Py_ssize_t resolved = index < 0 ? index + length : index;
  if (resolved < 0 || resolved >= length) {
    PyErr_SetObject(PyExc_IndexError, key);
    return -1;
  }
  return resolved;
}

static PyObject *
array_get(PyObject *self, PyObject *key, int view)
{
  JsVal array = jsproxy_value(self);
  if (PySlice_Check(key)) {
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(key, &start, &stop, &step) < 0) {
      return NULL;
    }
    Py_ssize_t count = PySlice_AdjustIndices(js_length(array), &start, &stop, step);
    JsVal slice = js_array_slice(array, start, step, count);
    return jsval_failed(slice) ? NULL : jsproxy_python_in_view(slice, view);
  }
  if (!PyIndex_Check(key)) {
    PyErr_Format(PyExc_TypeError, "list indices must be integers or slices, not %T", key);
    return NULL;
  }
  Py_ssize_t index = array_index(array, key);
  return index < 0 ? NULL : jsproxy_python_in_view(js_at(array, index), view);
}

static PyObject *
array_subscript(PyObject *self, PyObject *key)
{
  return array_get(self, key, 0);
}

static int
array_assign_slice(JsVal array, PyObject *slice, PyObject *value)
{
  Py_ssize_t start, stop, step;
  if (PySlice_Unpack(slice, &start, &stop, &step) < 0) {
    return -1;
  }
  Py_ssize_t count = PySlice_AdjustIndices(js_length(array), &start, &stop, step);
  JsVal values = value == NULL ? js_array() : array_from_iterable(value);
  if (jsval_failed(values)) {
    return -1;
  }
  if (step == 1) {
    return js_array_splice(array, start, count, values);
  }
  if (value == NULL) {
    /* From the end, so that what is still to be deleted keeps its index. */
    for (Py_ssize_t i = 0; i < count; i++) {
      Py_ssize_t index = step > 0 ? start + (count - 1 - i) * step : start + i * step;
      if (js_array_splice(array, index, 1, values) < 0) {
        return -1;
      }
    }
    return 0;
  }
  if (js_length(values) != count) {
    PyErr_Format(PyExc_ValueError, "attempt to assign sequence of size %zd to extended slice of size %zd",
                 js_length(values), count);
    return -1;
  }
  for (Py_ssize_t i = 0; i < count; i++) {
    if (js_array_assign(array, start + i * step, js_at(values, i)) < 0) {
      return -1;
    }
  }
  return 0;
}

static int
array_ass_subscript(PyObject *self, PyObject *key, PyObject *value)
{
  JsVal array = jsproxy_value(self);
  if (PySlice_Check(key)) {
    return array_assign_slice(array, key, value);
  }
  Py_ssize_t index = array_index(array, key);
  if (index < 0) {
    return -1;
  }
  if (value == NULL) {
    return js_array_splice(array, index, 1, js_array());
  }
  JsVal converted = js_from_python(value);
  return jsval_failed(converted) ? -1 : js_array_assign(array, index, converted);
}

static PyObject *
array_append(PyObject *self, PyObject *item)
{
  JsVal value = js_from_python(item);
  if (jsval_failed(value) || js_push(jsproxy_value(self), value) < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *
array_extend(PyObject *self, PyObject *iterable)
{
  JsVal array = jsproxy_value(self);
  JsVal values = array_from_iterable(iterable);
  if (jsval_failed(values) || js_array_splice(array, js_length(array), 0, values) < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *
array_insert(PyObject *self, PyObject *args)
{
  Py_ssize_t index;
  PyObject *item;
  if (!PyArg_ParseTuple(args, "nO:insert", &index, &item)) {
    return NULL;
  }
  JsVal array = jsproxy_value(self);
  JsVal value = js_from_python(item);
  JsVal values = js_array();
  if (jsval_failed(value) || js_push(values, value) < 0) {
    return NULL;
  }
  /* Beyond an end is at that end, as in a list. */
  Py_ssize_t length = js_length(array);
  index = Py_MIN(index < 0 ? Py_MAX(index + length, 0) : index, length);
  if (js_array_splice(array, index, 0, values) < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyMethodDef array_methods[] = {
    {"append", array_append, METH_O, "Add an item at the end."},
    {"extend", array_extend, METH_O, "Add the items of an iterable at the end."},
    {"insert", array_insert, METH_VARARGS, "Add an item before that of this index: insert(index, item)."},
    {0},
};

static PyType_Spec array_spec = {
    .name = "pyodide.ffi.JsArray",
    .flags = ABSTRACT | Py_TPFLAGS_SEQUENCE,
    SLOTS({Py_tp_doc, "A JavaScript array, NodeList, HTMLCollection or typed array."}, {Py_mp_length, jsproxy_length},
          {Py_mp_subscript, array_subscript}, {Py_mp_ass_subscript, array_ass_subscript},
          {Py_sq_contains, jsproxy_contains}, {Py_tp_methods, array_methods}),
};

static PyObject *
json_array_subscript(PyObject *self, PyObject *key)
{
  return array_get(self, key, JS_JSON_MAP);
}

/* What Python's iterator of sequences asks for: an index is not negative. */
static PyObject *
json_array_item(PyObject *self, Py_ssize_t index)
{
  JsVal array = jsproxy_value(self);
  if (index >= js_length(array)) {
    PyErr_SetString(PyExc_IndexError, "list index out of range");
    return NULL;
  }
  return jsproxy_python_in_view(js_at(array, index), JS_JSON_MAP);
}

static PyType_Spec json_array_spec = {
    .name = "pyodide.ffi.JsJsonArray",
    .flags = ABSTRACT | Py_TPFLAGS_SEQUENCE,
    SLOTS({Py_tp_doc, "An array whose items are seen as JSON: see JsProxy.as_py_json()."}, {Py_tp_iter, PySeqIter_New},
          {Py_sq_item, json_array_item}, {Py_mp_subscript, json_array_subscript}),
};

static PyType_Spec array_like_spec = {
    .name = "pyodide.ffi.JsArrayLike",
    .flags = ABSTRACT | Py_TPFLAGS_SEQUENCE,
    SLOTS({Py_tp_doc, "A JavaScript object with a length, an iterator and items by index, as a FileList has them."},
          {Py_mp_length, jsproxy_length}, {Py_mp_subscript, array_subscript}, {Py_sq_contains, jsproxy_contains}),
};

/* -- JsPromise, JsAsyncIterable, JsAsyncIterator: the Python side is _terrarium/promises.py -- */

static PyObject *
promise_await(PyObject *self)
{
  PyObject *future = call_helper("_terrarium.promises", "future_of", &self, 1);
  if (future == NULL) {
    return NULL;
  }
  unaryfunc await = Py_TYPE(future)->tp_as_async->am_await;
  PyObject *iterator = await(future);
  Py_DECREF(future);
  return iterator;
}

static PyObject *
promise_then(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
  if (count < 1 || count > 2) {
    PyErr_SetString(PyExc_TypeError, "then() takes one or two arguments");
    return NULL;
  }
  PyObject *all[] = {self, args[0], count > 1 ? args[1] : Py_None};
  return call_helper("_terrarium.promises", "then", all, 3);
}

static PyObject *
promise_catch(PyObject *self, PyObject *handler)
{
  PyObject *all[] = {self, Py_None, handler};
  return call_helper("_terrarium.promises", "then", all, 3);
}

static PyObject *
promise_finally(PyObject *self, PyObject *handler)
{
  PyObject *all[] = {self, handler};
  return call_helper("_terrarium.promises", "finally_", all, 2);
}

static PyMethodDef promise_methods[] = {
    {"then", (PyCFunction)(void (*)(void))promise_then, METH_FASTCALL,
     "JavaScript's then(), whose handlers are kept alive until the promise is settled."},
    {"catch", promise_catch, METH_O, "JavaScript's catch(); see then()."},
    {"finally_", promise_finally, METH_O, "JavaScript's finally(); see then()."},
    {0},
};

static PyType_Spec promise_spec = {
    .name = "pyodide.ffi.JsPromise",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript promise, or what has its then() method."}, {Py_am_await, promise_await},
          {Py_tp_methods, promise_methods}),
};

static PyObject *
async_iter(PyObject *self)
{
  JsVal iterator = js_async_iterator(jsproxy_value(self));
  return jsval_failed(iterator) ? NULL : jsproxy_new(iterator, jsval_null());
}

static PyObject *
async_next(PyObject *self)
{
  return call_helper("_terrarium.promises", "next_of", &self, 1);
}

static PyType_Spec async_iterable_spec = {
    .name = "pyodide.ffi.JsAsyncIterable",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript object with a Symbol.asyncIterator method."}, {Py_am_aiter, async_iter}),
};

static PyType_Spec async_iterator_spec = {
    .name = "pyodide.ffi.JsAsyncIterator",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript asynchronous iterator."}, {Py_am_aiter, PyObject_SelfIter},
          {Py_am_anext, async_next}),
};

/* -- JsBuffer, JsTypedArray -- */

static PyObject *
buffer_to_bytes(PyObject *self, PyObject *Py_UNUSED(args))
{
  JsVal buffer = jsproxy_value(self);
  Py_ssize_t size = js_buffer_size(buffer);
  PyObject *bytes = size < 0 ? NULL : PyBytes_FromStringAndSize(NULL, size);
  if (bytes != NULL && js_buffer_read(buffer, PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes)) < 0) {
    Py_CLEAR(bytes);
  }
  return bytes;
}

static PyObject *
buffer_to_memoryview(PyObject *self, PyObject *Py_UNUSED(args))
{
  JsVal buffer = jsproxy_value(self);
  Py_ssize_t size = js_buffer_size(buffer);
  PyObject *copy = size < 0 ? NULL : PyByteArray_FromStringAndSize(NULL, size);
  if (copy == NULL || js_buffer_read(buffer, PyByteArray_AS_STRING(copy), PyByteArray_GET_SIZE(copy)) < 0) {
    Py_XDECREF(copy);
    return NULL;
  }
  PyObject *view = PyMemoryView_FromObject(copy);
  Py_DECREF(copy);
  char format[2] = {(char)js_buffer_format(buffer), 0};
  if (view != NULL && format[0] != 'B') {
    Py_SETREF(view, PyObject_CallMethod(view, "cast", "s", format));
  }
  return view;
}

static PyObject *
buffer_to_string(PyObject *self, PyObject *args)
{
  const char *encoding = "utf-8", *errors = "strict";
  if (!PyArg_ParseTuple(args, "|ss:to_string", &encoding, &errors)) {
    return NULL;
  }
  PyObject *bytes = buffer_to_bytes(self, NULL);
  PyObject *text = bytes == NULL ? NULL : PyUnicode_FromEncodedObject(bytes, encoding, errors);
  Py_XDECREF(bytes);
  return text;
}

/* Copies between the JavaScript buffer and a Python one, whose sizes must agree. */
static PyObject *
copy_buffer(PyObject *self, PyObject *other, bool to_python)
{
  Py_buffer view;
  if (PyObject_GetBuffer(other, &view, to_python ? PyBUF_CONTIG : PyBUF_CONTIG_RO) < 0) {
    return NULL;
  }
  JsVal buffer = jsproxy_value(self);
  Py_ssize_t size = js_buffer_size(buffer);
  int failed = -1;
  if (size >= 0 && view.len != size) {
    PyErr_Format(PyExc_ValueError, "cannot copy between buffers of %zd and %zd bytes: make them the same size", size,
                 view.len);
  }
  else if (size >= 0) {
    failed = to_python ? js_buffer_read(buffer, view.buf, view.len) : js_buffer_write(buffer, view.buf, view.len);
  }
  PyBuffer_Release(&view);
  if (failed) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *
buffer_assign(PyObject *self, PyObject *other)
{
  return copy_buffer(self, other, false);
}

static PyObject *
buffer_assign_to(PyObject *self, PyObject *other)
{
  return copy_buffer(self, other, true);
}

static PyMethodDef buffer_methods[] = {
    {"to_bytes", buffer_to_bytes, METH_NOARGS, "A copy, as bytes."},
    {"to_memoryview", buffer_to_memoryview, METH_NOARGS, "A copy, as a memoryview with the type of the items."},
    {"to_string", buffer_to_string, METH_VARARGS,
     "The contents decoded: to_string(encoding='utf-8', errors='strict')."},
    {"assign", buffer_assign, METH_O, "Copy the contents of a Python buffer of the same size into this."},
    {"assign_to", buffer_assign_to, METH_O, "Copy the contents into a Python buffer of the same size."},
    {0},
};

static PyType_Spec buffer_spec = {
    .name = "pyodide.ffi.JsBuffer",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript ArrayBuffer or a view of one."}, {Py_tp_methods, buffer_methods}),
};

static PyType_Spec typed_array_spec = {
    .name = "pyodide.ffi.JsTypedArray",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript typed array."}),
};

/* -- JsException -- */

static PyObject *
exception_js_error(PyObject *self, void *Py_UNUSED(closure))
{
  return Py_NewRef(self);
}

static PyObject *
exception_repr(PyObject *self)
{
  JsVal text = js_to_string(jsproxy_value(self));
  return jsval_failed(text) ? NULL : python_from_js(text);
}

static PyGetSetDef exception_getset[] = {
    {"js_error", exception_js_error, NULL, "The JavaScript Error: this very object.", NULL},
    {0},
};

static PyType_Spec exception_spec = {
    .name = "pyodide.ffi.JsException",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript Error, as an exception that Python can raise and catch."},
          {Py_tp_repr, exception_repr}, {Py_tp_str, exception_repr}, {Py_tp_getset, exception_getset}),
};

/* -- JsDoubleProxy: what create_proxy() gives -- */

static PyObject *
double_proxy_destroy(PyObject *self, PyObject *Py_UNUSED(args))
{
  if (js_pyproxy_destroy(jsproxy_value(self)) < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *
double_proxy_unwrap(PyObject *self, PyObject *Py_UNUSED(args))
{
  return Py_XNewRef(js_pyproxy_object(jsproxy_value(self)));
}

static PyMethodDef double_proxy_methods[] = {
    {"destroy", double_proxy_destroy, METH_NOARGS, "Destroy the PyProxy; JavaScript can use it no more."},
    {"unwrap", double_proxy_unwrap, METH_NOARGS, "The Python object."},
    {0},
};

static PyType_Spec double_proxy_spec = {
    .name = "pyodide.ffi.JsDoubleProxy",
    .flags = ABSTRACT,
    SLOTS({Py_tp_doc, "A JavaScript proxy of a Python object, made by create_proxy()."},
          {Py_tp_methods, double_proxy_methods}),
};

/* -- the table -- */

JsProxyAbility jsproxy_abilities[] = {
    {JS_DOUBLE_PROXY},   {JS_ERROR},          {JS_THENABLE},   {JS_JSON_ARRAY},   {JS_ARRAY},    {JS_ARRAY_LIKE},
    {JS_JSON_MAP},       {JS_HEREDITARY_MAP}, {JS_OBJECT_MAP}, {JS_MUTABLE_MAP},  {JS_MAP},      {JS_HAS_SET},
    {JS_HAS_GET},        {JS_TYPED_ARRAY},    {JS_BUFFER},     {JS_GENERATOR},    {JS_ITERATOR}, {JS_ITERABLE},
    {JS_ASYNC_ITERATOR}, {JS_ASYNC_ITERABLE}, {JS_HAS_LENGTH}, {JS_HAS_CONTAINS}, {JS_CALLABLE}, {0},
};

/* The place of a feature's class. */
static PyTypeObject **
place_of(int feature)
{
  JsProxyAbility *ability = jsproxy_abilities;
  while (ability->feature != feature) {
    ability++;
  }
  return &ability->type;
}

/* An abstract class of collections.abc, and the methods of it that need no more than the other methods. */
typedef struct {
  const char *name;
  const char *const *methods;
} Abc;

static const Abc mapping = {
    "Mapping",
    (const char *const[]){"get", "items", "keys", "values", NULL},
};

static const Abc mutable_mapping = {
    "MutableMapping",
    /* The last is by what pop() knows that it was given no default. */
    (const char *const[]){"pop", "popitem", "setdefault", "update", "_MutableMapping__marker", NULL},
};

static const Abc sequence = {
    "Sequence",
    (const char *const[]){"__reversed__", "count", "index", NULL},
};

static const Abc mutable_sequence = {
    "MutableSequence",
    (const char *const[]){"__iadd__", "__reversed__", "clear", "count", "index", "pop", "remove", "reverse", NULL},
};

/* Makes the class one of an abstract class's kind: isinstance() knows it, and it has the methods. */
static int
add_abc(PyTypeObject *type, const Abc *abc)
{
  PyObject *abstract = PyImport_ImportModuleAttrString("_collections_abc", abc->name);
  PyObject *registered = abstract == NULL ? NULL : PyObject_CallMethod(abstract, "register", "O", type);
  int result = registered == NULL ? -1 : 0;
  for (const char *const *name = abc->methods; *name != NULL && result == 0; name++) {
    PyObject *method = PyObject_GetAttrString(abstract, *name);
    result = method == NULL ? -1 : PyObject_SetAttrString((PyObject *)type, *name, method);
    Py_XDECREF(method);
  }
  Py_XDECREF(registered);
  Py_XDECREF(abstract);
  return result;
}

/* One class to be made. */
typedef struct {
  int feature;
  PyType_Spec *spec;
  int base_feature; /* whose class is the base; 0: JsProxy */
  const Abc *abc;   /* NULL: none */
} ClassSpec;

static int
make_class(PyObject *module, const ClassSpec *class)
{
  PyTypeObject *base = class->base_feature ? *place_of(class->base_feature) : jsproxy_type;
  PyObject *bases = class->feature == JS_ERROR ? PyTuple_Pack(2, base, PyExc_Exception) : PyTuple_Pack(1, base);
  if (bases == NULL) {
    return -1;
  }
  PyTypeObject *type = (PyTypeObject *)PyType_FromSpecWithBases(class->spec, bases);
  Py_DECREF(bases);
  *place_of(class->feature) = type;
  if (type == NULL || (class->abc != NULL && add_abc(type, class->abc) < 0)) {
    return -1;
  }
  return PyModule_AddType(module, type);
}

int
jsproxy_types_init(PyObject *module)
{
  static const ClassSpec classes[] = {
      {JS_CALLABLE, &callable_spec},
      {JS_ITERABLE, &iterable_spec},
      {JS_ITERATOR, &iterator_spec, JS_ITERABLE},
      {JS_GENERATOR, &generator_spec, JS_ITERATOR},
      {JS_HAS_LENGTH, &sized_spec},
      {JS_HAS_CONTAINS, &container_spec},
      {JS_ARRAY, &array_spec, 0, &mutable_sequence},
      {JS_ARRAY_LIKE, &array_like_spec, 0, &sequence},
      {JS_JSON_ARRAY, &json_array_spec, JS_ARRAY},
      {JS_HAS_GET, &jsproxy_indexable_spec},
      {JS_HAS_SET, &jsproxy_mutable_indexable_spec, JS_HAS_GET},
      {JS_MAP, &jsproxy_map_spec, JS_HAS_GET, &mapping},
      {JS_MUTABLE_MAP, &jsproxy_mutable_map_spec, JS_MAP, &mutable_mapping},
      {JS_OBJECT_MAP, &jsproxy_object_map_spec, JS_MUTABLE_MAP},
      {JS_HEREDITARY_MAP, &jsproxy_hereditary_map_spec, JS_OBJECT_MAP},
      {JS_JSON_MAP, &jsproxy_json_map_spec, JS_OBJECT_MAP},
      {JS_THENABLE, &promise_spec},
      {JS_ASYNC_ITERABLE, &async_iterable_spec},
      {JS_ASYNC_ITERATOR, &async_iterator_spec, JS_ASYNC_ITERABLE},
      {JS_BUFFER, &buffer_spec},
      {JS_TYPED_ARRAY, &typed_array_spec, JS_BUFFER},
      {JS_ERROR, &exception_spec},
      {JS_DOUBLE_PROXY, &double_proxy_spec},
  };
  for (size_t i = 0; i < Py_ARRAY_LENGTH(classes); i++) {
    if (make_class(module, &classes[i]) < 0) {
      return -1;
    }
  }
  return 0;
}
