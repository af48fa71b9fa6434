/* Names of Fortran procedures in C. LAPACK's cblas.h includes it; upstream's build writes it after asking the compiler. */

#ifndef TERRARIUM_CBLAS_MANGLING_H
#define TERRARIUM_CBLAS_MANGLING_H

#define F77_GLOBAL(name, NAME) name##_

#endif
