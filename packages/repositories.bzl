"""The sources of the packages, as repositories of the packages' names. In WORKSPACE, after terrarium_locks():

    load("//packages:repositories.bzl", "package_repositories")
    package_repositories()
"""

load("@terrarium_locks//:upstream.bzl", UPSTREAM = "LOCK")
load("//third_party/upstream:defs.bzl", "upstream_archive")

# Package, to what is said of it beside its lock entry: patches, and what no target can use and is not unpacked.
_PACKAGES = {
    "blis": {"drop": [
        "docs/*",
        "kernels/*",
        "sandbox/*",
        "vendor/*",
    ]},
    "bzip2": {},
    "freetype": {"drop": [
        "builds/*",
        "docs/*",
        "subprojects/*",
        "tests/*",
    ]},
    "geos": {"drop": [
        "benchmarks/*",
        "doxygen/*",
        "examples/*",
        "tests/*",
        "util/*",
    ]},
    "harfbuzz": {"drop": [
        "docs/*",
        "perf/*",
        "subprojects/*",
        "test/*",
        "util/*",
    ]},
    "lapack": {
        "drop": [
            "CMAKE/*",
            "DOCS/*",
            "LAPACKE/*",
        ],
        "patches": [
            Label("//packages/lapack:patches/upstream/infinite-norms-are-equal.patch"),
            Label("//packages/lapack:patches/upstream/seed-without-fused-arithmetic.patch"),
        ],
    },
    "libffi": {
        "drop": ["testsuite/*"],
        "patches": [Label("//packages/libffi:patches/upstream/variadic-argument-places.patch")],
    },
    "openblas": {"drop": [
        "benchmark/*",
        "cpp_thread_test/*",
        "ctest/*",
        "docs/*",
        "test/*",
        "utest/*",
    ]},
    "qhull": {
        "drop": [
            "eg/*",
            "html/*",
        ],
    },
    "raqm": {"drop": [
        "docs/*",
        "subprojects/*",
        "tests/*",
    ]},
    "sheenbidi": {"drop": [
        "Tests/*",
        "Tools/*",
    ]},
    "sqlite": {},
    "xz": {"drop": [
        "doc/*",
        "po/*",
        "po4a/*",
        "tests/*",
    ]},
    "zlib": {"drop": [
        "contrib/*",
        "doc/*",
        "examples/*",
        "test/*",
    ]},
    "zstd": {"drop": [
        "build/*",
        "contrib/*",
        "doc/*",
        "examples/*",
        "tests/*",
        "zlibWrapper/*",
    ]},
}

def package_repositories():
    """Declares @NAME for each package, with packages/NAME/NAME.BUILD as its BUILD file."""
    for name, source in _PACKAGES.items():
        upstream_archive(
            name = name,
            build_file = Label("//packages/{name}:{name}.BUILD".format(name = name)),
            entry = json.encode(dict(UPSTREAM["sources"][name], name = name)),
            **source
        )
