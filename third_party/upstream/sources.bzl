"""Which entries of lock.json become repositories of the same name here, and what is said of each beside its lock entry.

The sources of packages/ are in packages/repositories.bzl.
"""

_PLAIN = Label("//third_party/upstream:source.BUILD.bazel")

SOURCES = {
    "blis": {"build_file": _PLAIN},
    "cpython": {
        "build_file": _PLAIN,
        "patches": [Label("//cpython:patches/0001-recursion-on-the-engines-stack.patch")],
    },
    "lapack": {"build_file": _PLAIN},
}
