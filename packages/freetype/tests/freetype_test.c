/* FreeType: its modules, a shape as pixels, and what is no font. Fonts themselves are in matplotlib's test. */

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_MODULE_H
#include FT_OUTLINE_H

#include "packages/testing/check.h"

enum { SIZE = 16 };

static FT_Library library;

static void
test_modules(void)
{
  int major, minor, patch;
  FT_Library_Version(library, &major, &minor, &patch);
  CHECK(major == FREETYPE_MAJOR && minor == FREETYPE_MINOR && patch == FREETYPE_PATCH);
  const char *there[] = {"autofitter", "cff",  "psaux",  "pshinter", "psnames",
                         "raster1",    "sfnt", "smooth", "truetype", "type1"};
  for (size_t i = 0; i < sizeof there / sizeof *there; i++)
    CHECK(FT_Get_Module(library, there[i]) != NULL);
  CHECK(FT_Get_Module(library, "pcf") == NULL);
}

static int
near(int value, int expected)
{
  return value >= expected - 1 && value <= expected + 1;
}

/* A square of 8 by 8 pixels whose sides are in the middle of pixels: full inside, half at the sides. */
static void
test_pixels(void)
{
  FT_Vector points[] = {{4 * 64 + 32, 4 * 64 + 32},
                        {12 * 64 + 32, 4 * 64 + 32},
                        {12 * 64 + 32, 12 * 64 + 32},
                        {4 * 64 + 32, 12 * 64 + 32}};
  unsigned char tags[] = {FT_CURVE_TAG_ON, FT_CURVE_TAG_ON, FT_CURVE_TAG_ON, FT_CURVE_TAG_ON};
  unsigned short contours[] = {3};
  FT_Outline outline = {.n_contours = 1, .n_points = 4, .points = points, .tags = tags, .contours = contours};
  unsigned char pixels[SIZE * SIZE] = {0};
  FT_Bitmap bitmap = {
      .rows = SIZE, .width = SIZE, .pitch = SIZE, .buffer = pixels, .num_grays = 256, .pixel_mode = FT_PIXEL_MODE_GRAY};
  CHECK(FT_Outline_Get_Bitmap(library, &outline, &bitmap) == 0);
  CHECK(pixels[8 * SIZE + 8] == 255 && pixels[0] == 0);
  CHECK(near(pixels[8 * SIZE + 4], 128) && near(pixels[8 * SIZE + 12], 128));
  CHECK(near(pixels[(SIZE - 1 - 4) * SIZE + 4], 64));
}

static void
test_errors(void)
{
  static const FT_Byte nothing[4096];
  FT_Face face;
  CHECK(FT_New_Memory_Face(library, nothing, sizeof nothing, 0, &face) == FT_Err_Unknown_File_Format);
  CHECK(FT_New_Face(library, "/no/such/font.ttf", 0, &face) == FT_Err_Cannot_Open_Resource);
}

int
main(void)
{
  CHECK(FT_Init_FreeType(&library) == 0);
  test_modules();
  test_pixels();
  test_errors();
  CHECK(FT_Done_FreeType(library) == 0);
  return 0;
}
