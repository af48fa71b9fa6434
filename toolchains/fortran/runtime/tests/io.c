/* io.f90, line by line, as the calls that flang makes of it. */

#include "io.h"

#include <math.h>
#include <string.h>

#include "programs.h"

#define HERE __FILE__, __LINE__
#define LENGTH(text) (sizeof(text) - 1)
#define TEXT(text) text, LENGTH(text)

static Cookie cookie;

/* Each begins a statement. */
static void
list(void)
{
  cookie = _FortranAioBeginExternalListOutput(6, HERE);
}

static void
formatted(const char *format)
{
  cookie = _FortranAioBeginExternalFormattedOutput(format, strlen(format), NULL, 6, HERE);
}

/* Each is an item of it, or its end. */
static void
text(const char *item)
{
  _FortranAioOutputAscii(cookie, item, strlen(item));
}

static void
integer(int32_t item)
{
  _FortranAioOutputInteger32(cookie, item);
}

static void
real(float item)
{
  _FortranAioOutputReal32(cookie, item);
}

static void
real8(double item)
{
  _FortranAioOutputReal64(cookie, item);
}

static void
logical(bool item)
{
  _FortranAioOutputLogical(cookie, item);
}

static int32_t
end(void)
{
  return _FortranAioEndIoStatement(cookie);
}

/* A text as an item, without the blanks at its end. */
static void
trimmed(const char *item, size_t size)
{
  while (size > 0 && item[size - 1] == ' ')
    size--;
  _FortranAioOutputAscii(cookie, item, size);
}

/* Assigns to a CHARACTER variable. */
static void
assign(char *variable, size_t size, const char *value)
{
  memset(variable, ' ', size);
  memcpy(variable, value, strlen(value));
}

/* HashInquiryKeyword of flang/Runtime/io-api.h. */
static uint64_t
keyword(const char *name)
{
  uint64_t hash = 1;
  for (; *name != '\0'; name++)
    hash = 26 * hash + (uint64_t)(*name - 'A');
  return hash;
}

static const char name[] = "io_test.data";
static char line[40];
static char message[80];
static char word[8];
static double d;
static float r;
static int64_t i, j;
static int64_t big;
static bool l;
static float a[6];

static CFI_CDESC_T(2) a_descriptor;
static CFI_CDESC_T(1) row_descriptor;

/* A CFI descriptor of any rank as the library takes it. */
#define ANY(descriptor) ((CFI_cdesc_t *)&(descriptor))

static void
describe(void)
{
  const CFI_index_t extents[] = {2, 3}, lower[] = {2, 1}, upper[] = {2, 3}, strides[] = {0, 1};
  CFI_establish(ANY(a_descriptor), a, CFI_attribute_other, CFI_type_float, 0, 2, extents);
  /* C counts from 0. */
  a_descriptor.dim[0].lower_bound = a_descriptor.dim[1].lower_bound = 1;
  CFI_establish(ANY(row_descriptor), NULL, CFI_attribute_pointer, CFI_type_float, 0, 1, NULL);
  CFI_section(ANY(row_descriptor), ANY(a_descriptor), lower, upper, strides);
}

static void
list_directed_output(void)
{
  list();
  text("list");
  _FortranAioOutputInteger8(cookie, 42);
  _FortranAioOutputInteger16(cookie, -7);
  integer(123456789);
  _FortranAioOutputInteger64(cookie, -9876543210);
  logical(true);
  logical(false);
  end();

  list();
  real(1.5f);
  real8(-2.5e-7);
  real(1e30f);
  real8(3.14159265358979);
  real(0.1f);
  _FortranAioOutputComplex32(cookie, 1.0f, -2.0f);
  real8(1e300);
  end();

  list();
  for (int n = 1; n <= 12; n++)
    integer(n * 1000000);
  end();

  for (int n = 0; n < 6; n++)
    a[n] = (float)n + 1;
  list();
  _FortranAioOutputDescriptor(cookie, ANY(row_descriptor));
  end();
}

static void
formatted_output(void)
{
  formatted("(i5,i5.3,2x,f8.3,es12.4,1x,a,l3)");
  integer(42);
  integer(-7);
  real(3.14159f);
  real(12345.678f);
  text("abc");
  logical(true);
  end();

  formatted("(en12.3,e12.4e3,g12.4,g12.4,f0.2)");
  real(12345.678f);
  real8(1.5e-120);
  real(0.5f);
  real(5e10f);
  real(2.0f / 3.0f);
  end();

  formatted("(3f6.1)");
  _FortranAioOutputDescriptor(cookie, ANY(a_descriptor));
  end();

  formatted("(z8.8,1x,b8,1x,o6)");
  integer(48879);
  integer(5);
  integer(64);
  end();

  formatted("(sp,i4,ss,i4,t20,a,/,a5,a2)");
  integer(5);
  integer(5);
  text("tabbed");
  text("abc");
  text("abcdef");
  end();

  formatted("(f5.1,i3)");
  real(12345.6f);
  integer(12345);
  end();

  formatted("(1p,e12.4,0p,f8.3,3(i2,:,\",\"))");
  real(123.456f);
  real(1.5f);
  integer(1);
  integer(2);
  integer(3);
  end();

  formatted("(d12.4,f25.17,f8.1,f8.1)");
  real8(0.1);
  real8(0.1);
  real(INFINITY);
  real(-INFINITY);
  end();

  formatted("(a)");
  _FortranAioSetAdvance(cookie, TEXT("no"));
  text("no");
  end();
  formatted("(a)");
  text(" advance");
  end();
}

