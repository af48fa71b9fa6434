/* Starting the interpreter. */
#define Py_BUILD_CORE /* for _Py_abspath */
#include <Python.h>
#include <emscripten.h>
#include <stdio.h>
#include <wchar.h>

#include "convert.h"
#include "module.h"
#include "pycore_fileutils.h"
#include "recursion.h"

#define EXPORT EMSCRIPTEN_KEEPALIVE

/* Where runtime/js/src/filesystem.ts puts the standard library, and packages go. */
static const wchar_t *const search_path[] = {
    L"/lib/python314.zip",
    L"/lib/python3.14",
    L"/lib/python3.14/lib-dynload",
    L"/lib/python3.14/site-packages",
};

static PyStatus
fill_config(PyConfig *config, const char *executable, int argc, char *const *argv, bool command_line)
{
  config->parse_argv = 1;
  if (!command_line) {
    config->write_bytecode = 0; /* the standard library is compiled, and nothing else lasts */
  }
  config->user_site_directory = 0;
  config->pathconfig_warnings = 0;
  PyStatus status = PyConfig_SetBytesArgv(config, argc, argv);
  if (PyStatus_Exception(status)) {
    return status;
  }
  if (*executable) {
    status = PyConfig_SetBytesString(config, &config->executable, executable);
    if (PyStatus_Exception(status)) {
      return status;
    }
  }
  const struct {
    wchar_t **field;
    const wchar_t *value;
  } folders[] = {
      {&config->home, L"/"},        {&config->prefix, L"/"},           {&config->base_prefix, L"/"},
      {&config->exec_prefix, L"/"}, {&config->base_exec_prefix, L"/"}, {&config->stdlib_dir, L"/lib/python3.14"},
  };
  for (size_t i = 0; i < Py_ARRAY_LENGTH(folders); i++) {
    status = PyConfig_SetString(config, folders[i].field, folders[i].value);
    if (PyStatus_Exception(status)) {
      return status;
    }
  }
  config->module_search_paths_set = 1;
  for (size_t i = 0; i < Py_ARRAY_LENGTH(search_path) && !PyStatus_Exception(status); i++) {
    status = PyWideStringList_Append(&config->module_search_paths, search_path[i]);
  }
  return status;
}

/* Puts the folders of PYTHONPATH first. Python itself does that only where it looks for its library, which we know. Whether
 * the variable counts was decided by PyConfig_Read. */
static PyStatus
prepend_python_path(PyConfig *config)
{
  PyStatus status = PyStatus_Ok();
  const wchar_t *rest = config->pythonpath_env;
  for (Py_ssize_t i = 0; rest != NULL && !PyStatus_Exception(status); i++) {
    size_t length = wcscspn(rest, L":");
    wchar_t *folder = PyMem_RawCalloc(length + 1, sizeof(wchar_t));
    wchar_t *absolute = NULL;
    if (folder != NULL) {
      wmemcpy(folder, rest, length);
    }
    if (folder == NULL || _Py_abspath(folder, &absolute) < 0 || absolute == NULL) {
      status = PyStatus_NoMemory();
    }
    else {
      status = PyWideStringList_Insert(&config->module_search_paths, i, absolute);
    }
    PyMem_RawFree(absolute);
    PyMem_RawFree(folder);
    rest = rest[length] ? rest + length + 1 : NULL;
  }
  return status;
}

static PyStatus
start(const char *executable, int argc, char *const *argv, bool command_line)
{
  PyPreConfig preconfig;
  PyPreConfig_InitPythonConfig(&preconfig);
  preconfig.utf8_mode = 1;
  preconfig.coerce_c_locale = 0;
  PyStatus status = Py_PreInitializeFromBytesArgs(&preconfig, argc, (char **)argv);
  if (PyStatus_Exception(status)) {
    return status;
  }
  if (PyImport_AppendInittab("_terrarium_core", PyInit__terrarium_core) < 0) {
    return PyStatus_NoMemory();
  }
  PyConfig config;
  PyConfig_InitPythonConfig(&config);
  status = fill_config(&config, executable, argc, argv, command_line);
  if (!PyStatus_Exception(status)) {
    status = PyConfig_Read(&config);
  }
  if (!PyStatus_Exception(status)) {
    status = prepend_python_path(&config);
  }
  if (!PyStatus_Exception(status)) {
    status = Py_InitializeFromConfig(&config);
  }
  PyConfig_Clear(&config);
  return status;
}

/* Starts Python with the arguments of a command line, argv[0] included. `executable` is what sys.executable says; Python
 * finds out by itself when it is empty. Only when terra_run_command_line() will be called (`command_line`), bytecode of what
 * is imported is written beside it, as Python's own command does.
 *
 * Gives -1 when it runs, or the exit code when there is nothing to run: after `--version` (0), or an error, which has
 * been written to standard error. */
EXPORT int
terra_start(const char *executable, int argc, char *const *argv, int command_line)
{
  PyStatus status = start(executable, argc, argv, command_line);
  if (PyStatus_IsExit(status)) {
    return status.exitcode;
  }
  if (PyStatus_IsError(status)) {
    fprintf(stderr, "Python did not start: %s%s%s\n", status.func ? status.func : "", status.func ? ": " : "",
            status.err_msg);
    return 1;
  }
  terra_limit_stack(DEFAULT_STACK_LIMIT);
  return -1;
}

/* Runs what the command line asked for, ends the interpreter, and gives the exit code. */
EXPORT int
terra_run_command_line(void)
{
  return Py_RunMain();
}

/* Imports a module, or an attribute of one when `attribute` is a string. */
EXPORT JsVal
terra_import(JsVal module, JsVal attribute)
{
  PyObject *name = python_from_js(module);
  PyObject *wanted = name == NULL ? NULL : python_from_js(attribute);
  PyObject *found = NULL;
  if (wanted != NULL) {
    found = wanted == Py_None ? PyImport_Import(name) : PyImport_ImportModuleAttr(name, wanted);
  }
  Py_XDECREF(name);
  Py_XDECREF(wanted);
  if (found == NULL) {
    return jsval_null();
  }
  JsVal value = js_from_python(found);
  Py_DECREF(found);
  return value;
}

EXPORT int
terra_check_signals(void)
{
  return PyErr_CheckSignals();
}
