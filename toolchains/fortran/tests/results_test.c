/* What results.f90 makes of its functions' results. */

#include "packages/testing/check.h"

float sum_of_results(const float values[4]);

int
main(void)
{
  const float values[] = {1, 3, 100, 1000};
  /* 33 of fixed, 10 of counted, 3 of allocated_one, 1103 of tail, 2 and 7 of halfway, 1 of place. */
  CHECK(sum_of_results(values) == 1159);
  return 0;
}
