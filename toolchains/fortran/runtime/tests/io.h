/* Entry points of flang's run-time library for input and output, with the types that flang's code calls them by. */

#ifndef TOOLCHAINS_FORTRAN_RUNTIME_TESTS_IO_H
#define TOOLCHAINS_FORTRAN_RUNTIME_TESTS_IO_H

#include <stdbool.h>
#include <stdint.h>

#include "ISO_Fortran_binding.h"

typedef struct Statement *Cookie;

struct NamelistItem {
  const char *name;
  const CFI_cdesc_t *descriptor;
};

struct NamelistGroup {
  const char *name;
  uint64_t items;
  const struct NamelistItem *item;
  const struct DefinedIoTable *defined_io;
};

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
Cookie _FortranAioBeginInternalFormattedInput(const char *internal, uint64_t internal_length, const char *format,
                                              uint64_t length, const CFI_cdesc_t *array, void **scratch,
                                              uint64_t scratch_size, const char *file, int32_t line);
Cookie _FortranAioBeginInternalListInput(const char *internal, uint64_t internal_length, void **scratch,
                                         uint64_t scratch_size, const char *file, int32_t line);
Cookie _FortranAioBeginUnformattedOutput(int32_t unit, const char *file, int32_t line);
Cookie _FortranAioBeginUnformattedInput(int32_t unit, const char *file, int32_t line);
Cookie _FortranAioBeginOpenNewUnit(const char *file, int32_t line);
Cookie _FortranAioBeginClose(int32_t unit, const char *file, int32_t line);
Cookie _FortranAioBeginRewind(int32_t unit, const char *file, int32_t line);
Cookie _FortranAioBeginInquireFile(const char *name, uint64_t length, const char *file, int32_t line);
int32_t _FortranAioEndIoStatement(Cookie);

void _FortranAioEnableHandlers(Cookie, bool iostat, bool err, bool end, bool eor, bool iomsg);
bool _FortranAioSetAccess(Cookie, const char *, uint64_t);
bool _FortranAioSetAction(Cookie, const char *, uint64_t);
bool _FortranAioSetAdvance(Cookie, const char *, uint64_t);
bool _FortranAioSetFile(Cookie, const char *, uint64_t);
bool _FortranAioSetForm(Cookie, const char *, uint64_t);
bool _FortranAioSetPos(Cookie, int64_t);
bool _FortranAioSetStatus(Cookie, const char *, uint64_t);
bool _FortranAioGetNewUnit(Cookie, int32_t *unit, int32_t kind);
void _FortranAioGetIoMsg(Cookie, char *, uint64_t);
bool _FortranAioInquireInteger64(Cookie, uint64_t hash, int64_t *, int32_t kind);
bool _FortranAioInquireLogical(Cookie, uint64_t hash, bool *);

bool _FortranAioOutputAscii(Cookie, const char *, uint64_t);
bool _FortranAioOutputComplex32(Cookie, float, float);
bool _FortranAioOutputDerivedType(Cookie, const CFI_cdesc_t *, const struct DefinedIoTable *);
bool _FortranAioOutputDescriptor(Cookie, const CFI_cdesc_t *);
bool _FortranAioOutputInteger8(Cookie, int8_t);
bool _FortranAioOutputInteger16(Cookie, int16_t);
bool _FortranAioOutputInteger32(Cookie, int32_t);
bool _FortranAioOutputInteger64(Cookie, int64_t);
bool _FortranAioOutputLogical(Cookie, bool);
bool _FortranAioOutputNamelist(Cookie, const struct NamelistGroup *);
bool _FortranAioOutputReal32(Cookie, float);
bool _FortranAioOutputReal64(Cookie, double);

bool _FortranAioInputAscii(Cookie, char *, uint64_t);
bool _FortranAioInputDescriptor(Cookie, const CFI_cdesc_t *);
bool _FortranAioInputInteger(Cookie, int64_t *, int32_t kind);
bool _FortranAioInputLogical(Cookie, bool *);
bool _FortranAioInputNamelist(Cookie, const struct NamelistGroup *);
bool _FortranAioInputReal32(Cookie, float *);
bool _FortranAioInputReal64(Cookie, double *);

#endif
