/* Programs that use the run-time library as flang's do, for programs_test.mjs: the first argument says which. */

#include <string.h>
#include <unistd.h>

#include "io.h"

#define HERE __FILE__, __LINE__

void _FortranAProgramStart(int32_t argc, char **argv, char **envp, const void *defaults);
void _FortranAProgramEndStatement(void);
int32_t _FortranAArgumentCount(void);
int32_t _FortranAGetCommandArgument(int32_t n, const CFI_cdesc_t *value, const CFI_cdesc_t *length,
                                    const CFI_cdesc_t *message, const char *file, int32_t line);
int32_t _FortranAGetEnvVariable(const CFI_cdesc_t *name, const CFI_cdesc_t *value, const CFI_cdesc_t *length,
                                bool trim_name, const CFI_cdesc_t *message, const char *file, int32_t line);
void _FortranAReshape(CFI_cdesc_t *result, const CFI_cdesc_t *source, const CFI_cdesc_t *shape, const CFI_cdesc_t *pad,
                      const CFI_cdesc_t *order, const char *file, int32_t line);
void _FortranAStopStatement(int32_t code, bool error, bool quiet);
void _FortranAStopStatementText(const char *text, uint64_t length, bool error, bool quiet);

/* io.f90. */
void input_and_output_(void);

extern char **environ;

static void
print(const char *text, uint64_t length)
{
  Cookie cookie = _FortranAioBeginExternalListOutput(6, HERE);
  _FortranAioOutputAscii(cookie, text, length);
  _FortranAioEndIoStatement(cookie);
}

static void
stop(void)
{
  print("before", 6);
  _FortranAStopStatement(3, false, false);
}

static void
error_stop(void)
{
  _FortranAStopStatementText("this is wrong", 13, true, false);
}

/* print *, command_argument_count(), and the arguments and an environment variable. */
static void
surroundings(void)
{
  int32_t count = _FortranAArgumentCount();
  Cookie cookie = _FortranAioBeginExternalListOutput(6, HERE);
  _FortranAioOutputInteger32(cookie, count);
  _FortranAioEndIoStatement(cookie);

  char value[10], name[] = "TERRARIUM_TEST";
  CFI_CDESC_T(0) value_descriptor, name_descriptor;
  CFI_establish((CFI_cdesc_t *)&value_descriptor, value, CFI_attribute_other, CFI_type_char, sizeof value, 0, NULL);
  CFI_establish((CFI_cdesc_t *)&name_descriptor, name, CFI_attribute_other, CFI_type_char, sizeof name - 1, 0, NULL);
  for (int32_t n = 1; n <= count; n++) {
    _FortranAGetCommandArgument(n, (CFI_cdesc_t *)&value_descriptor, NULL, NULL, HERE);
    print(value, sizeof value);
  }
  _FortranAGetEnvVariable((CFI_cdesc_t *)&name_descriptor, (CFI_cdesc_t *)&value_descriptor, NULL, true, NULL, HERE);
  print(value, sizeof value);
}

/* Echoes standard input, line by line. */
static void
echo(void)
{
  for (;;) {
    char line[20];
    Cookie cookie = _FortranAioBeginExternalFormattedInput("(a)", 3, NULL, 5, HERE);
    _FortranAioEnableHandlers(cookie, true, false, false, false, false);
    _FortranAioInputAscii(cookie, line, sizeof line);
    if (_FortranAioEndIoStatement(cookie) != 0)
      break;
    print(line, sizeof line);
  }
}

/* open (newunit=unit, status='scratch', access='stream'); read (unit, pos=-5000000000_8) */
static void
bad_position(void)
{
  int32_t unit = 0;
  Cookie cookie = _FortranAioBeginOpenNewUnit(HERE);
  _FortranAioSetStatus(cookie, "scratch", 7);
  _FortranAioSetAccess(cookie, "stream", 6);
  _FortranAioGetNewUnit(cookie, &unit, 4);
  _FortranAioEndIoStatement(cookie);
  cookie = _FortranAioBeginUnformattedInput(unit, "position.f90", 5);
  _FortranAioSetPos(cookie, -5000000000);
  _FortranAioEndIoStatement(cookie);
}

/* reshape([1, 2, 3], [100000, 100000]): the message has two numbers, the first of more than 32 bits. */
static void
bad_shape(void)
{
  int32_t source[] = {1, 2, 3}, shape[] = {100000, 100000};
  CFI_CDESC_T(1) source_descriptor, shape_descriptor;
  CFI_CDESC_T(2) result;
  CFI_establish((CFI_cdesc_t *)&source_descriptor, source, CFI_attribute_other, CFI_type_int32_t, 0, 1,
                (CFI_index_t[]){3});
  CFI_establish((CFI_cdesc_t *)&shape_descriptor, shape, CFI_attribute_other, CFI_type_int32_t, 0, 1,
                (CFI_index_t[]){2});
  CFI_establish((CFI_cdesc_t *)&result, NULL, CFI_attribute_allocatable, CFI_type_int32_t, 0, 2, NULL);
  _FortranAReshape((CFI_cdesc_t *)&result, (CFI_cdesc_t *)&source_descriptor, (CFI_cdesc_t *)&shape_descriptor, NULL,
                   NULL, "reshape.f90", 7);
}

static const struct {
  const char *name;
  void (*run)(void);
} programs[] = {
    {"bad-position", bad_position}, {"bad-shape", bad_shape},       {"echo", echo}, {"error-stop", error_stop},
    {"io", input_and_output_},      {"surroundings", surroundings}, {"stop", stop},
};

int
main(int argc, char **argv)
{
  _FortranAProgramStart(argc, argv, environ, NULL);
  for (size_t i = 0; argc > 1 && i < sizeof programs / sizeof *programs; i++)
    if (strcmp(argv[1], programs[i].name) == 0) {
      programs[i].run();
      _FortranAProgramEndStatement();
    }
  return 64;
}
