/*
 * What libffi wants to know about wasm32-emscripten. Names and meanings are those of its configure.ac; a name of which no
 * file asks for this target is left out, and so is one that is false here.
 */

/* Emscripten's C library is musl. */
#define HAVE_ALLOCA_H 1
#define HAVE_MEMCPY 1
#define STDC_HEADERS 1

/* long double has 16 bytes and double 8; there is only one kind, so HAVE_LONG_DOUBLE_VARIANT stays undefined. */
#define HAVE_LONG_DOUBLE 1

/* --disable-raw-api: passing all arguments as one block of words has no meaning for a WebAssembly function. */
#define FFI_NO_RAW_API 1

/* FFI_EXEC_STATIC_TRAMP and FFI_MMAP_… stay undefined: code cannot be written to memory; closures are JavaScript. */

/* clang knows hidden symbols, which a main module does not export. Assembly has no part in this port. */
#define HAVE_HIDDEN_VISIBILITY_ATTRIBUTE 1
#define FFI_HIDDEN __attribute__((visibility("hidden")))
