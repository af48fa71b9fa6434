/* libzstd: what is compressed comes back, at once, in streams and with dictionaries; what is broken is refused. */

#include <string.h>

#include <zdict.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "packages/testing/check.h"

enum { SIZE = 1000000 };

static unsigned char original[SIZE];
static unsigned char restored[SIZE];

static void
test_version(void)
{
  CHECK(ZSTD_versionNumber() == ZSTD_VERSION_NUMBER);
  CHECK(strcmp(ZSTD_versionString(), ZSTD_VERSION_STRING) == 0);
}

static void
test_memory(int level)
{
  size_t bound = ZSTD_compressBound(SIZE);
  unsigned char *packed = malloc(bound);
  CHECK(packed != NULL);
  size_t packed_size = ZSTD_compress(packed, bound, original, SIZE, level);
  CHECK(!ZSTD_isError(packed_size) && packed_size < SIZE / 2);
  CHECK(ZSTD_getFrameContentSize(packed, packed_size) == SIZE);
  memset(restored, 0, SIZE);
  CHECK(ZSTD_decompress(restored, SIZE, packed, packed_size) == SIZE);
  CHECK(memcmp(original, restored, SIZE) == 0);

  size_t result = ZSTD_decompress(restored, SIZE, packed, packed_size / 2);
  CHECK(ZSTD_getErrorCode(result) == ZSTD_error_srcSize_wrong);
  result = ZSTD_decompress(restored, SIZE / 2, packed, packed_size);
  CHECK(ZSTD_getErrorCode(result) == ZSTD_error_dstSize_tooSmall);
  packed[0] ^= 1;
  result = ZSTD_decompress(restored, SIZE, packed, packed_size);
  CHECK(ZSTD_getErrorCode(result) == ZSTD_error_prefix_unknown);
  free(packed);
}

static void
test_stream(void)
{
  enum { CHUNK = 10000 };
  ZSTD_CCtx *compressor = ZSTD_createCCtx();
  ZSTD_DCtx *decompressor = ZSTD_createDCtx();
  unsigned char chunk[CHUNK];
  ZSTD_outBuffer out = {restored, SIZE, 0};
  CHECK(!ZSTD_isError(ZSTD_CCtx_setParameter(compressor, ZSTD_c_checksumFlag, 1)));
  CHECK(!ZSTD_isError(ZSTD_CCtx_setParameter(compressor, ZSTD_c_enableLongDistanceMatching, 1)));
  memset(restored, 0, SIZE);
  ZSTD_inBuffer in = {original, SIZE, 0};
  size_t left;
  do {
    ZSTD_outBuffer packed = {chunk, CHUNK, 0};
    left = ZSTD_compressStream2(compressor, &packed, &in, ZSTD_e_end);
    CHECK(!ZSTD_isError(left));
    ZSTD_inBuffer piece = {chunk, packed.pos, 0};
    while (piece.pos < piece.size)
      CHECK(!ZSTD_isError(ZSTD_decompressStream(decompressor, &out, &piece)));
  } while (left > 0);
  CHECK(out.pos == SIZE && memcmp(original, restored, SIZE) == 0);
  ZSTD_freeCCtx(compressor);
  ZSTD_freeDCtx(decompressor);
}

static void
test_dictionary(void)
{
  enum { SAMPLES = 1000, LENGTH = 100, CAPACITY = 10000 };
  static char samples[SAMPLES * LENGTH];
  static size_t sizes[SAMPLES];
  static char dictionary[CAPACITY];
  char packed[2 * LENGTH];
  size_t end = 0;
  for (int i = 0; i < SAMPLES; i++) {
    sizes[i] =
        (size_t)snprintf(samples + end, LENGTH, "{\"name\": \"sample %d\", \"square\": %d, \"ok\": true}", i, i * i);
    end += sizes[i];
  }
  size_t size = ZDICT_trainFromBuffer(dictionary, CAPACITY, samples, sizes, SAMPLES);
  CHECK(!ZDICT_isError(size));

  ZSTD_CCtx *compressor = ZSTD_createCCtx();
  ZSTD_DCtx *decompressor = ZSTD_createDCtx();
  size_t plain_size = ZSTD_compressCCtx(compressor, packed, sizeof packed, samples, sizes[0], 3);
  size_t packed_size =
      ZSTD_compress_usingDict(compressor, packed, sizeof packed, samples, sizes[0], dictionary, size, 3);
  CHECK(!ZSTD_isError(packed_size) && packed_size < plain_size);
  CHECK(ZSTD_decompress_usingDict(decompressor, restored, SIZE, packed, packed_size, dictionary, size) == sizes[0]);
  CHECK(memcmp(samples, restored, sizes[0]) == 0);
  size_t result = ZSTD_decompress(restored, SIZE, packed, packed_size);
  CHECK(ZSTD_getErrorCode(result) == ZSTD_error_dictionary_wrong);
  ZSTD_freeCCtx(compressor);
  ZSTD_freeDCtx(decompressor);
}

/* Without threads, asking for workers is an error that CPython reports, and not a crash. */
static void
test_no_workers(void)
{
  ZSTD_bounds bounds = ZSTD_cParam_getBounds(ZSTD_c_nbWorkers);
  CHECK(!ZSTD_isError(bounds.error) && bounds.upperBound == 0);
  ZSTD_CCtx *compressor = ZSTD_createCCtx();
  CHECK(ZSTD_isError(ZSTD_CCtx_setParameter(compressor, ZSTD_c_nbWorkers, 2)));
  ZSTD_freeCCtx(compressor);
}

int
main(void)
{
  check_fill(original, SIZE);
  test_version();
  test_memory(-5);
  test_memory(1);
  test_memory(3);
  test_memory(19);
  test_memory(ZSTD_maxCLevel());
  test_stream();
  test_dictionary();
  test_no_workers();
  return 0;
}
