/* ISO_Fortran_binding.h for C that is called from Fortran: lengths, bounds and strides have 64 bits here too. */

#ifndef TOOLCHAINS_FORTRAN_RUNTIME_ISO_FORTRAN_BINDING_H
#define TOOLCHAINS_FORTRAN_RUNTIME_ISO_FORTRAN_BINDING_H

#include <stddef.h>
#include <stdint.h>

#define size_t uint64_t
#define ptrdiff_t int64_t
#include "flang/ISO_Fortran_binding.h"
#undef ptrdiff_t
#undef size_t

/* CFI_CDESC_T has this in C, and size_t is four bytes where it is used. */
#undef _CFI_CDESC_T_HEADER_MEMBERS
#define _CFI_CDESC_T_HEADER_MEMBERS                                                                                    \
  void *base_addr;                                                                                                     \
  uint64_t elem_len;                                                                                                   \
  int version;                                                                                                         \
  CFI_rank_t rank;                                                                                                     \
  CFI_type_t type;                                                                                                     \
  CFI_attribute_t attribute;                                                                                           \
  unsigned char f18Addendum;

#endif
