"""Locks PyPI: manifest.toml in, lock.json out, pip's own resolver in between.

Wheels for the machines that build and wheels for the Python in WebAssembly are resolved apart. What
the latter need and the manifest has as a source distribution is built here: pip takes its version
from there, and the lock has no wheel of it.

pip judges environment markers (`; python_version < "3.15"`) by those of the target. What it chose
is walked again: which group reaches which package; one that nothing asks for is left out, and pip
is asked again where something is missing.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

from third_party.private import pypi_client
from tools.lock.reading import LockError, parse_toml, require_texts

#: The file that is locked, beside lock.json.
MANIFEST = "manifest.toml"

#: The full version of the Python that markers are judged for.
PYTHON_FULL_VERSION = "3.14.7"

#: Markers of the machines that build (PEP 508).
ENVIRONMENT = {
    "implementation_name": "cpython",
    "implementation_version": PYTHON_FULL_VERSION,
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "",
    "platform_system": "Linux",
    "platform_version": "",
    "python_full_version": PYTHON_FULL_VERSION,
    "python_version": pypi_client.PYTHON_VERSION,
    "sys_platform": "linux",
}

#: Markers of the Python in WebAssembly, as its `platform` and `sys` say.
WASM_ENVIRONMENT = {
    **ENVIRONMENT,
    "platform_machine": "wasm32",
    "platform_system": "Emscripten",
    "sys_platform": "emscripten",
}

_MAX_ROUNDS = 20

#: The tables of the lock, each by NAME==VERSION.
_TABLES = ("packages", "sdists", "wasm_packages")

# Runs beside pip, which brings the library that reads requirements.
_WALK = """
import json, sys
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name

question = json.load(sys.stdin)
packages = question["packages"]
environment = question["environment"]
extras, edges, missing, reached = {}, {}, set(), {}


def walk(requirement, seen):
    name = canonicalize_name(requirement.name)
    if name not in packages:
        missing.add(str(requirement).partition(";")[0].strip())
        return None
    if not requirement.specifier.contains(packages[name]["version"], prereleases=True):
        missing.add(str(requirement).partition(";")[0].strip())
    wanted = set(requirement.extras) | extras.get(name, set())
    if name in seen and wanted == extras.get(name):
        return name
    seen.add(name)
    extras[name] = wanted
    for text in packages[name]["requires"]:
        inner = Requirement(text)
        chosen = [extra for extra in ("", *sorted(wanted))
                  if inner.marker is None or inner.marker.evaluate({**environment, "extra": extra})]
        if chosen:
            needed = walk(inner, seen)
            if needed:
                edges.setdefault(name, set()).add(needed)
    return name


for group, requirements in question["groups"].items():
    seen = set()
    for text in requirements:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({**environment, "extra": ""}):
            walk(requirement, seen)
    reached[group] = sorted(seen)
json.dump({
    "edges": {name: sorted(needed) for name, needed in edges.items()},
    "groups": reached,
    "missing": sorted(missing),
}, sys.stdout)
"""


@dataclass(frozen=True)
class Group:
    """One group of the manifest: requirements of wheels, and pinned source distributions.

    `wasm_wheels` are requirements too, of wheels for the Python in WebAssembly.
    """

    name: str
    wheels: tuple[str, ...] = ()
    sdists: tuple[str, ...] = ()
    wasm_wheels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """What wheels are resolved for: its table in the lock, its platform's tags, its markers."""

    table: str
    platforms: tuple[str, ...]
    environment: dict[str, str]


LINUX = Target("packages", pypi_client.LINUX, ENVIRONMENT)
WASM = Target("wasm_packages", pypi_client.WASM, WASM_ENVIRONMENT)


