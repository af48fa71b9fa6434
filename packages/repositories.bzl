"""The sources of the packages, as repositories of the packages' names. In WORKSPACE, after terrarium_locks():

    load("//packages:repositories.bzl", "package_repositories")
    package_repositories()
"""

load("@terrarium_locks//:upstream.bzl", UPSTREAM = "LOCK")
load("//third_party/upstream:defs.bzl", "upstream_archive")

# Package, to what of its archive is left out because no target can use it.
_PACKAGES = {
    "bzip2": [],
    "libffi": ["testsuite/*"],
    "sqlite": [
        "art/*",
        "contrib/*",
        "doc/*",
        "mptest/*",
        "test/*",
    ],
    "xz": [
        "doc/*",
        "po/*",
        "po4a/*",
        "tests/*",
    ],
    "zlib": [
        "contrib/*",
        "doc/*",
        "examples/*",
        "test/*",
    ],
    "zstd": [
        "build/*",
        "contrib/*",
        "doc/*",
        "examples/*",
        "tests/*",
        "zlibWrapper/*",
    ],
}

def package_repositories():
    """Declares @NAME for each package, with packages/NAME/NAME.BUILD as its BUILD file."""
    for name, drop in _PACKAGES.items():
        upstream_archive(
            name = name,
            build_file = Label("//packages/{name}:{name}.BUILD".format(name = name)),
            drop = drop,
            entry = json.encode(dict(UPSTREAM[name], name = name)),
        )
