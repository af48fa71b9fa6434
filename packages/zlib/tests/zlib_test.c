/* zlib: what is compressed comes back, in memory and in files; what is broken is refused. */

#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "packages/testing/check.h"

enum { SIZE = 1000000 };

static unsigned char original[SIZE];
static unsigned char restored[SIZE];

static void
test_version(void)
{
  CHECK(strcmp(zlibVersion(), ZLIB_VERSION) == 0);
  /* Bits 0 to 7 say how large uInt, uLong, pointers and z_off_t were when the library was compiled: 1 is four bytes. */
  CHECK((zlibCompileFlags() & 0xff) == (1 | 1 << 2 | 1 << 4 | 2 << 6));
  CHECK(sizeof(z_off_t) == 8);
}

static void
test_checksums(void)
{
  const Bytef *digits = (const Bytef *)"123456789";
  CHECK(crc32(0, digits, 9) == 0xcbf43926);
  CHECK(adler32(1, digits, 9) == 0x091e01de);
  CHECK(crc32_combine(crc32(0, digits, 4), crc32(0, digits + 4, 5), 5) == 0xcbf43926);
}

static void
test_memory(int level)
{
  uLongf packed_size = compressBound(SIZE);
  Bytef *packed = malloc(packed_size);
  CHECK(packed != NULL);
  CHECK(compress2(packed, &packed_size, original, SIZE, level) == Z_OK);
  CHECK(level == 0 ? packed_size > SIZE : packed_size < SIZE / 2);

  uLongf size = SIZE;
  memset(restored, 0, SIZE);
  CHECK(uncompress(restored, &size, packed, packed_size) == Z_OK);
  CHECK(size == SIZE && memcmp(original, restored, SIZE) == 0);

  size = SIZE;
  CHECK(uncompress(restored, &size, packed, packed_size / 2) == Z_DATA_ERROR);
  size = SIZE / 2;
  CHECK(uncompress(restored, &size, packed, packed_size) == Z_BUF_ERROR);
  size = SIZE;
  packed[packed_size - 1] ^= 1; /* in the checksum */
  CHECK(uncompress(restored, &size, packed, packed_size) == Z_DATA_ERROR);
  free(packed);
}

static void
test_file(void)
{
  static const char name[] = "/tmp/zlib_test.gz";
  gzFile file = gzopen(name, "wb9");
  CHECK(file != NULL);
  CHECK(gzwrite(file, original, SIZE) == SIZE);
  CHECK(gzclose(file) == Z_OK);

  file = gzopen(name, "rb");
  CHECK(file != NULL);
  CHECK(gzread(file, restored, SIZE) == SIZE);
  CHECK(memcmp(original, restored, SIZE) == 0);
  CHECK(gzseek(file, 12345, SEEK_SET) == 12345);
  CHECK(gzgetc(file) == original[12345]);
  CHECK(gzclose(file) == Z_OK);
  CHECK(unlink(name) == 0);
  CHECK(gzopen(name, "rb") == NULL);
}

int
main(void)
{
  check_fill(original, SIZE);
  test_version();
  test_checksums();
  test_memory(0);
  test_memory(1);
  test_memory(6);
  test_memory(9);
  test_file();
  return 0;
}
