/* What flang's CMakeLists.txt finds out for runtime/config.h, for wasm32-emscripten. */

#ifndef TOOLCHAINS_FORTRAN_RUNTIME_CONFIG_H
#define TOOLCHAINS_FORTRAN_RUNTIME_CONFIG_H

/* musl's, which returns an int. */
#define HAVE_STRERROR_R 1
#define HAVE_DECL_STRERROR_S 0

#endif
