"""Writes the packages of a release, and the pyodide-lock.json that names them.

    python -m dist.lock_packages DESCRIPTION

DESCRIPTION is a JSON file that dist/release.bzl writes. Run from Bazel's execution root, in an
action; paths in it are relative to that.

A wheel is copied as it is, and refused if it is for another platform. What it depends on is what
its metadata requires of this platform, extras of others that it asks for included, and the shared
libraries that the extension modules in it name. A shared library is put into a zip file,
without times. The fields of the lock file are those of Pyodide's; a library's `variants`, which
other loaders do not know, are files that take its place where the engine has a feature.
"""

import email
import hashlib
import importlib
import json
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from toolchains.fortran.private.wasm_types import needed_libraries

#: What markers in requirements are evaluated with (PEP 508), but for what markers() adds.
ENVIRONMENT = {
    "extra": "",
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "wasm32",
    "platform_python_implementation": "CPython",
    "platform_release": "",
    "platform_system": "Emscripten",
    "platform_version": "",
    "sys_platform": "emscripten",
}


class LockError(Exception):
    """The release cannot be locked; the message says why and what to do."""


@dataclass
class Package:
    """What is known of a package before all are known."""

    entry: dict[str, Any]
    #: Requirements as the metadata has them.
    requires: list[str] = field(default_factory=list)
    #: File names of shared libraries that its modules name, and that it does not bring.
    needs: set[str] = field(default_factory=set)
    #: Folders that may be namespace packages (PEP 420).
    namespaces: set[str] = field(default_factory=set)
    #: The shared library that it is.
    provides: str = ""


