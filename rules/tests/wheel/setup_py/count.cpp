/* A module in C++: it calls a library in C, throws and catches. */

#include <Python.h>

#include <stdexcept>
#include <string>

#include <counter.h>
#include <numpy/npy_common.h>

static_assert(sizeof(npy_intp) == 4, "numpy's headers are another machine's");

static std::string
describe(long first)
{
  if (first < 0) {
    throw std::out_of_range("a count starts at 0 or above");
  }
  count_from(static_cast<int>(first));
  return "from " + std::to_string(first) + ": " + std::to_string(count());
}

static PyObject *
count_up(PyObject *, PyObject *number)
{
  long first = PyLong_AsLong(number);
  if (first == -1 && PyErr_Occurred()) {
    return nullptr;
  }
  try {
    return PyUnicode_FromString(describe(first).c_str());
  } catch (const std::exception &error) {
    PyErr_SetString(PyExc_ValueError, error.what());
    return nullptr;
  }
}

static PyMethodDef methods[] = {
    {"count_up", count_up, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_count", nullptr, 0, methods, nullptr, nullptr, nullptr, nullptr,
};

PyMODINIT_FUNC
PyInit__count()
{
  return PyModuleDef_Init(&definition);
}
