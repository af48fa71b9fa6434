"""The libraries of Emscripten's sysroot that anything here links, by embuilder's names.

emcc picks variants by its settings: exceptions and longjmp in WebAssembly's first (legacy) encoding, which is what
PEP 783's 2026_0 platform uses; one thread; no debugging. Each is built twice: position-independent for main and side
modules, and plain for programs that load nothing at run time, as tests and configure's probes.
"""

LIBRARIES = [
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
