"""The command-line flags of clang and emcc for wasm32-emscripten, once for the whole tree.

Compile actions run clang itself (0.05 s a call) and not emcc (0.25 s). COMPILE_FLAGS are the flags that emcc
hands to clang; `//toolchains/emscripten/tests:flags_test` compares the two.
"""

# What emcc passes to clang for -fPIC -fwasm-exceptions -sSUPPORT_LONGJMP=wasm.
COMPILE_FLAGS = [
    "-target",
    "wasm32-unknown-emscripten",
    "-fvisibility=default",
    "-mllvm",
    "-combiner-global-alias-analysis=false",
    "-mllvm",
    "-wasm-enable-sjlj",
    "-mllvm",
    "-wasm-use-legacy-eh",
    "-mllvm",
    "-disable-lsr",
    "-Xclang",
    "-iwithsysroot/include/fakesdl",
    "-Xclang",
    "-iwithsysroot/include/compat",
    "-fPIC",
    "-fwasm-exceptions",
]

# The names of floating-point exceptions, which Emscripten's <fenv.h> does not have: for what uses the flags that main modules
# keep (fenv.c). Not among COMPILE_FLAGS, because code that sees the names takes it that arithmetic raises flags, which it does not.
FENV_DEFINES = [
    "FE_INVALID=1",
    "FE_DIVBYZERO=4",
    "FE_OVERFLOW=8",
    "FE_UNDERFLOW=16",
    "FE_INEXACT=32",
]

# What must never depend on the machine, the folder or the time of a build.
DETERMINISM_FLAGS = [
    "-no-canonical-prefixes",
    "-ffile-compilation-dir=.",
    "-Werror=date-time",
    "-Wno-builtin-macro-redefined",
    "-D__DATE__=\"redacted\"",
    "-D__TIME__=\"redacted\"",
    "-D__TIMESTAMP__=\"redacted\"",
]

# What emcc is told at every compilation it does itself (configure scripts, build back ends).
EMCC_COMPILE_FLAGS = [
    "-fPIC",
    "-fwasm-exceptions",
    "-sSUPPORT_LONGJMP=wasm",
]

# What emcc is told at every link.
EMCC_LINK_FLAGS = [
    "-fwasm-exceptions",
    "-sSUPPORT_LONGJMP=wasm",
    # lld 22 made --stack-first the default, which emcc's memory layout contradicts.
    "-Wl,--no-stack-first",
    # emcc 6.0.5 expects LLVM 24 and says so each time; LLVM 22 is what the lock has.
    "-Wno-version-check",
]

# A call whose type differs from its definition traps at run time: refuse to link it.
EMCC_PROGRAM_LINK_FLAGS = [
    "-Wl,--fatal-warnings",
]

# The same for programs that load modules, and for modules. lld warns at each such link that its format is not final,
# unless it is told that this is known.
EMCC_MODULE_LINK_FLAGS = [
    "-Wl,--experimental-pic",
    "-Wl,--fatal-warnings",
]
