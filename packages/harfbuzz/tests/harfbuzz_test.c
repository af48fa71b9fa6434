/* HarfBuzz: what script and direction a text has, what composes, and FreeType beside it. Shaping is in matplotlib's test. */

#include <string.h>

#include <hb-ft.h>
#include <hb.h>

#include "packages/testing/check.h"

int
main(void)
{
  CHECK(strcmp(hb_version_string(), HB_VERSION_STRING) == 0);

  hb_buffer_t *buffer = hb_buffer_create();
  hb_buffer_add_utf8(buffer, "\xd7\x90\xd7\x91\xd7\x92", -1, 0, -1);
  hb_buffer_guess_segment_properties(buffer);
  CHECK(hb_buffer_get_script(buffer) == HB_SCRIPT_HEBREW);
  CHECK(hb_buffer_get_direction(buffer) == HB_DIRECTION_RTL);

  hb_buffer_destroy(buffer);

  hb_codepoint_t composed = 0;
  CHECK(hb_unicode_compose(hb_unicode_funcs_get_default(), 'a', 0x301, &composed) && composed == 0xe1);

  static const FT_Byte nothing[4096];
  FT_Library library;
  FT_Face face;
  CHECK(FT_Init_FreeType(&library) == 0);
  CHECK(FT_New_Memory_Face(library, nothing, sizeof nothing, 0, &face) == FT_Err_Unknown_File_Format);
  CHECK(hb_ft_font_get_ft_face(hb_font_get_empty()) == NULL);
  FT_Done_FreeType(library);
  return 0;
}
