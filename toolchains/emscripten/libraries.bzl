"""The libraries of Emscripten's sysroot that anything here links, by embuilder's names.

emcc picks variants by its settings: wasm exceptions, wasm longjmp, one thread, no debugging.
"""

# For main and side modules (position-independent).
PYTHON_LIBRARIES = [
    "libGL-getprocaddr",
    "libal",
    "libc",
    "libc++-wasmexcept",
    "libc++abi-wasmexcept",
    "libclang_rt.builtins-wasmsjlj",
    "libdlmalloc",
    "libhtml5",
    "libnoexit",
    "libsockets",
    "libstubs",
    "libunwind-wasmexcept",
]

# For programs that load nothing at run time: tests, configure's probes.
PROGRAM_LIBRARIES = [
    "crt1",
    "libGL-getprocaddr",
    "libal",
    "libc",
    "libc++-wasmexcept",
    "libc++abi-wasmexcept",
    "libclang_rt.builtins-wasmsjlj",
    "libdlmalloc",
    "libhtml5",
    "libnoexit",
    "libsockets",
    "libstubs",
    "libunwind-wasmexcept",
]