def sha256_of(path: Path) -> str:
    """Gives the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def top_level(names: Sequence[str]) -> tuple[set[str], set[str]]:
    """Gives what can be imported from a wheel with these files: modules, and namespace packages."""
    # What is in these folders is unpacked beside the rest (PEP 427).
    paths = [PurePosixPath(re.sub(r"^[^/]+\.data/(pure|plat)lib/", "", name)) for name in names]
    modules = {path.name.split(".")[0] for path in paths if len(path.parts) == 1 and is_code(path)}
    modules |= {path.parts[0] for path in paths if path.parts[1:] == ("__init__.py",)}
    folders = {path.parts[0] for path in paths if len(path.parts) > 1 and is_code(path)}
    folders = {name for name in folders if name.isidentifier()}
    return modules, folders - modules


def is_code(path: PurePosixPath) -> bool:
    """Says whether Python imports a file."""
    return path.suffix in (".py", ".so")


def supported_tags(info: dict[str, str]) -> frozenset[str]:
    """Gives the tags of wheels that the Python of a lock file runs, as `cp314-cp314-PLATFORM`.

    `info` is the lock file's.
    """
    tags = importlib.import_module("packaging.tags")
    version = tuple(int(part) for part in info["python"].split(".")[:2])
    interpreter = f"cp{version[0]}{version[1]}"
    platforms = [f"pyemscripten_{info['abi_version']}_{info['arch']}"]
    found = [
        *tags.cpython_tags(version, abis=[interpreter], platforms=platforms),
        *tags.compatible_tags(version, interpreter, platforms),
    ]
    return frozenset(map(str, found))


def check_tags(name: str, supported: frozenset[str]) -> None:
    """Raises LockError unless the wheel of this file name is for this platform."""
    utils = importlib.import_module("packaging.utils")
    try:
        *_, tags = utils.parse_wheel_filename(name)
    except utils.InvalidWheelFilename as error:
        raise LockError(f"{name} is no name of a wheel ({error}): name wheels alone") from None
    if not supported.intersection(map(str, tags)):
        platform = next(tag for tag in supported if "pyemscripten" in tag).split("-")[-1]
        raise LockError(
            f"{name} is a wheel for another machine or Python than {platform}: build it here, by "
            "the rule `wheel`, or lock one for this platform or for any"
        )


def read_wheel(facts: dict[str, Any], supported: frozenset[str]) -> Package:
    """Copies a wheel, and reads what it says of itself."""
    source, target = Path(facts["source"]), Path(facts["target"])
    check_tags(source.name, supported)
    shutil.copyfile(source, target)
    package = Package({})
    with zipfile.ZipFile(source) as wheel:
        names = wheel.namelist()
        metadata = next((n for n in names if re.fullmatch(r"[^/]+\.dist-info/METADATA", n)), None)
        if metadata is None:
            raise LockError(f"{source.name} has no METADATA: it is no wheel; build it anew")
        stated = email.message_from_bytes(wheel.read(metadata))
        for name in names:
            if name.endswith(".so"):
                package.needs.update(needed_libraries(wheel.read(name)))
    package.needs -= {PurePosixPath(name).name for name in names}
    package.requires = stated.get_all("Requires-Dist", [])
    modules, namespaces = top_level(names)
    is_tests = facts["kind"] == "tests"
    package.namespaces = set() if is_tests else namespaces
    utils = importlib.import_module("packaging.utils")
    package.entry = {
        "name": utils.canonicalize_name(stated["Name"]),
        "version": stated["Version"],
        "file_name": target.name,
        "install_dir": "site",
        "sha256": sha256_of(target),
        "package_type": "package",
        "imports": sorted(modules),
        "depends": [],
        "unvendored_tests": facts.get("tests", False),
    }
    return package


def pack_library(facts: dict[str, Any], name: str) -> str:
    """Puts a shared library into a zip file, under its file name, and gives the SHA-256 of that."""
    target = Path(facts["target"])
    with zipfile.ZipFile(target, "w") as bundle:
        member = zipfile.ZipInfo(name)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = 0o100644 << 16
        bundle.writestr(member, Path(facts["source"]).read_bytes(), compresslevel=9)
    return sha256_of(target)


def read_library(facts: dict[str, Any], variants: Sequence[dict[str, Any]]) -> Package:
    """Packs a shared library and its variants, and reads what it needs."""
    source, target = Path(facts["source"]), Path(facts["target"])
    entry: dict[str, Any] = {
        "name": facts["name"],
        "version": facts["version"],
        "file_name": target.name,
        "install_dir": "dynlib",
        "sha256": pack_library(facts, source.name),
        "package_type": "shared_library",
        "imports": [],
        "depends": [],
        "unvendored_tests": False,
    }
    if variants:
        entry["variants"] = [
            {
                "feature": variant["feature"],
                "file_name": Path(variant["target"]).name,
                "sha256": pack_library(variant, source.name),
            }
            for variant in variants
        ]
    needs = set(needed_libraries(source.read_bytes()))
    return Package(entry, needs=needs, provides=source.name)


def requirements_of(package: Package, extra: str, environment: dict[str, str]) -> Iterator[Any]:
    """Gives what a package requires of this platform; with an extra, what that adds."""
    requirements = importlib.import_module("packaging.requirements")
    for text in package.requires:
        requirement = requirements.Requirement(text)
        marker = requirement.marker
        if not marker or marker.evaluate(environment | {"extra": ""}):
            applies = not extra
        else:
            applies = bool(extra) and marker.evaluate(environment | {"extra": extra})
        if applies:
            yield requirement


def names_required(
    name: str, by_name: dict[str, Package], environment: dict[str, str]
) -> Iterator[str]:
    """Gives the names of the packages that one requires, by itself and through extras of others.

    Raises LockError if the release has none that meets a requirement.
    """
    utils = importlib.import_module("packaging.utils")
    waiting, seen = [(name, "")], set()
    while waiting:
        asking = waiting.pop()
        if asking in seen:
            continue
        seen.add(asking)
        who, extra = asking
        for requirement in requirements_of(by_name[who], extra, environment):
            needed = utils.canonicalize_name(requirement.name)
            version = by_name[needed].entry["version"] if needed in by_name else None
            if version is None or not requirement.specifier.contains(version, prereleases=True):
                there = f"has {requirement.name} {version}" if version else "has none of that name"
                asks = f"{who}[{extra}], which {name} needs," if extra else who
                raise LockError(
                    f"{asks} needs {requirement}, and the release {there}: add it to WHEELS of "
                    "dist/packages.bzl, or another version"
                )
            yield needed
            waiting += [(needed, utils.canonicalize_name(wanted)) for wanted in requirement.extras]


def markers(python: str) -> dict[str, str]:
    """The environment of markers for a version of Python: all that there are."""
    return ENVIRONMENT | {
        "implementation_version": python,
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
    }


def resolve(packages: Sequence[Package], python: str) -> Iterator[dict[str, Any]]:
    """Gives the entries of the lock, each with what it depends on.

    Raises LockError if a package is there twice, or if none meets a requirement.
    """
    environment = markers(python)
    by_name: dict[str, Package] = {}
    for package in packages:
        name = package.entry["name"]
        if name in by_name:
            raise LockError(f"{name} is in the release twice: name it once in dist/packages.bzl")
        by_name[name] = package
    providers = {package.provides: name for name, package in by_name.items() if package.provides}
    claimed = {module for package in packages for module in package.entry["imports"]}
    for name, package in sorted(by_name.items()):
        # One that asks for an extra of its own needs what that brings, and not itself.
        depends = set(names_required(name, by_name, environment)) - {name}
        for library in package.needs:
            if library not in providers:
                raise LockError(
                    f"a module of {name} needs {library}, which no package of the release is: add "
                    "it to LIBRARIES of dist/packages.bzl"
                )
            depends.add(providers[library])
        package.entry["depends"] = sorted(depends)
        package.entry["imports"] += sorted(package.namespaces - claimed)
        yield package.entry


def main(arguments: list[str]) -> int:
    """The command line described in the module's docstring."""
    it = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    sys.path[:0] = it["modules"]
    lock = json.loads(Path(it["base"]).read_text(encoding="utf-8"))
    packages = []
    supported = supported_tags(lock["info"])
    try:
        for facts in it["packages"]:
            if facts["kind"] != "library":
                packages.append(read_wheel(facts, supported))
            elif not facts["feature"]:
                of_it = [
                    o for o in it["packages"] if o.get("name") == facts["name"] and o["feature"]
                ]
                packages.append(read_library(facts, sorted(of_it, key=lambda o: str(o["feature"]))))
        entries = {entry["name"]: entry for entry in resolve(packages, lock["info"]["python"])}
    except LockError as error:
        sys.stderr.write(f"dist/packages.bzl: {error}\n")
        return 1
    lock["packages"] = entries
    Path(it["lock"]).write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
