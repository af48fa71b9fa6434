/* A module that is compiled against numpy's headers, and takes a function from its static library. */

#include <Python.h>
#include <numpy/halffloat.h>
#include <numpy/npy_common.h>

/* The header is the target's: the machine that builds has 8 for each. */
_Static_assert(NPY_SIZEOF_LONG == 4, "numpy's headers are another machine's");
_Static_assert(sizeof(npy_intp) == 4, "numpy's headers are another machine's");

static PyObject *
half(PyObject *self, PyObject *bits)
{
  long value = PyLong_AsLong(bits);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  return PyFloat_FromDouble(npy_half_to_double((npy_half)value));
}

static PyMethodDef methods[] = {
    {"half", half, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_n",
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit__n(void)
{
  return PyModuleDef_Init(&definition);
}
