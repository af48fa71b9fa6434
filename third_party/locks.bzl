"""Makes the lock files loadable; comes first in WORKSPACE, because repositories.bzl loads from what this declares.

Each repository then takes its own lock entry as an attribute, so that a changed lock refetches only what changed in it.
"""

_LOCKS = {
    "debian": Label("//third_party/debian:lock.json"),
    "npm": Label("//third_party/npm:lock.json"),
    "pypi": Label("//third_party/pypi:lock.json"),
    "upstream": Label("//third_party/upstream:lock.json"),
}

def _loadable_locks_impl(rctx):
    rctx.file("BUILD.bazel", "", executable = False)
    for ecosystem, lock in _LOCKS.items():
        text = rctx.read(lock)
        if "'''" in text:
            fail("%s holds three quotes in a row, which no name or hash does: write it anew: ./bazelw run //tools/lock:update" % lock)
        rctx.file(ecosystem + ".bzl", "LOCK = json.decode(r'''%s''')\n" % text, executable = False)

_loadable_locks = repository_rule(
    implementation = _loadable_locks_impl,
    doc = "@terrarium_locks//:ECOSYSTEM.bzl, with one dict, LOCK: the lock file's content.",
)

def terrarium_locks():
    """Declares @terrarium_locks."""
    _loadable_locks(name = "terrarium_locks")
