"""Repositories of what third_party/pypi/lock.json names. Nothing is fetched before a target needs it."""

load("@terrarium_locks//:pypi.bzl", "LOCK")
load("//third_party/pypi:defs.bzl", "pypi_sdist", "pypi_wheel", "pypi_wheel_file")
load("//third_party/pypi:names.bzl", "repository_of")
load("//third_party/pypi:patches.bzl", "SOURCES", "WHEELS")

def python_wheels_repositories():
    """Declares @pypi_<name> for each wheel of the lock, and @pypi_<name>_sdist for each source distribution.

    A wheel for the Python in WebAssembly is @pypi_<name>_wasm, and stays packed. `-` and `.` in names become `_`.
    patches.bzl says what is done to wheels of this machine and to source distributions.
    """
    for entry, facts in LOCK["packages"].items():
        pypi_wheel(
            name = repository_of(entry),
            entry = entry,
            filename = facts["filename"],
            requires = [repository_of(other) for other in facts["requires"]],
            sha256 = facts["sha256"],
            size = facts["size"],
            **WHEELS.get(entry.split("==")[0], {})
        )
    for entry, facts in LOCK["wasm_packages"].items():
        pypi_wheel_file(
            name = repository_of(entry) + "_wasm",
            entry = entry,
            filename = facts["filename"],
            requires = [repository_of(other) + "_wasm" for other in facts["requires"]],
            sha256 = facts["sha256"],
            size = facts["size"],
        )
    for entry, facts in LOCK["sdists"].items():
        pypi_sdist(
            name = repository_of(entry) + "_sdist",
            entry = entry,
            filename = facts["filename"],
            sha256 = facts["sha256"],
            size = facts["size"],
            **SOURCES.get(entry.split("==")[0], {})
        )
