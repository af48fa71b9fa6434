/*
 * Before every file of flang's run-time library (clang's -include): gives it the sizes that flang has in mind.
 *
 * flang is a program for a 64-bit machine. The calls that it makes of its library pass 64 bits where the library's sources
 * say size_t, and array descriptors have 64-bit lengths, bounds and strides, whatever the target. On WebAssembly a
 * call must have just the type of its definition. So in the library's own code, and nowhere else, size_t is uint64_t
 * and ptrdiff_t int64_t: the macros come after all headers of C and C++ that the sources include. What is missing here
 * would see the macros itself; //toolchains/fortran/runtime/tests:headers_test fails for it.
 */

#ifndef TOOLCHAINS_FORTRAN_RUNTIME_WIDE_H
#define TOOLCHAINS_FORTRAN_RUNTIME_WIDE_H

#include <complex.h>
#include <errno.h>
#include <fcntl.h>
#include <float.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "terrarium_fortran.h"

#ifdef __cplusplus
#include <algorithm>
#include <array>
#include <bitset>
#include <cassert>
#include <cctype>
#include <cerrno>
#include <cfenv>
#include <cfloat>
#include <chrono>
#include <cinttypes>
#include <climits>
#include <cmath>
#include <complex>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <future>
#include <initializer_list>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace std {
using ::terrarium_fortran_fprintf;
using ::terrarium_fortran_malloc;
using ::terrarium_fortran_realloc;
using ::terrarium_fortran_vfprintf;
using ::terrarium_fortran_vsnprintf;
} // namespace std
#endif

#define size_t uint64_t
#define ptrdiff_t int64_t

/* C's own take 32 bits, and would give too little memory for too large a size. */
#define malloc terrarium_fortran_malloc
#define realloc terrarium_fortran_realloc

/* The library's messages have %zd for what is size_t there. */
#define fprintf terrarium_fortran_fprintf
#define vfprintf terrarium_fortran_vfprintf
#define vsnprintf terrarium_fortran_vsnprintf

/* Modules' programs never end, which is when else the library would write what it has for standard output. */
#define isatty terrarium_fortran_isatty

/*
 * The kinds of REAL that the library has are 4 and 8. Kind 10 is 64-bit x86's alone. Kind 16 would be long double here; it
 * is not worth a third of the library again, and the functions of runtime/Float128Math, for what few programs use.
 */
#undef LDBL_MANT_DIG
#define LDBL_MANT_DIG 53

/* WebAssembly has no floating-point exceptions; C then leaves these undefined. */
#define FE_DIVBYZERO 0
#define FE_INEXACT 0
#define FE_INVALID 0
#define FE_OVERFLOW 0
#define FE_UNDERFLOW 0

/* Where libc++ has this, the library defines libc++'s function anew, but not as today's libc++ declares it. */
#undef _LIBCPP_VERBOSE_ABORT

#endif
