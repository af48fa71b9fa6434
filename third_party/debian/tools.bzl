"""The tools that come as Debian closures: for each repository its closure, its wrappers, and what of it is left out."""

_LLVM = "usr/lib/llvm-22/bin/"

_LLVM_TOOLS = [
    "llvm-ar",
    "llvm-as",
    "llvm-cxxfilt",
    "llvm-dis",
    "llvm-dwarfdump",
    "llvm-link",
    "llvm-nm",
    "llvm-objcopy",
    "llvm-objdump",
    "llvm-ranlib",
    "llvm-readobj",
    "llvm-size",
    "llvm-strip",
    "opt",
]

_BINARYEN_TOOLS = [
    "wasm-as",
    "wasm-ctor-eval",
    "wasm-dis",
    "wasm-emscripten-finalize",
    "wasm-merge",
    "wasm-metadce",
    "wasm-opt",
    "wasm-split",
    "wasm2js",
]

_PYTHON_DROP = [
    "usr/lib/python3.14/test/*",
    "usr/lib/python3.14/idlelib/*",
    "usr/lib/python3.14/ensurepip/*",
    "*/__pycache__/*",
    "*.pyc",
]

# Python finds its library beside its program, even where PYTHONHOME is ignored (-E, -I).
_PYTHON_LINKS = {"lib": "usr/lib"}

# Emscripten's launchers look for python and readlink on the PATH, and leave the sandbox by the real path of their file.
_EMSCRIPTEN_LAUNCHER = """#!/bin/sh
case $0 in
/*) self=$0 ;;
*) self=$PWD/$0 ;;
esac
exec "${EMSDK_PYTHON:?must name a Python 3.10 or newer}" -E "$self.py" "$@"
"""

_CLANG_ARGUMENTS = ["-no-canonical-prefixes", "-resource-dir", "{root}/usr/lib/llvm-22/lib/clang/22"]

TOOL_CLOSURES = {
    "debian_emscripten": {
        "arguments": {
            "clang": _CLANG_ARGUMENTS,
            "clang++": ["--driver-mode=g++"] + _CLANG_ARGUMENTS,
        },
        "build_file": Label("//third_party/debian:emscripten.BUILD.bazel"),
        "closure": "emscripten",
        "drop": [
            "usr/include/*",
            "usr/lib/cmake/*",
            "usr/lib/clang/*",
            "usr/lib/llvm-22/bin/*",
            "usr/lib/llvm-22/build/*",
            "usr/lib/llvm-22/include/*",
            "usr/lib/llvm-22/lib/cmake/*",
            "usr/lib/llvm-22/share/*",
            # Run-time libraries of native targets.
            "usr/lib/llvm-22/lib/clang/22/lib/*",
            "usr/share/emscripten/docs/*",
            "usr/share/emscripten/media/*",
        ],
        "keep": [_LLVM + tool for tool in _LLVM_TOOLS + ["clang", "lld"]],
        "reentrant": ["clang", "clang++"],
        "scripts": {
            "usr/share/emscripten/" + tool: _EMSCRIPTEN_LAUNCHER
            for tool in ["emcc", "em++", "emar", "emranlib"]
        },
        "wrappers": dict(
            [(tool, _LLVM + tool) for tool in _LLVM_TOOLS + ["clang", "lld"]] +
            [(tool, "usr/bin/" + tool) for tool in _BINARYEN_TOOLS],
            **{
                "clang++": _LLVM + "clang",
                "wasm-ld": _LLVM + "lld",
                # The name under which Debian's clang looks for its linker.
                "wasm-ld-22": _LLVM + "lld",
            }
        ),
    },
    "debian_node": {
        "build_file": Label("//third_party/debian:closure.BUILD.bazel"),
        "closure": "node",
    },
    "debian_posix": {
        "build_file": Label("//third_party/debian:closure.BUILD.bazel"),
        "closure": "posix",
    },
    "debian_python": {
        "build_file": Label("//third_party/debian:closure.BUILD.bazel"),
        "closure": "python",
        "drop": _PYTHON_DROP,
        "links": _PYTHON_LINKS,
        "wrappers": {
            "python3": "usr/bin/python3.14",
            "python3.14": "usr/bin/python3.14",
        },
    },
}
