#include <string.h>

#include "terrarium_fortran.h"

/* Copies a format; `z`, between `%` and the letter of a conversion, becomes `j`, which is 64 bits. */
static void
widen(char *wide, const char *format)
{
  while (*format != '\0') {
    if (*format != '%') {
      *wide++ = *format++;
      continue;
    }
    *wide++ = *format++;
    size_t flags = strspn(format, "-+ #0123456789.*");
    memcpy(wide, format, flags);
    wide += flags;
    format += flags;
    if (*format != '\0') {
      *wide++ = *format == 'z' ? 'j' : *format;
      format++;
    }
  }
  *wide = '\0';
}

int
terrarium_fortran_vfprintf(FILE *file, const char *format, va_list arguments)
{
  char wide[strlen(format) + 1];
  widen(wide, format);
  return vfprintf(file, wide, arguments);
}

int
terrarium_fortran_fprintf(FILE *file, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  int written = terrarium_fortran_vfprintf(file, format, arguments);
  va_end(arguments);
  return written;
}

int
terrarium_fortran_vsnprintf(char *text, uint64_t size, const char *format, va_list arguments)
{
  char wide[strlen(format) + 1];
  widen(wide, format);
  return vsnprintf(text, size > SIZE_MAX ? SIZE_MAX : (size_t)size, wide, arguments);
}