static void
internal_files(void)
{
  cookie = _FortranAioBeginInternalFormattedOutput(line, sizeof line, TEXT("(i4,a,f7.2)"), NULL, NULL, 0, HERE);
  integer(12);
  text(" is ");
  real(12.125f);
  end();
  formatted("(3a)");
  text("[");
  _FortranAioOutputAscii(cookie, line, sizeof line);
  text("]");
  end();

  cookie = _FortranAioBeginInternalFormattedInput(line, sizeof line, TEXT("(i4,4x,f7.2)"), NULL, NULL, 0, HERE);
  _FortranAioInputInteger(cookie, &i, 4);
  _FortranAioInputReal32(cookie, &r);
  end();
  list();
  integer((int32_t)i);
  real(r);
  end();

  assign(line, sizeof line, " -17 2.5d3, 'it''s'  T 9");
  cookie = _FortranAioBeginInternalListInput(line, sizeof line, NULL, 0, HERE);
  _FortranAioInputInteger(cookie, &big, 8);
  _FortranAioInputReal64(cookie, &d);
  _FortranAioInputAscii(cookie, word, sizeof word);
  _FortranAioInputLogical(cookie, &l);
  _FortranAioInputInteger(cookie, &i, 4);
  end();
  list();
  _FortranAioOutputInteger64(cookie, big);
  real8(d);
  _FortranAioOutputAscii(cookie, word, sizeof word);
  logical(l);
  integer((int32_t)i);
  end();

  assign(line, sizeof line, "12x");
  cookie = _FortranAioBeginInternalFormattedInput(line, sizeof line, TEXT("(i3)"), NULL, NULL, 0, HERE);
  _FortranAioEnableHandlers(cookie, true, false, false, false, true);
  _FortranAioInputInteger(cookie, &i, 4);
  _FortranAioGetIoMsg(cookie, message, sizeof message);
  int32_t status = end();
  list();
  logical(status != 0);
  trimmed(message, sizeof message);
  end();
}

static void
namelists(void)
{
  int32_t variable = 3;
  CFI_CDESC_T(0) i_descriptor, r_descriptor, word_descriptor;
  CFI_establish(ANY(i_descriptor), &variable, CFI_attribute_other, CFI_type_int32_t, 0, 0, NULL);
  CFI_establish(ANY(r_descriptor), &r, CFI_attribute_other, CFI_type_float, 0, 0, NULL);
  CFI_establish(ANY(word_descriptor), word, CFI_attribute_other, CFI_type_char, sizeof word, 0, NULL);
  const struct NamelistItem items[] = {
      {"i", ANY(i_descriptor)}, {"r", ANY(r_descriptor)}, {"word", ANY(word_descriptor)}, {"a", ANY(a_descriptor)}};
  const struct NamelistGroup group = {"group", 4, items, NULL};

  assign(word, sizeof word, "word");
  list();
  _FortranAioOutputNamelist(cookie, &group);
  end();
  assign(message, sizeof message, "&group i=77 a(1,2)=9.5 word=\"new\" /");
  cookie = _FortranAioBeginInternalListInput(message, sizeof message, NULL, 0, HERE);
  _FortranAioInputNamelist(cookie, &group);
  end();
  list();
  integer(variable);
  real(a[2]);
  real(r);
  _FortranAioOutputAscii(cookie, word, sizeof word);
  end();
}

static void
close_unit(int32_t unit, const char *status)
{
  cookie = _FortranAioBeginClose(unit, HERE);
  _FortranAioSetStatus(cookie, status, strlen(status));
  end();
}

static void
formatted_file(void)
{
  int32_t unit = 0;
  cookie = _FortranAioBeginOpenNewUnit(HERE);
  _FortranAioSetFile(cookie, TEXT(name));
  _FortranAioSetStatus(cookie, TEXT("replace"));
  _FortranAioSetAction(cookie, TEXT("readwrite"));
  _FortranAioGetNewUnit(cookie, &unit, 4);
  end();

  cookie = _FortranAioBeginExternalFormattedOutput(TEXT("(a,i3)"), NULL, unit, HERE);
  for (int n = 1; n <= 3; n++) {
    text("line");
    integer(n);
  }
  end();
  cookie = _FortranAioBeginRewind(unit, HERE);
  end();

  int32_t k = 0, status = 0;
  for (;;) {
    cookie = _FortranAioBeginExternalFormattedInput(TEXT("(a4,i3)"), NULL, unit, HERE);
    _FortranAioEnableHandlers(cookie, true, false, false, false, true);
    _FortranAioInputAscii(cookie, word, sizeof word);
    _FortranAioInputInteger(cookie, &j, 4);
    _FortranAioGetIoMsg(cookie, message, sizeof message);
    status = end();
    if (status != 0)
      break;
    k += (int32_t)j;
  }
  list();
  integer(k);
  integer(status);
  trimmed(message, sizeof message);
  end();
  close_unit(unit, "keep");

  bool there = false;
  int64_t size = 0;
  cookie = _FortranAioBeginInquireFile(TEXT(name), HERE);
  _FortranAioInquireLogical(cookie, keyword("EXIST"), &there);
  _FortranAioInquireInteger64(cookie, keyword("SIZE"), &size, 8);
  end();
  list();
  logical(there);
  _FortranAioOutputInteger64(cookie, size);
  end();
}

