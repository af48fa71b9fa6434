/* One of two modules that call the same library. */

#include <Python.h>

extern void count_from(int first);
extern int count(void);
extern int nowhere(void) __attribute__((weak));

#define TEXT_(name) #name
#define TEXT(name) TEXT_(name)
#define JOIN_(left, right) left##right
#define JOIN(left, right) JOIN_(left, right)

static PyObject *
next(PyObject *self, PyObject *unused)
{
  return PyLong_FromLong(count());
}

static PyObject *
start(PyObject *self, PyObject *unused)
{
  count_from(FIRST);
  Py_RETURN_NONE;
}

/* What a weak function gives that is nowhere defined: C says that its address is none. */
static PyObject *
weak(PyObject *self, PyObject *unused)
{
  return PyLong_FromLong(nowhere ? nowhere() : -1);
}

static PyMethodDef methods[] = {
    {"next", next, METH_NOARGS, NULL},
    {"start", start, METH_NOARGS, NULL},
    {"weak", weak, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = TEXT(NAME),
    .m_doc = "In " __FILE__,
    .m_methods = methods,
};

PyMODINIT_FUNC
JOIN(PyInit_, NAME)(void)
{
  return PyModuleDef_Init(&definition);
}
