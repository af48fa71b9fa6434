/* Says which argument of a function is wrong. */

#include <stdio.h>

/* In the type that OpenBLAS calls it by. The name is as long as `length` says. */
int
xerbla_(const char *name, const int *info, int length)
{
  fprintf(stderr, "%.*s: argument %d is wrong\n", length, name, *info);
  return 0;
}