static void
unformatted_files(void)
{
  int32_t unit = 0;
  cookie = _FortranAioBeginOpenNewUnit(HERE);
  _FortranAioSetFile(cookie, TEXT(name));
  _FortranAioSetForm(cookie, TEXT("unformatted"));
  _FortranAioSetStatus(cookie, TEXT("replace"));
  _FortranAioGetNewUnit(cookie, &unit, 4);
  end();

  double value = 1.25;
  char tail[4] = {'t', 'a', 'i', 'l'};
  CFI_CDESC_T(0) d_descriptor, tail_descriptor, head_descriptor;
  CFI_establish(ANY(d_descriptor), &value, CFI_attribute_other, CFI_type_double, 0, 0, NULL);
  CFI_establish(ANY(tail_descriptor), tail, CFI_attribute_other, CFI_type_char, sizeof tail, 0, NULL);
  cookie = _FortranAioBeginUnformattedOutput(unit, HERE);
  _FortranAioOutputDescriptor(cookie, ANY(d_descriptor));
  _FortranAioOutputDescriptor(cookie, ANY(a_descriptor));
  _FortranAioOutputDescriptor(cookie, ANY(tail_descriptor));
  end();
  cookie = _FortranAioBeginRewind(unit, HERE);
  end();

  memset(a, 0, sizeof a);
  CFI_establish(ANY(d_descriptor), &d, CFI_attribute_other, CFI_type_double, 0, 0, NULL);
  CFI_establish(ANY(head_descriptor), word, CFI_attribute_other, CFI_type_char, 4, 0, NULL);
  cookie = _FortranAioBeginUnformattedInput(unit, HERE);
  _FortranAioInputDescriptor(cookie, ANY(d_descriptor));
  _FortranAioInputDescriptor(cookie, ANY(a_descriptor));
  _FortranAioInputDescriptor(cookie, ANY(head_descriptor));
  end();
  list();
  real8(d);
  _FortranAioOutputDescriptor(cookie, ANY(a_descriptor));
  _FortranAioOutputAscii(cookie, word, 4);
  end();
  cookie = _FortranAioBeginClose(unit, HERE);
  end();

  cookie = _FortranAioBeginOpenNewUnit(HERE);
  _FortranAioSetFile(cookie, TEXT(name));
  _FortranAioSetAccess(cookie, TEXT("stream"));
  _FortranAioSetForm(cookie, TEXT("unformatted"));
  _FortranAioGetNewUnit(cookie, &unit, 4);
  end();
  int32_t mark = 0;
  CFI_CDESC_T(0) mark_descriptor;
  CFI_establish(ANY(mark_descriptor), &mark, CFI_attribute_other, CFI_type_int32_t, 0, 0, NULL);
  cookie = _FortranAioBeginUnformattedInput(unit, HERE);
  _FortranAioSetPos(cookie, 1);
  _FortranAioInputDescriptor(cookie, ANY(mark_descriptor));
  end();
  cookie = _FortranAioBeginUnformattedInput(unit, HERE);
  _FortranAioSetPos(cookie, 5);
  _FortranAioInputDescriptor(cookie, ANY(d_descriptor));
  end();
  list();
  integer(mark);
  real8(d);
  end();
  close_unit(unit, "delete");

  bool there = true;
  cookie = _FortranAioBeginInquireFile(TEXT(name), HERE);
  _FortranAioInquireLogical(cookie, keyword("EXIST"), &there);
  end();
  list();
  logical(there);
  end();

  cookie = _FortranAioBeginOpenNewUnit(HERE);
  _FortranAioEnableHandlers(cookie, true, false, false, false, true);
  _FortranAioSetFile(cookie, TEXT("/no/such/file"));
  _FortranAioSetStatus(cookie, TEXT("old"));
  _FortranAioGetNewUnit(cookie, &unit, 4);
  _FortranAioGetIoMsg(cookie, message, sizeof message);
  int32_t status = end();
  list();
  logical(status > 0);
  trimmed(message, sizeof message);
  end();
}

void
input_and_output(void)
{
  describe();
  list_directed_output();
  formatted_output();
  internal_files();
  namelists();
  formatted_file();
  unformatted_files();
}
