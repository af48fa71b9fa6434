"""Which entries of lock.json become repositories of the same name here, and what is said of each beside its lock entry.

The sources of packages/ are in packages/repositories.bzl.
"""

_PLAIN = Label("//third_party/upstream:source.BUILD.bazel")

SOURCES = {
    "cpython": {
        "build_file": _PLAIN,
        "patches": [Label("//cpython:patches/0001-recursion-on-the-engines-stack.patch")],
    },
    # flang's run-time library and intrinsic modules, of all that there is.
    "llvm": {
        "build_file": Label("//toolchains/fortran/runtime:llvm.BUILD"),
        "drop": ["*"],
        "keep": [
            "flang/LICENSE.TXT",
            "flang/include/flang/Common/*",
            "flang/include/flang/Decimal/*",
            "flang/include/flang/ISO_Fortran_binding*.h",
            "flang/include/flang/Runtime/*",
            "flang/lib/Decimal/*",
            "flang/module/*",
            "flang/runtime/*",
        ],
        "patches": [
            Label("//toolchains/fortran/runtime:patches/0001-c-pointers-have-four-bytes.patch"),
            Label("//toolchains/fortran/runtime:patches/0002-kinds-of-c-types.patch"),
            Label("//toolchains/fortran/runtime:patches/0003-hidden-lengths-of-four-bytes.patch"),
        ],
    },
}
