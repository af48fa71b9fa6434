/* A library with a variable: modules that have one copy of it count together. */

#include "rules/tests/wheel/counter.h"

static int last;

void
count_from(int first)
{
  last = first;
}

int
count(void)
{
  return ++last;
}
