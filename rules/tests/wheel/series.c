/* A module that calls Fortran. */

#include <Python.h>

extern void total_(const int *n, const double *x, double *sum_of_squares);
extern void spell_(const double *x, char *text);

static PyObject *
total(PyObject *self, PyObject *unused)
{
  const double x[] = {1.0, 2.0, 3.0, 4.5};
  const int n = sizeof x / sizeof *x;
  double sum;

  total_(&n, x, &sum);
  return PyFloat_FromDouble(sum);
}

static PyObject *
spell(PyObject *self, PyObject *number)
{
  const double x = PyFloat_AsDouble(number);
  char text[16];

  if (x == -1.0 && PyErr_Occurred())
    return NULL;
  spell_(&x, text);
  return PyUnicode_FromString(text);
}

static PyMethodDef methods[] = {
    {"total", total, METH_NOARGS, NULL},
    {"spell", spell, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_f",
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit__f(void)
{
  return PyModuleDef_Init(&definition);
}
