"""What the index has of a project, and what its source distribution says of itself."""

from __future__ import annotations

import re
import tarfile
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packaging.metadata import RawMetadata, parse_email
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from third_party.private import pypi_client
from tools.lock import pypi

#: Back ends that the rule `wheel` knows, by the module that holds their hooks (PEP 517), and the
#: project that brings it.
BACK_ENDS = {
    "mesonpy": "meson-python",
    "scikit_build_core.build": "scikit-build-core",
    "setuptools.build_meta": "setuptools",
}

#: What compiles Rust, and so needs a compiler that is not here.
FOR_RUST = ("maturin", "setuptools-rust")

_LEGACY = "setuptools.build_meta:__legacy__"


class PackageError(Exception):
    """The project cannot be added; the message says why and what to do."""


@dataclass(frozen=True)
class Sdist:
    """A source distribution that the index has."""

    project: str
    version: str
    file: pypi_client.IndexFile

    @property
    def pin(self) -> str:
        """The lock's name of it."""
        return f"{self.project}=={self.version}"


@dataclass(frozen=True)
class Facts:
    """What a source distribution says: requirements of the build and at run time (PEP 508).

    `run_time` is None where only the built wheel knows.
    """

    back_end: str
    build: list[Requirement]
    run_time: list[Requirement] | None
    import_names: list[str] = field(default_factory=list)


def parse_argument(text: str) -> tuple[str, str]:
    """Gives the normalised project and the version of NAME or NAME==VERSION; "" for no version."""
    name, _, version = (part.strip() for part in text.partition("=="))
    good = re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?", name)
    if not good or ("==" in text and not _version(version)):
        raise PackageError(f"'{text}' is neither NAME nor NAME==VERSION, as kiwisolver==1.5.1")
    return pypi_client.normalise(name), version


