/* What calls.f90 gets through its calls. */

#include <complex.h>
#include <stdint.h>

#include "packages/testing/check.h"

float distance_(const float _Complex *a, const float _Complex *b);
double distance8_(const double _Complex *a, const double _Complex *b);
void power_(const float _Complex *z, const int32_t *n, float _Complex *result);
int32_t both_(const float *x, const float *y);

int
main(void)
{
  float _Complex a[] = {3 + 4 * I, 1}, b[] = {0, 1 - 12 * I};
  CHECK(distance_(a, b) == 12);
  CHECK(distance_(a, a) == 0);
  double _Complex c = 5, d = -12 * I;
  CHECK(distance8_(&c, &d) == 13);
  CHECK(distance8_(&c, &c) == 0);

  float _Complex z = -4, result;
  int32_t n = 3;
  power_(&z, &n, &result);
  CHECK(cabsf(result - -8 * I) < 1e-5);

  float x = 2.5, y = 3;
  CHECK(both_(&x, &y) == 13);
  y = 2;
  CHECK(both_(&x, &y) == 3);
  return 0;
}
