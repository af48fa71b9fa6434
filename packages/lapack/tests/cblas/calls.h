/*
 * Put before each C source of CBLAS's testers: upstream's header, without the lengths of strings that it takes every Fortran
 * compiler to pass. Here none does (//toolchains/fortran), nor does a BLAS when it calls xerbla.
 */

#ifndef TERRARIUM_CBLAS_CALLS_H
#define TERRARIUM_CBLAS_CALLS_H

#include "cblas_test.h"

#undef BLAS_FORTRAN_STRLEN_END

/* The testers call it with a length whether or not there are any. */
#undef F77_xerbla
#define F77_xerbla(name, info, ...) xerbla_(name, info)

#endif
