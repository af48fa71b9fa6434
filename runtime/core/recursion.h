/* How deep Python may recurse in C before it raises RecursionError.
 *
 * CPython watches the stack in memory, of which every function that may recurse takes a share (cpython/patches). It has to
 * raise before the engine's own stack is full, for that is the end of the interpreter.
 */
#ifndef TERRARIUM_RECURSION_H
#define TERRARIUM_RECURSION_H

#include <stddef.h>

/* Lets Python use `size` bytes of the stack in memory. Returns -1 with an exception if that is too little. */
int terra_limit_stack(size_t size);

/* What fits into the stack of 984 kB that V8 gives to a page. */
#define DEFAULT_STACK_LIMIT (850 * 1024)

#endif
