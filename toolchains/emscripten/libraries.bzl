"""The libraries of Emscripten's sysroot that anything here links, by embuilder's names.

emcc picks variants by its settings: exceptions and longjmp in WebAssembly's first (legacy) encoding, which is what
PEP 783's 2026_0 platform uses; one thread; no debugging.
"""

_LIBRARIES = [
    "libGL-getprocaddr",
    "libal",
    "libc",
    "libc++-legacyexcept",
    "libc++abi-legacyexcept",
    "libclang_rt.builtins-legacysjlj",
    "libdlmalloc",
    "libhtml5",
    "libnoexit",
    "libsockets",
    "libstubs",
    "libunwind-legacyexcept",
]

# For main and side modules (position-independent).
PYTHON_LIBRARIES = _LIBRARIES

# For programs that load nothing at run time: tests, configure's probes.
PROGRAM_LIBRARIES = _LIBRARIES
