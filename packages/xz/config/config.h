/*
 * What liblzma wants to know about wasm32-emscripten. Names and meanings are those of XZ Utils' config.h.in; a name of
 * which no file of liblzma asks is left out, and so is one that is false here.
 */

/* Headers and types of C99, which Emscripten's musl has. */
#define HAVE_INTTYPES_H 1
#define HAVE_STDBOOL_H 1
#define HAVE_STDINT_H 1
#define HAVE__BOOL 1

/* wasm32: pointers and sizes have four bytes, and WORDS_BIGENDIAN stays undefined, as memory is little-endian. */
#define SIZEOF_SIZE_T 4

/* clang. */
#define HAVE___BUILTIN_ASSUME_ALIGNED 1
#define HAVE___BUILTIN_BSWAPXX 1
#define HAVE_VISIBILITY 1

/*
 * WebAssembly's loads and stores take any address, and the processors under it (x86-64, arm64) are as fast for most of
 * them. TUKLIB_USE_UNSAFE_TYPE_PUNNING stays undefined: with memcpy clang makes the same single instruction.
 */
#define TUKLIB_FAST_UNALIGNED_ACCESS 1

/* No code that only debugging wants. */
#ifndef NDEBUG
#define NDEBUG 1
#endif

/*
 * MYTHREAD_POSIX stays undefined: a program has one thread here. lzma_stream_encoder_mt and its decoder are therefore
 * absent; CPython does not use them. No TUKLIB_PHYSMEM_… either: the heap grows up to a limit that is not the machine's
 * memory, and lzma_physmem answers 0, which means unknown.
 */

/* Everything that a .xz, .lzma or .lz file may contain, as upstream's configure has it without options. */
#define HAVE_CHECK_CRC32 1
#define HAVE_CHECK_CRC64 1
#define HAVE_CHECK_SHA256 1
#define HAVE_LZIP_DECODER 1

#define HAVE_DECODERS 1
#define HAVE_DECODER_ARM 1
#define HAVE_DECODER_ARM64 1
#define HAVE_DECODER_ARMTHUMB 1
#define HAVE_DECODER_DELTA 1
#define HAVE_DECODER_IA64 1
#define HAVE_DECODER_LZMA1 1
#define HAVE_DECODER_LZMA2 1
#define HAVE_DECODER_POWERPC 1
#define HAVE_DECODER_RISCV 1
#define HAVE_DECODER_SPARC 1
#define HAVE_DECODER_X86 1

#define HAVE_ENCODERS 1
#define HAVE_ENCODER_ARM 1
#define HAVE_ENCODER_ARM64 1
#define HAVE_ENCODER_ARMTHUMB 1
#define HAVE_ENCODER_DELTA 1
#define HAVE_ENCODER_IA64 1
#define HAVE_ENCODER_LZMA1 1
#define HAVE_ENCODER_LZMA2 1
#define HAVE_ENCODER_POWERPC 1
#define HAVE_ENCODER_RISCV 1
#define HAVE_ENCODER_SPARC 1
#define HAVE_ENCODER_X86 1

/* Every match finder: presets 0 to 3 use hc3 and hc4, the others bt4; filter options may name the rest. */
#define HAVE_MF_BT2 1
#define HAVE_MF_BT3 1
#define HAVE_MF_BT4 1
#define HAVE_MF_HC3 1
#define HAVE_MF_HC4 1
