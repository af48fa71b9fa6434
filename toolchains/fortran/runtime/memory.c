#include <stdlib.h>

#include "terrarium_fortran.h"

void *
terrarium_fortran_malloc(uint64_t size)
{
  return size > SIZE_MAX ? NULL : malloc((size_t)size);
}

void *
terrarium_fortran_realloc(void *memory, uint64_t size)
{
  return size > SIZE_MAX ? NULL : realloc(memory, (size_t)size);
}
