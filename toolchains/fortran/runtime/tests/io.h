/* Entry points of flang's run-time library for input and output, with the types that flang's code calls them by. */

#ifndef TOOLCHAINS_FORTRAN_RUNTIME_TESTS_IO_H
#define TOOLCHAINS_FORTRAN_RUNTIME_TESTS_IO_H

#include <stdbool.h>
#include <stdint.h>

#include "ISO_Fortran_binding.h"

typedef struct Statement *Cookie;

struct DefinedIoTable {
  uint64_t items;
  const void *item;
  bool ignore_others;
};

Cookie _FortranAioBeginExternalListOutput(int32_t unit, const char *file, int32_t line);
Cookie _FortranAioBeginExternalFormattedOutput(const char *format, uint64_t length, const CFI_cdesc_t *array,
                                               int32_t unit, const char *file, int32_t line);
Cookie _FortranAioBeginExternalFormattedInput(const char *format, uint64_t length, const CFI_cdesc_t *array,
                                              int32_t unit, const char *file, int32_t line);
Cookie _FortranAioBeginInternalFormattedOutput(char *internal, uint64_t internal_length, const char *format,
                                               uint64_t length, const CFI_cdesc_t *array, void **scratch,
                                               uint64_t scratch_size, const char *file, int32_t line);
Cookie _FortranAioBeginUnformattedInput(int32_t unit, const char *file, int32_t line);
Cookie _FortranAioBeginOpenNewUnit(const char *file, int32_t line);
int32_t _FortranAioEndIoStatement(Cookie);

void _FortranAioEnableHandlers(Cookie, bool iostat, bool err, bool end, bool eor, bool iomsg);
bool _FortranAioSetAccess(Cookie, const char *, uint64_t);
bool _FortranAioSetPos(Cookie, int64_t);
bool _FortranAioSetStatus(Cookie, const char *, uint64_t);
bool _FortranAioGetNewUnit(Cookie, int32_t *unit, int32_t kind);

bool _FortranAioOutputAscii(Cookie, const char *, uint64_t);
bool _FortranAioOutputDerivedType(Cookie, const CFI_cdesc_t *, const struct DefinedIoTable *);
bool _FortranAioOutputInteger32(Cookie, int32_t);

bool _FortranAioInputAscii(Cookie, char *, uint64_t);

#endif
