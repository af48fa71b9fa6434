/* Common blocks of common.f90, from C: the same memory for all files, with the values that one of them gives. */

#include <stdint.h>

#include "packages/testing/check.h"

extern struct {
  double x;
  int32_t counts[3];
} shared_;

extern struct {
  int32_t i;
  char word[5];
} filled_;

void fill_(const int32_t *first);
int32_t sum_of_all_(void);

int
main(void)
{
  CHECK(shared_.x == 0 && shared_.counts[2] == 0);
  CHECK(filled_.i == 100 && filled_.word[0] == 'h' && filled_.word[4] == 'o');
  int32_t first = 10;
  fill_(&first);
  CHECK(shared_.x == 10.5);
  CHECK(shared_.counts[0] == 10 && shared_.counts[1] == 11 && shared_.counts[2] == 12);
  CHECK(sum_of_all_() == 10 + 33 + 100 + 10);
  shared_.counts[0] = 20;
  filled_.i = 1;
  CHECK(sum_of_all_() == 10 + 43 + 1 + 10);
  return 0;
}
