"""What the link of pyodide.asm.wasm and pyodide.asm.mjs needs, as data. Each list says why it is there."""

# How runtime/core/*.c is compiled, beside the flags that all C code for wasm32 gets (-O2 -fPIC -fwasm-exceptions
# -sSUPPORT_LONGJMP=wasm). Hidden, so that a side module can't take a function of the bridge for one of its own.
CORE_COPTS = [
    "-std=c17",
    "-fvisibility=hidden",
    "-Wall",
    "-Wextra",
    "-Wno-missing-field-initializers",
]

# JavaScript file systems, beside MEMFS, under FS.filesystems.
FILE_SYSTEMS = [
    "-lidbfs.js",
    "-lnodefs.js",
    "-lproxyfs.js",
    "-lworkerfs.js",
]

# What TypeScript uses of Emscripten's module: runtime/js/src/emscripten.ts.
EXPORTED_RUNTIME_METHODS = [
    "ENV",
    "ERRNO_CODES",
    "FS",
    "GOT",
    "HEAP32",
    "HEAP8",
    "HEAPU16",
    "HEAPU32",
    "HEAPU8",
    "LDSO",
    "PATH",
    "TTY",
    "UTF8ToString",
    "loadDynamicLibrary",
    "stackRestore",
    "stackSave",
    "stringToNewUTF8",
    "wasmMemory",
]

# C functions and variables that JavaScript names: the runtime's TypeScript, and CPython's own EM_JS code. The bridge's
# functions are not here: EMSCRIPTEN_KEEPALIVE exports them.
EXPORTED_FUNCTIONS = [
    "_Py_EMSCRIPTEN_SIGNAL_HANDLING",
    "_Py_Version",
    "_PyGILState_GetThisThreadState",
    "__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET",
    "__PyRuntime",
    "__Py_DumpTraceback",
    "_emscripten_stack_get_base",
    "_emscripten_stack_get_current",
    "_free",
    "_malloc",
]

# Functions of libc and of emscripten.h that Emscripten has in JavaScript, for side modules: what nobody names is not there.
# Not the thousand of graphics, sound, HTML elements and web sockets, which are a megabyte of script: a module that wants one
# of those is told its name when it is loaded.
JAVASCRIPT_FUNCTIONS = [
    "__Unwind_Backtrace",
    "__Unwind_FindEnclosingFunction",
    "__Unwind_GetIPInfo",
    "___asctime_r",
    "___assert_fail",
    "_emscripten_asm_const_double",
    "_emscripten_asm_const_int",
    "_emscripten_asm_const_ptr",
    "_emscripten_async_call",
    "_emscripten_clear_immediate",
    "_emscripten_clear_interval",
    "_emscripten_clear_timeout",
    "_emscripten_get_callstack",
    "_emscripten_get_now_res",
    "_emscripten_promise_all",
    "_emscripten_promise_all_settled",
    "_emscripten_promise_any",
    "_emscripten_promise_race",
    "_emscripten_promise_then",
    "_emscripten_random",
    "_emscripten_run_script",
    "_emscripten_run_script_int",
    "_emscripten_run_script_string",
    "_emscripten_runtime_keepalive_check",
    "_emscripten_runtime_keepalive_pop",
    "_emscripten_runtime_keepalive_push",
    "_emscripten_set_immediate",
    "_emscripten_set_interval",
    "_emscripten_set_timeout",
    "_endprotoent",
    "_getprotobynumber",
    "_getprotoent",
    "_setprotoent",
    "_strptime",
    "_strptime_l",
]

# Emscripten's settings for the link.
SETTINGS = {
    # 4 GB is all that wasm32 can address. Growing costs nothing until it happens.
    "ALLOW_MEMORY_GROWTH": "1",
    "INITIAL_MEMORY": "32MB",
    "MAXIMUM_MEMORY": "4GB",
    "ALLOW_TABLE_GROWTH": "1",
    "FORCE_FILESYSTEM": "1",
    "EXPORT_NAME": "createModule",
    "ENVIRONMENT": "web,worker,node",
    # What runtime/js/src/interpreter.ts gives: ModuleArguments of emscripten.ts, but for noFSInit, which is read anyway.
    "INCOMING_MODULE_JS_API": "instantiateWasm,locateFile,noExitRuntime,noInitialRun,preRun,print,printErr,thisProgram",
    "WASM_BIGINT": "1",
    "TEXTDECODER": "2",
    "POLYFILL": "0",
    # C's own stack. Python stops recursion before its end: recursion.c.
    "STACK_SIZE": "5MB",
}

# The place-holders for the functions that TypeScript gives to C.
JS_LIBRARIES = ["imports.js"]
