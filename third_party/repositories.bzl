"""Every repository that comes from outside, from the lock files. In WORKSPACE:

    load("//third_party:locks.bzl", "terrarium_locks")
    terrarium_locks()
    load("//third_party:repositories.bzl", "terrarium_repositories")
    terrarium_repositories()

Nothing is fetched before a target needs it.
"""

load("@terrarium_locks//:debian.bzl", DEBIAN = "LOCK")
load("@terrarium_locks//:upstream.bzl", UPSTREAM = "LOCK")
load("//third_party/debian:defs.bzl", "debian_archive", "debian_closure")
load("//third_party/debian:rule_sets.bzl", "RULE_SETS")
load("//third_party/debian:tools.bzl", "TOOL_CLOSURES")
load("//third_party/npm:repositories.bzl", "npm_repositories")
load("//third_party/pypi:repositories.bzl", "python_wheels_repositories")
load("//third_party/upstream:defs.bzl", "upstream_archive")
load("//third_party/upstream:sources.bzl", "SOURCES")

def _file(pin):
    package = DEBIAN["packages"][pin]
    return {
        "filename": package["filename"],
        "name": pin,
        "sha256": package["sha256"],
        "size": package["size"],
    }

def _pin(closure, name):
    for pin in DEBIAN["closures"][closure]:
        if pin.startswith(name + "="):
            return pin
    fail("third_party/debian/lock.json has no %s in closure %s: add it to the manifest and lock anew" % (name, closure))

def terrarium_repositories():
    """Declares them all."""
    for name, rule_set in RULE_SETS.items():
        debian_archive(
            name = name,
            package = json.encode(_file(_pin("rules", rule_set["package"]))),
            **{key: value for key, value in rule_set.items() if key != "package"}
        )
    for name, tools in TOOL_CLOSURES.items():
        debian_closure(
            name = name,
            packages = json.encode([_file(pin) for pin in DEBIAN["closures"][tools["closure"]]]),
            **{key: value for key, value in tools.items() if key != "closure"}
        )
    for name, source in SOURCES.items():
        upstream_archive(
            name = name,
            entry = json.encode(dict(UPSTREAM["sources"][name], name = name)),
            **source
        )
    npm_repositories()
    python_wheels_repositories()
