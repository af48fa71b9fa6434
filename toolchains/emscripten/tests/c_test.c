// A C program: formatted output, a file, mathematics, and setjmp/longjmp through frames that hold state.
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static jmp_buf environment;
static int depth_reached;

static void
descend(int depth)
{
  depth_reached = depth;
  if (depth == 20) {
    longjmp(environment, 42);
  }
  descend(depth + 1);
}

static int
check(int condition, const char *what)
{
  if (!condition) {
    fprintf(stderr, "failed: %s\n", what);
  }
  return condition ? 0 : 1;
}

int
main(void)
{
  int failures = 0;
  volatile int kept = 7;

  int value = setjmp(environment);
  if (value == 0) {
    descend(0);
    failures += check(0, "longjmp does not return");
  }
  failures += check(value == 42, "setjmp gives longjmp's value");
  failures += check(depth_reached == 20, "longjmp left from the deepest frame");
  failures += check(kept == 7, "a volatile local survives longjmp");

  char text[64];
  snprintf(text, sizeof text, "%.12f %lld %s", sqrt(2.0), 1LL << 40, "wasm");
  failures += check(strcmp(text, "1.414213562373 1099511627776 wasm") == 0, "snprintf");

  errno = 0;
  failures += check(fopen("/no/such/file", "r") == NULL && errno == ENOENT, "fopen sets errno");
  failures += check(sizeof(void *) == 4 && sizeof(long double) == 16, "the data model of wasm32");

  void *block = malloc(64 << 20);
  failures += check(block != NULL, "memory grows");
  free(block);
  return failures;
}