def _version(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None


def find_sdist(project: str, version: str, settings: pypi_client.Settings) -> Sdist:
    """Finds a version's source distribution, or that of the newest one that is no pre-release.

    Raises PackageError if the index has no such project or version, has it only as wheels, or has
    no wheel but for any platform, so that there is nothing to build.
    """
    files, problems = pypi_client.list_files(project, settings)
    found = [file for file in files if _is_of(file.filename, project)]
    if not found:
        unreached = [problem for problem in problems if "HTTP Error 404" not in problem]
        if unreached:
            raise PackageError("pip's index cannot be asked:\n  " + "\n  ".join(unreached))
        raise PackageError(
            f"pip's index has no project '{project}'. Look its name up, or use the index that has "
            "it (PIP_INDEX_URL)."
        )
    sdists: dict[Version, Sdist] = {}
    wheels: dict[Version, list[str]] = {}
    for file in found:
        text = _version_in(file.filename)
        number = _version(text)
        if number is None:
            continue
        if file.yanked and not version:
            continue
        if file.filename.endswith(".whl"):
            wheels.setdefault(number, []).append(file.filename)
        elif number not in sdists or (file.sha256 and not sdists[number].file.sha256):
            # The first that can be locked, as the lock takes it: files of folders have no hash.
            sdists[number] = Sdist(project, text, file)
    known = sorted({*sdists, *wheels})
    if version:
        number = Version(version)
        if number not in known:
            raise PackageError(
                f"pip's index has no {project} {version}. The newest that it has: "
                + ", ".join(str(other) for other in known[-5:])
            )
    else:
        number = max(
            (other for other in known if not other.is_prerelease), default=max(known, default=None)
        )
        if number is None:
            raise PackageError(f"pip's index has files of '{project}', and none has a version")
    # One for any platform beside others is for want of better: it is built here all the same.
    built = wheels.get(number, [])
    if built and all(filename.endswith("-none-any.whl") for filename in built):
        raise PackageError(
            f"{project} {number} is pure Python ({built[0]}): there is nothing to build. "
            f'Add "{project}" to `wasm_wheels` of a group of third_party/pypi/manifest.toml, '
            f"and run {pypi_client.UPDATE_COMMAND} {project}"
        )
    if number not in sdists:
        others = [str(other) for other in sorted(sdists)][-5:]
        raise PackageError(
            f"pip's index has no source distribution (.tar.gz) of {project} {number}. "
            + (f"It has those of: {', '.join(others)}" if others else "It has none of any version.")
        )
    return sdists[number]


def _is_of(filename: str, project: str) -> bool:
    if filename.endswith(".whl"):
        return pypi_client.normalise(filename.partition("-")[0]) == project
    name = filename.removesuffix(".tar.gz").rpartition("-")[0]
    return filename.endswith(".tar.gz") and pypi_client.normalise(name) == project


def _version_in(filename: str) -> str:
    if filename.endswith(".whl"):
        return filename.split("-")[1]
    return filename.removesuffix(".tar.gz").rpartition("-")[2]


def read_facts(archive: Path, name: str) -> Facts:
    """Reads pyproject.toml and PKG-INFO of a source distribution, without unpacking it.

    Raises PackageError if they cannot be read, name a back end that the rule `wheel` does not know,
    or want another Python.
    """
    pyproject, metadata = _read_members(archive, name)
    system = pyproject.get("build-system", {})
    build = [_requirement(text, name) for text in system.get("requires", ["setuptools"])]
    back_end = system.get("build-backend", _LEGACY)
    project = pyproject.get("project", {})
    dynamic = {field.lower() for field in metadata.get("dynamic", [])}
    run_time: list[str] | None = metadata.get("requires_dist", [])
    # Before version 2.2 of the metadata, a source distribution need not say.
    if not run_time and (
        "requires-dist" in dynamic
        or Version(metadata.get("metadata_version", "1.0")) < Version("2.2")
    ):
        run_time = project.get("dependencies")
    requires_python = metadata.get("requires_python") or project.get("requires-python", "")
    try:
        suits = SpecifierSet(requires_python).contains(pypi.PYTHON_FULL_VERSION)
    except InvalidSpecifier as error:
        raise PackageError(f"{name}: its Requires-Python cannot be read: {error}") from error
    if not suits:
        raise PackageError(
            f"{name} wants Python {requires_python}, and this is Python "
            f"{pypi.PYTHON_FULL_VERSION}: take another version"
        )
    import_names = metadata.get("import_names") or project.get("import-names") or []
    return Facts(
        back_end=_back_end(back_end, system, build, name),
        build=build,
        run_time=None if run_time is None else [_requirement(text, name) for text in run_time],
        import_names=[str(text).partition(";")[0].strip() for text in import_names],
    )


def _requirement(text: str, name: str) -> Requirement:
    try:
        requirement = Requirement(text)
    except InvalidRequirement as error:
        raise PackageError(f"{name}: its requirement '{text}' cannot be read: {error}") from error
    if requirement.url:
        raise PackageError(
            f"{name}: its requirement '{text}' names an address, and the lock has only what an "
            "index has: take a version that asks for a released one"
        )
    return requirement


def _read_members(archive: Path, name: str) -> tuple[dict[str, Any], RawMetadata]:
    wanted: dict[str, bytes] = {}
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                inner = member.name.removeprefix("./").partition("/")[2]
                if member.isfile() and inner in ("pyproject.toml", "PKG-INFO"):
                    content = tar.extractfile(member)
                    wanted[inner] = content.read() if content else b""
    except (tarfile.TarError, OSError, EOFError) as error:
        raise PackageError(f"{name}: its source distribution is damaged ({error})") from error
    try:
        pyproject = tomllib.loads(wanted.get("pyproject.toml", b"").decode())
    except ValueError as error:
        raise PackageError(f"{name}: its pyproject.toml cannot be read: {error}") from error
    metadata, _ = parse_email(wanted.get("PKG-INFO", b""))
    return pyproject, metadata


def _back_end(module: str, system: dict[str, Any], build: list[Requirement], name: str) -> str:
    """Gives the project of a back end that is known, or of the one that a project's own wraps."""
    asked = {canonicalize_name(requirement.name) for requirement in build}
    for other in FOR_RUST:
        if other in asked or module == other:
            raise PackageError(
                f"{name} is built by {other}, which compiles Rust, and there is no compiler of "
                "Rust for WebAssembly here yet: it cannot be added"
            )
    found = BACK_ENDS.get(module.partition(":")[0])
    if found:
        return found
    wrapped = [other for other in BACK_ENDS.values() if other in asked]
    if system.get("backend-path") and len(wrapped) == 1:
        return wrapped[0]
    raise PackageError(
        f"{name} is built by {module}, which the rule `wheel` does not know. It knows "
        + ", ".join(sorted(BACK_ENDS.values()))
    )
