/* liblzma: what is compressed comes back, with each container, check and filter; what is broken is refused. */

#include <stdint.h>
#include <string.h>

#include <lzma.h>

#include "packages/testing/check.h"

enum { SIZE = 1000000, PACKED_MAX = 2 * SIZE };

static uint8_t original[SIZE];
static uint8_t restored[SIZE];
static uint8_t packed[PACKED_MAX];

static lzma_ret
restore(size_t packed_size, uint64_t memory_limit)
{
  size_t in = 0;
  size_t out = 0;
  memset(restored, 0, SIZE);
  lzma_ret result = lzma_stream_buffer_decode(&memory_limit, 0, NULL, packed, &in, packed_size, restored, &out, SIZE);
  if (result == LZMA_OK)
    CHECK(out == SIZE && memcmp(original, restored, SIZE) == 0);
  return result;
}

static void
test_version(void)
{
  CHECK(lzma_version_number() == LZMA_VERSION);
  CHECK(strcmp(lzma_version_string(), LZMA_VERSION_STRING) == 0);
}

static void
test_check_values(void)
{
  const uint8_t *digits = (const uint8_t *)"123456789";
  CHECK(lzma_crc32(digits, 9, 0) == 0xcbf43926);
  CHECK(lzma_crc64(digits, 9, 0) == UINT64_C(0x995dc9bbdf1939fa));
}

static void
test_preset(uint32_t preset, lzma_check check)
{
  size_t packed_size = 0;
  CHECK(lzma_check_is_supported(check));
  CHECK(lzma_easy_buffer_encode(preset, check, NULL, original, SIZE, packed, &packed_size, PACKED_MAX) == LZMA_OK);
  CHECK(packed_size < SIZE / 2);
  CHECK(restore(packed_size, UINT64_MAX) == LZMA_OK);
}

static void
test_filter(lzma_vli filter)
{
  lzma_options_lzma lzma2;
  lzma_options_delta delta = {.type = LZMA_DELTA_TYPE_BYTE, .dist = 4};
  CHECK(!lzma_lzma_preset(&lzma2, 3));
  lzma_filter chain[] = {
      {.id = filter, .options = filter == LZMA_FILTER_DELTA ? &delta : NULL},
      {.id = LZMA_FILTER_LZMA2, .options = &lzma2},
      {.id = LZMA_VLI_UNKNOWN},
  };
  size_t packed_size = 0;
  CHECK(lzma_filter_encoder_is_supported(filter) && lzma_filter_decoder_is_supported(filter));
  CHECK(lzma_stream_buffer_encode(chain, LZMA_CHECK_CRC32, NULL, original, SIZE, packed, &packed_size, PACKED_MAX) ==
        LZMA_OK);
  CHECK(restore(packed_size, UINT64_MAX) == LZMA_OK);
}

/* The container of .lzma files, through the interface for streams. */
static void
test_alone(void)
{
  lzma_options_lzma options;
  lzma_stream stream = LZMA_STREAM_INIT;
  CHECK(!lzma_lzma_preset(&options, LZMA_PRESET_DEFAULT));
  CHECK(lzma_alone_encoder(&stream, &options) == LZMA_OK);
  stream.next_in = original;
  stream.avail_in = SIZE;
  stream.next_out = packed;
  stream.avail_out = PACKED_MAX;
  CHECK(lzma_code(&stream, LZMA_FINISH) == LZMA_STREAM_END);

  size_t packed_size = stream.total_out;
  CHECK(lzma_auto_decoder(&stream, UINT64_MAX, 0) == LZMA_OK);
  stream.next_in = packed;
  stream.avail_in = packed_size;
  stream.next_out = restored;
  stream.avail_out = SIZE;
  CHECK(lzma_code(&stream, LZMA_FINISH) == LZMA_STREAM_END);
  CHECK(stream.total_out == SIZE && memcmp(original, restored, SIZE) == 0);
  lzma_end(&stream);
}

static void
test_errors(void)
{
  size_t packed_size = 0;
  CHECK(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, NULL, original, SIZE, packed, &packed_size, PACKED_MAX) ==
        LZMA_OK);
  CHECK(restore(packed_size, 1000) == LZMA_MEMLIMIT_ERROR);
  CHECK(restore(packed_size / 2, UINT64_MAX) == LZMA_DATA_ERROR);
  packed[packed_size / 2] ^= 1;
  CHECK(restore(packed_size, UINT64_MAX) == LZMA_DATA_ERROR);
  packed[0] = 0;
  CHECK(restore(packed_size, UINT64_MAX) == LZMA_FORMAT_ERROR);
}

int
main(void)
{
  check_fill(original, SIZE);
  test_version();
  test_check_values();
  test_preset(0, LZMA_CHECK_NONE);
  test_preset(3, LZMA_CHECK_CRC32);
  test_preset(6, LZMA_CHECK_CRC64);
  test_preset(9 | LZMA_PRESET_EXTREME, LZMA_CHECK_SHA256);
  test_filter(LZMA_FILTER_X86);
  test_filter(LZMA_FILTER_ARM64);
  test_filter(LZMA_FILTER_RISCV);
  test_filter(LZMA_FILTER_DELTA);
  test_alone();
  test_errors();
  return 0;
}