def read_manifest(text: str) -> list[Group]:
    """Parses manifest.toml; refuses unknown keys and source distributions without a pin.

    A group has wheels for one platform only: its place in the lock names each project once.
    """
    groups = []
    for name, entry in parse_toml(text).get("groups", {}).items():
        unknown = set(entry) - {"wheels", "sdists", "wasm_wheels"}
        if unknown:
            raise LockError(f"group '{name}' has unknown keys {sorted(unknown)}: remove them")
        for key, values in entry.items():
            require_texts(values, f"group '{name}': {key}")
        if entry.get("wasm_wheels") and len(entry) > 1:
            raise LockError(f"group '{name}': put its wasm_wheels into a group of their own")
        for sdist in entry.get("sdists", []):
            if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", sdist):
                raise LockError(f"group '{name}': sdist '{sdist}' must be pinned as NAME==VERSION")
        groups.append(Group(name, **{key: tuple(values) for key, values in entry.items()}))
    return groups


def lock(
    manifest: Path, previous: dict[str, Any] | None = None, entry: str | None = None
) -> tuple[dict[str, Any], list[str]]:
    """Resolves every group of `manifest`; gives lock.json's content, and warnings to print.

    With `entry` (a project's name), only that project moves, and what is new with it; all else
    stays as in `previous`. A version of it that does not go with that is not taken.
    """
    text = manifest.read_text()
    groups = read_manifest(text)
    previous = previous or {}
    if entry and not _is_known(entry, groups, previous):
        raise LockError(f"the lock has no '{entry}'. Add it to a group of {manifest.name} first.")
    warnings: list[str] = []
    packages: dict[str, dict[str, Any]] = {}
    closures: dict[str, list[str]] = {}
    built = dict(_canonical(pin).split("==") for group in groups for pin in group.sdists)
    for target, asked, here in (
        (LINUX, {group.name: list(group.wheels) for group in groups if group.wheels}, {}),
        (
            WASM,
            {group.name: list(group.wasm_wheels) for group in groups if group.wasm_wheels},
            built,
        ),
    ):
        held = previous.get(target.table, {}) if entry else {}
        pins = [pin for pin in held if not _is_of(pin, entry or "")]
        found, reached = _resolve_wheels(target, asked, pins, warnings, here)
        packages[target.table] = dict(sorted(found.items()))
        closures.update(reached)
    sdists = _find_sdists(groups, previous.get("sdists", {}), warnings)
    content: dict[str, Any] = {
        "manifest_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "groups": {
            group.name: sorted(
                [*closures.get(group.name, [])] + [_canonical(pin) for pin in group.sdists]
            )
            for group in groups
        },
        "packages": packages[LINUX.table],
        "sdists": dict(sorted(sdists.items())),
        "wasm_packages": packages[WASM.table],
    }
    return content, warnings


def _is_of(pin: str, project: str) -> bool:
    return pin.partition("==")[0] == pypi_client.normalise(project)


def _is_known(project: str, groups: list[Group], previous: dict[str, Any]) -> bool:
    """Whether a project is in the lock, or in the manifest and so about to be."""
    asked = [
        re.split(r"[^A-Za-z0-9._-]", requirement.strip(), maxsplit=1)[0]
        for group in groups
        for requirement in (*group.wheels, *group.sdists, *group.wasm_wheels)
    ]
    pins = [pin for table in _TABLES for pin in previous.get(table, {})]
    return any(_is_of(_canonical(name), project) for name in asked + pins)


def _canonical(pin: str) -> str:
    name, _, version = pin.partition("==")
    return f"{pypi_client.normalise(name)}=={version}"


