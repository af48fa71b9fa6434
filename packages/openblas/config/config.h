/*
 * What OpenBLAS's getarch and c_check would find out, for the target WASM128_GENERIC: the target's name, and sizes of caches
 * that its blocks are made for.
 */

#ifndef PACKAGES_OPENBLAS_CONFIG_H
#define PACKAGES_OPENBLAS_CONFIG_H

#define ARCH_WASM 1
#define OS_ 1
#define C_CLANG 1
#define __32BIT__ 1
#define BUNDERSCORE _
#define NEEDBUNDERSCORE 1

#define WASM128_GENERIC
#define CORE_WASM128_GENERIC
#define CHAR_CORENAME "WASM128_GENERIC"

#define L1_DATA_SIZE 32768
#define L1_DATA_LINESIZE 32
#define L2_SIZE 1048576
#define L2_LINESIZE 32
#define L2_ASSOCIATIVE 4
#define DTB_DEFAULT_ENTRIES 128
#define DTB_SIZE 4096

#define GEMM_MULTITHREAD_THRESHOLD 4

#endif
