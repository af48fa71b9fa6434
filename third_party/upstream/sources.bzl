"""Which entries of lock.json become repositories of the same name, and what is said of each beside its lock entry."""

_PLAIN = Label("//third_party/upstream:source.BUILD.bazel")

SOURCES = {
    "blis": {"build_file": _PLAIN},
    "bzip2": {"build_file": _PLAIN},
    "cpython": {"build_file": _PLAIN},
    "lapack": {"build_file": _PLAIN},
    "libffi": {"build_file": _PLAIN},
    "sqlite": {"build_file": _PLAIN},
    "xz": {"build_file": _PLAIN},
    "zlib": {"build_file": _PLAIN},
    "zstd": {"build_file": _PLAIN},
}
