/* C's functions that take a size, with the size as flang's code passes it: in 64 bits. */

#ifndef TOOLCHAINS_FORTRAN_RUNTIME_TERRARIUM_FORTRAN_H
#define TOOLCHAINS_FORTRAN_RUNTIME_TERRARIUM_FORTRAN_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#ifdef __cplusplus
extern "C" {
#endif

/* malloc; NULL for what does not fit into 32 bits. Compiled Fortran calls it too. */
void *terrarium_fortran_malloc(uint64_t size);

/* realloc; NULL for what does not fit into 32 bits. */
void *terrarium_fortran_realloc(void *memory, uint64_t size);

/* fprintf, vfprintf and vsnprintf, but that %zd, %zu and %zx are for 64 bits. */
int terrarium_fortran_fprintf(FILE *file, const char *format, ...);
int terrarium_fortran_vfprintf(FILE *file, const char *format, va_list arguments);
int terrarium_fortran_vsnprintf(char *text, uint64_t size, const char *format, va_list arguments);

#ifdef __cplusplus
}
#endif

/*
 * isatty, but that standard output and standard error are terminals: the library writes what it has for a terminal after each
 * statement. For others it waits for the program's end, which one that loads modules does not come to.
 */
static inline int
terrarium_fortran_isatty(int file)
{
  return file == STDOUT_FILENO || file == STDERR_FILENO || isatty(file);
}

#endif
