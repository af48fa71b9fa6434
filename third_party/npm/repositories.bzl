"""Repositories of what third_party/npm/lock.json names. Nothing is fetched before a target needs it.

Programs that run as they are, because they are static: `@npm_esbuild_linux_x64//:bin/esbuild`,
`@npm_bazel_buildifier//:buildifier-linux_amd64`, `@npm_bazel_buildozer//:buildozer-linux_amd64` and
`@npm_typescript_typescript_linux_x64//:lib/tsc`. `@npm_biomejs_cli_linux_x64//:biome` needs glibc: it is started through a
Debian closure's loader.
"""

load("@terrarium_locks//:npm.bzl", "LOCK")
load("//third_party/npm:defs.bzl", "npm_package")
load("//third_party/private:names.bzl", "mangle")

def _repository_names():
    """Repository names by lock entry."""
    roots = {entry: True for group in LOCK["groups"].values() for entry in group}
    entries = LOCK["packages"].keys()
    names = {}
    taken = {}

    # What package.json names comes first, and so gets the name without a version.
    for entry in [e for e in entries if e in roots] + [e for e in entries if e not in roots]:
        package, _, version = entry.rpartition("@")
        name = "npm_" + mangle(package)
        if name in taken:
            name += "_" + mangle(version)
        taken[name] = True
        names[entry] = name
    return names

def _closure(entry):
    """All entries that `entry` needs, near and far, but for itself. npm allows circles."""
    packages = LOCK["packages"]
    found = {}
    front = packages[entry]["dependencies"]
    for _ in packages:
        further = []
        for other in front:
            if other not in found and other != entry:
                found[other] = True
                further.extend(packages[other]["dependencies"])
        front = further
    return sorted(found)

def npm_repositories():
    """Declares @npm_<name> for each package of the lock.

    @types/node is @npm_types_node. A package that the lock has in several versions gets its version added to the
    name, but for the one that package.json names.
    """
    names = _repository_names()
    for entry, facts in LOCK["packages"].items():
        npm_package(
            name = names[entry],
            entry = entry,
            requires = [names[other] for other in _closure(entry)],
            sha256 = facts["sha256"],
            size = facts["size"],
            target = names[entry],
        )
