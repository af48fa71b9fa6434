/*
 * The arrays of ISO_FORTRAN_ENV, which upstream compiles from flang/module/iso_fortran_env_impl.f90 into its library. Their
 * values are what flang makes of that file, and of iso_fortran_env.f90, for 32-bit x86.
 */

#include <stdint.h>

const int32_t _QMiso_fortran_envECcharacter_kinds[] = {1, 2, 4};
const int32_t _QMiso_fortran_env_implEC__builtin_integer_kinds[] = {1, 2, 4, 8, 16};
const int32_t _QMiso_fortran_env_implEC__builtin_logical_kinds[] = {1, 2, 4, 8};
const int32_t _QMiso_fortran_env_implEC__builtin_real_kinds[] = {2, 3, 4, 8, 16};
