/* Calls of BLAS and LAPACK to be timed. See calls.c. */

#ifndef TOOLS_BENCH_BLAS_CALLS_H
#define TOOLS_BENCH_BLAS_CALLS_H

#include <stddef.h>

/* The C symbol of an operation's function, as cblas_dgemm or dgesv_; NULL for an operation that is not there. */
const char *bench_symbol(const char *operation);

/* How many bytes of memory an operation takes for size n. */
size_t bench_bytes(const char *operation, int n);

/* Fills that memory, always with the same numbers. */
void bench_prepare(const char *operation, int n, void *memory);

/*
 * Calls the function `count` times. Gives what LAPACK's `info` was at the last call, 0 for BLAS; -1 for an operation that
 * is not there.
 */
int bench_calls(const char *operation, void *function, int n, void *memory, int count);

/* The mean of what the last call left, without signs: other libraries must come to the same. */
double bench_result(const char *operation, int n, const void *memory);

#endif
