/* What dispatch.f90 makes of types that extend each other. */

#include <stdint.h>
#include <string.h>

#include "packages/testing/check.h"

int32_t described(int32_t which, int32_t length, char *text);

int
main(void)
{
  char text[13];
  CHECK(described(1, sizeof text, text) == 1);
  CHECK(memcmp(text, "square 1 9.0 ", sizeof text) == 0);
  /* Two squares of side 2 and four sides of height 5. */
  CHECK(described(2, sizeof text, text) == 2);
  CHECK(memcmp(text, "square 2 48.0", sizeof text) == 0);
  return 0;
}
