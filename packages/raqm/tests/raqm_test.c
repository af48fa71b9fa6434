/* Raqm: its version, and a layout that lacks a font. With fonts, matplotlib's test has it. */

#include <string.h>

#include <raqm.h>

#include "packages/testing/check.h"

int
main(void)
{
  CHECK(strcmp(raqm_version_string(), RAQM_VERSION_STRING) == 0);
  CHECK(RAQM_VERSION_ATLEAST(0, 10, 4) && raqm_version_atleast(0, 10, 4));
  raqm_t *layout = raqm_create();
  CHECK(layout != NULL);
  CHECK(raqm_set_text_utf8(layout, "abc", 3));
  CHECK(raqm_set_par_direction(layout, RAQM_DIRECTION_LTR));
  CHECK(!raqm_layout(layout));
  size_t count = 1;
  CHECK(raqm_get_glyphs(layout, &count) == NULL && count == 0);
  raqm_destroy(layout);
  return 0;
}
