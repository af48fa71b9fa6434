/* CHECK for test programs: the first condition that does not hold ends the program with status 1. */

#ifndef PACKAGES_TESTING_CHECK_H
#define PACKAGES_TESTING_CHECK_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

/* Works in every build mode, unlike assert. */
#define CHECK(condition) ((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))

static inline _Noreturn void
check_failed(const char *file, int line, const char *condition)
{
  fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
  exit(1);
}

/*
 * Fills `size` bytes with data that compresses to something between nothing and itself, the same in every run: runs of
 * one byte, of random length, among random bytes.
 */
static inline void
check_fill(unsigned char *data, size_t size)
{
  unsigned state = 12345;
  size_t i = 0;
  while (i < size) {
    state = state * 1103515245u + 12345u;
    size_t run = state >> 30 ? 1 : (state >> 16) % 100;
    for (; run > 0 && i < size; run--)
      data[i++] = (unsigned char)(state >> 24);
  }
}

#endif
