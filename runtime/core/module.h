/* The built-in module `_terrarium_core`. */
#ifndef TERRARIUM_MODULE_H
#define TERRARIUM_MODULE_H

#include <Python.h>

PyMODINIT_FUNC PyInit__terrarium_core(void);

#endif