def _resolve_wheels(
    target: Target,
    asked: dict[str, list[str]],
    pins: list[str],
    warnings: list[str],
    built: Mapping[str, str],
) -> tuple[dict[str, dict[str, Any]], dict[str, list[str]]]:
    """Resolves what groups ask for: the table of the lock, and the pins that each group reaches.

    Neither has the projects of `built`, by name and version.
    """
    roots = [requirement for requirements in asked.values() for requirement in requirements]
    if not roots:
        return {}, {}
    extra: list[str] = []
    for _ in range(_MAX_ROUNDS):
        chosen = _ask_pip([*roots, *extra], pins, target, built)
        question = {"packages": chosen, "environment": target.environment, "groups": asked}
        answer = json.loads(pypi_client.find_pip().evaluate(_WALK, json.dumps(question)))
        news = [requirement for requirement in answer["missing"] if requirement not in extra]
        if not news:
            break
        extra += news
    else:
        raise LockError(f"pip's choice does not settle; it goes on asking for {', '.join(news)}")
    keys = {
        name: f"{name}=={facts['version']}" for name, facts in chosen.items() if name not in built
    }
    packages = {}
    for name in sorted(
        {name for closure in answer["groups"].values() for name in closure} & {*keys}
    ):
        facts = chosen[name]
        if facts["address"].startswith("file:") and not _is_public(name, facts["sha256"]):
            warnings.append(
                f"{facts['filename']} comes from a folder of this machine: can others get it?"
            )
        path = pypi_client.fetch(keys[name], facts["filename"], facts["sha256"])
        packages[keys[name]] = {
            "filename": facts["filename"],
            "sha256": facts["sha256"],
            "size": path.stat().st_size,
            "requires": [keys[other] for other in answer["edges"].get(name, []) if other in keys],
            "license": _license(pypi_client.wheel_metadata(path)),
        }
    return packages, {
        group: [keys[name] for name in closure if name in keys]
        for group, closure in answer["groups"].items()
    }


def _write_stand_in(folder: Path, name: str, version: str, platform: str) -> None:
    """Writes an empty wheel, by which pip knows that a project is there in this version.

    What it needs at run time is not said: its own package here names that.
    """
    stem = f"{name.replace('-', '_')}-{version}"
    python = "cp" + pypi_client.PYTHON_VERSION.replace(".", "")
    tag = f"{python}-{python}-{platform}"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    with zipfile.ZipFile(folder / f"{stem}-{tag}.whl", "w") as wheel:
        wheel.writestr(f"{stem}.dist-info/METADATA", metadata)
        wheel.writestr(f"{stem}.dist-info/WHEEL", f"Wheel-Version: 1.0\nTag: {tag}\n")
        wheel.writestr(f"{stem}.dist-info/RECORD", "")


