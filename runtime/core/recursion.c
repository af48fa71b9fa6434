#include "recursion.h"

#include <Python.h>

void
recursion_limits_set(void)
{
}
