/* libbz2: what is compressed comes back, in memory and in files; what is broken is refused. */

#include <string.h>
#include <unistd.h>

#include <bzlib.h>

#include "packages/testing/check.h"

enum { SIZE = 1000000, PACKED_MAX = SIZE + SIZE / 100 + 600 /* manual, BZ2_bzBuffToBuffCompress */ };

static unsigned char original[SIZE];
static unsigned char restored[SIZE];
static char packed[PACKED_MAX];

static int
restore(unsigned packed_size, int small, unsigned *size)
{
  *size = SIZE;
  return BZ2_bzBuffToBuffDecompress((char *)restored, size, packed, packed_size, small, 0);
}

static void
test_version(void)
{
  CHECK(strncmp(BZ2_bzlibVersion(), "1.0.", 4) == 0);
}

static void
test_memory(int block_size)
{
  unsigned packed_size = PACKED_MAX;
  unsigned size;
  CHECK(BZ2_bzBuffToBuffCompress(packed, &packed_size, (char *)original, SIZE, block_size, 0, 0) == BZ_OK);
  CHECK(packed_size < SIZE / 2);
  CHECK(memcmp(packed, "BZh", 3) == 0 && packed[3] == '0' + block_size);
  for (int small = 0; small < 2; small++) {
    memset(restored, 0, SIZE);
    CHECK(restore(packed_size, small, &size) == BZ_OK);
    CHECK(size == SIZE && memcmp(original, restored, SIZE) == 0);
  }

  CHECK(restore(packed_size / 2, 0, &size) == BZ_UNEXPECTED_EOF);
  packed[packed_size - 2] ^= 0x40; /* in the checksum of all blocks */
  CHECK(restore(packed_size, 0, &size) == BZ_DATA_ERROR);
  packed[0] = 'Z';
  CHECK(restore(packed_size, 0, &size) == BZ_DATA_ERROR_MAGIC);
}

static void
test_file(void)
{
  static const char name[] = "/tmp/bzip2_test.bz2";
  BZFILE *file = BZ2_bzopen(name, "wb");
  CHECK(file != NULL);
  CHECK(BZ2_bzwrite(file, original, SIZE) == SIZE);
  BZ2_bzclose(file);

  file = BZ2_bzopen(name, "rb");
  CHECK(file != NULL);
  CHECK(BZ2_bzread(file, restored, SIZE) == SIZE);
  CHECK(memcmp(original, restored, SIZE) == 0);
  BZ2_bzclose(file);
  CHECK(unlink(name) == 0);
  CHECK(BZ2_bzopen(name, "rb") == NULL);
}

int
main(void)
{
  check_fill(original, SIZE);
  test_version();
  test_memory(1);
  test_memory(9);
  test_file();
  return 0;
}