def _ask_pip(
    requirements: list[str], pins: list[str], target: Target, built: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """What pip would install: by name, each project's version, file and requirements.

    Projects of `built`, by name and version, count as there.
    """
    with tempfile.TemporaryDirectory(prefix="terrarium-pip-") as folder:
        report, constraints = Path(folder, "report.json"), Path(folder, "constraints.txt")
        pins = [*pins, *(f"{name}=={version}" for name, version in built.items())]
        constraints.write_text("".join(f"{pin}\n" for pin in pins))
        (here := Path(folder, "built")).mkdir()
        for name, version in built.items():
            _write_stand_in(here, name, version, target.platforms[0])
        result = pypi_client.find_pip().run(
            "install",
            "--dry-run",
            "--ignore-installed",
            # Some versions of pip's `install` hold Requires-Python against the Python that they run
            # on, whatever --python-version says. The tags of wheels say which Python they are for.
            "--ignore-requires-python",
            "--quiet",
            "--report",
            str(report),
            "--target",
            str(Path(folder, "target")),
            "--constraint",
            str(constraints),
            "--find-links",
            str(here),
            *pypi_client.target_arguments(target.platforms),
            *requirements,
            markers=target.environment,
        )
        if result.returncode:
            raise LockError(
                f"pip cannot resolve the wheels of the manifest\n  {pypi_client.explain(result)}\n"
                "  Change the manifest, or the index that pip is set up for (PIP_INDEX_URL)."
            )
        chosen = {}
        for item in json.loads(report.read_text())["install"]:
            metadata, download = item["metadata"], item["download_info"]
            sha256 = download.get("archive_info", {}).get("hashes", {}).get("sha256", "")
            if not sha256 and pypi_client.normalise(metadata["name"]) not in built:
                raise LockError(
                    f"pip's index gives no SHA-256 for {metadata['name']}. "
                    "Use another index (PIP_INDEX_URL)."
                )
            chosen[pypi_client.normalise(metadata["name"])] = {
                "version": metadata["version"],
                "requires": metadata.get("requires_dist", []),
                "address": download["url"],
                "filename": download["url"]
                .rpartition("/")[2]
                .partition("#")[0]
                .replace("%2B", "+"),
                "sha256": sha256,
            }
        return chosen


def _is_public(project: str, sha256: str) -> bool:
    """True if an index, rather than only a folder of this machine, offers a file of this hash."""
    files, _ = pypi_client.list_files(project, pypi_client.Settings(pypi_client.find_pip()))
    return any(file.sha256 == sha256 and not file.address.startswith("file:") for file in files)


def _license(metadata: Message) -> str:
    """The licence that a wheel states: an SPDX expression, or what its older fields say."""
    stated = metadata["License-Expression"] or metadata["License"] or ""
    if stated and "\n" not in stated and len(stated) < 80:
        return stated
    classifiers = [c for c in metadata.get_all("Classifier", []) if c.startswith("License ::")]
    return classifiers[0].rpartition(" :: ")[2] if classifiers else ""


def _find_sdists(
    groups: list[Group], previous: dict[str, Any], warnings: list[str]
) -> dict[str, dict[str, Any]]:
    found = {}
    settings = None
    for pin in sorted({_canonical(pin) for group in groups for pin in group.sdists}):
        # A release's bytes do not change, and the index need not be asked for what is locked.
        if pin in previous:
            found[pin] = previous[pin]
            continue
        settings = settings or pypi_client.Settings(pypi_client.find_pip())
        project, _, version = pin.partition("==")
        files, problems = pypi_client.list_files(project, settings)
        matching = [
            file for file in files if _is_sdist_of(file.filename, project, version) and file.sha256
        ]
        if not matching:
            reason = "\n  ".join(problems) or f"it lists {len(files)} files of '{project}'"
            raise LockError(f"pip's index has no source distribution of {pin}\n  {reason}")
        file = matching[0]
        if file.yanked:
            warnings.append(f"{pin} was withdrawn by its authors")
        path = pypi_client.fetch(pin, file.filename, file.sha256)
        found[pin] = {"filename": file.filename, "sha256": file.sha256, "size": path.stat().st_size}
    return found


def _is_sdist_of(filename: str, project: str, version: str) -> bool:
    if not filename.endswith(".tar.gz"):
        return False
    name, _, found = filename[: -len(".tar.gz")].rpartition("-")
    return pypi_client.normalise(name) == project and found == version


def describe_changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """One line for each project that a group gained, lost or has in another version."""
    lines = []
    for group in sorted({*old.get("groups", {}), *new["groups"]}):
        before = dict(pin.split("==", 1) for pin in old.get("groups", {}).get(group, []))
        after = dict(pin.split("==", 1) for pin in new["groups"].get(group, []))
        for name in sorted({*before, *after}):
            was, now = before.get(name), after.get(name)
            if was == now:
                lines += _changed_bytes(old, new, f"{name}=={now}")
            elif was is None:
                lines.append(f"{group}: + {name} {now}")
            elif now is None:
                lines.append(f"{group}: - {name} {was}")
            else:
                lines.append(f"{group}: {name} {was} -> {now}")
    return lines


def _changed_bytes(old: dict[str, Any], new: dict[str, Any], pin: str) -> list[str]:
    lines = []
    for kind in _TABLES:
        was, now = old.get(kind, {}).get(pin), new.get(kind, {}).get(pin)
        if was and now and was["sha256"] != now["sha256"]:
            lines.append(
                f"{pin}: {was['filename']} -> {now['filename']}, other bytes under the same version"
            )
    return lines


def summarise(content: dict[str, Any]) -> list[str]:
    """One line for each group: how many files, how large."""
    lines = []
    for group, pins in content["groups"].items():
        # A pin can be in two tables; a group is for one platform.
        built = content[LINUX.table] | content["sdists"]
        table = built if built.keys() >= set(pins) else content[WASM.table]
        sizes = [table[pin]["size"] for pin in pins]
        lines.append(f"{group}: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB")
    return lines


def serialise(content: dict[str, Any]) -> str:
    """lock.json's text: stable order, one value a line, so that a diff shows what changed."""
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
