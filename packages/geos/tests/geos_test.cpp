// GEOS: areas that are known, what is written is read again, and errors come as messages and not as exceptions.

#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <string>

#include <geos_c.h>

#include "packages/testing/check.h"

static std::string message;

static void
remember(const char *text, void *)
{
  message = text;
}

static GEOSContextHandle_t context;

static GEOSGeometry *
read(const char *text)
{
  GEOSWKTReader *reader = GEOSWKTReader_create_r(context);
  GEOSGeometry *geometry = GEOSWKTReader_read_r(context, reader, text);
  GEOSWKTReader_destroy_r(context, reader);
  return geometry;
}

static std::string
written(const GEOSGeometry *geometry)
{
  GEOSWKTWriter *writer = GEOSWKTWriter_create_r(context);
  char *text = GEOSWKTWriter_write_r(context, writer, geometry);
  std::string result = text;
  GEOSFree_r(context, text);
  GEOSWKTWriter_destroy_r(context, writer);
  return result;
}

static double
area(const GEOSGeometry *geometry)
{
  double result = NAN;
  CHECK(geometry != nullptr && GEOSArea_r(context, geometry, &result) == 1);
  return result;
}

static void
test_version()
{
  CHECK(std::string(GEOSversion()) == GEOS_CAPI_VERSION);
  CHECK(std::string(GEOSversion()) == "3.13.1-CAPI-1.19.2");
}

static void
test_overlay()
{
  GEOSGeometry *a = read("POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))");
  GEOSGeometry *b = read("POLYGON ((1 1, 3 1, 3 3, 1 3, 1 1))");
  GEOSGeometry *both = GEOSIntersection_r(context, a, b);
  GEOSGeometry *either = GEOSUnion_r(context, a, b);
  GEOSGeometry *round = GEOSBuffer_r(context, a, 1, 64);
  CHECK(area(both) == 1 && area(either) == 7);
  // The square, four strips of 2 by 1, and four quarters of a circle.
  CHECK(std::fabs(area(round) - (4 + 8 + std::acos(-1.0))) < 1e-3);
  CHECK(GEOSIntersects_r(context, a, b) == 1 && GEOSWithin_r(context, a, b) == 0);
  for (GEOSGeometry *geometry : {a, b, both, either, round})
    GEOSGeom_destroy_r(context, geometry);
}

static void
test_formats()
{
  // Numbers are the shortest that read as the doubles that they are, and have at most 16 decimals.
  GEOSGeometry *line = read("LINESTRING (0 -1, 1e300 0.1, 0.1234567890123456 5)");
  CHECK(line != nullptr);
  CHECK(written(line) == "LINESTRING (0 -1, 1e+300 0.1, 0.1234567890123456 5)");
  GEOSWKBWriter *writer = GEOSWKBWriter_create_r(context);
  GEOSWKBReader *reader = GEOSWKBReader_create_r(context);
  size_t size = 0;
  unsigned char *bytes = GEOSWKBWriter_write_r(context, writer, line, &size);
  CHECK(bytes != nullptr && size == 1 + 4 + 4 + 3 * 16 && bytes[0] == 1);
  GEOSGeometry *again = GEOSWKBReader_read_r(context, reader, bytes, size);
  CHECK(again != nullptr && GEOSEqualsExact_r(context, line, again, 0) == 1);
  CHECK(GEOSWKBReader_read_r(context, reader, bytes, size - 1) == nullptr);
  CHECK(message.find("ParseException") != std::string::npos);
  GEOSGeom_destroy_r(context, line);
  GEOSGeom_destroy_r(context, again);
  GEOSFree_r(context, bytes);
  GEOSWKBWriter_destroy_r(context, writer);
  GEOSWKBReader_destroy_r(context, reader);
}

static void
count(void *, void *found)
{
  ++*static_cast<int *>(found);
}

static void
test_tree()
{
  enum { SIZE = 100 };
  GEOSSTRtree *tree = GEOSSTRtree_create_r(context, 10);
  GEOSGeometry *points[SIZE * SIZE];
  for (int i = 0; i < SIZE * SIZE; i++) {
    points[i] = GEOSGeom_createPointFromXY_r(context, i / SIZE, i % SIZE);
    GEOSSTRtree_insert_r(context, tree, points[i], points[i]);
  }
  GEOSGeometry *window = read("POLYGON ((9.5 9.5, 19.5 9.5, 19.5 12.5, 9.5 12.5, 9.5 9.5))");
  int found = 0;
  GEOSSTRtree_query_r(context, tree, window, count, &found);
  CHECK(found == 30);
  GEOSSTRtree_destroy_r(context, tree);
  GEOSGeom_destroy_r(context, window);
  for (GEOSGeometry *point : points)
    GEOSGeom_destroy_r(context, point);
}

static void
test_errors()
{
  message.clear();
  CHECK(read("POINT (1") == nullptr);
  CHECK(message.find("ParseException: Expected") == 0);
  CHECK(read("LINESTRING (0 0)") == nullptr);
  CHECK(message.find("IllegalArgumentException") == 0);

  GEOSGeometry *bow = read("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))");
  CHECK(GEOSisValid_r(context, bow) == 0);
  char *reason = GEOSisValidReason_r(context, bow);
  CHECK(std::string(reason) == "Self-intersection[1 1]");
  GEOSGeometry *valid = GEOSMakeValid_r(context, bow);
  CHECK(valid != nullptr && GEOSisValid_r(context, valid) == 1 && area(valid) == 2);
  GEOSFree_r(context, reason);
  GEOSGeom_destroy_r(context, bow);
  GEOSGeom_destroy_r(context, valid);
}

int
main()
{
  context = GEOS_init_r();
  GEOSContext_setErrorMessageHandler_r(context, remember, nullptr);
  test_version();
  test_overlay();
  test_formats();
  test_tree();
  test_errors();
  GEOS_finish_r(context);
  return 0;
}
