"""Locks Debian package closures: manifest.toml in, lock.json out, apt's own solver in between.

Each closure is solved by `apt-get -s install` in a private, temporary apt root that knows one suite
of the machine's own mirror and whose dpkg status says that nothing is installed, save the packages
that the manifest excludes. Saying that an excluded package is "installed" makes the solver leave it
and everything that only it needs out of the closure, so that an exclusion is one name and one
reason.
"""

from __future__ import annotations

import fnmatch
import hashlib
import json
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tools.lock.apt import AptError, AptRoot
from tools.lock.reading import LockError, parse_toml, require_texts

#: The file that is locked, beside lock.json.
MANIFEST = "manifest.toml"


@dataclass(frozen=True)
class Exclusion:
    """Packages of a solved closure that are not taken, and why they are not needed."""

    packages: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Closure:
    """One entry of the manifest: what is asked for, from which suite, without what."""

    name: str
    suite: str
    packages: tuple[str, ...]
    exclude: tuple[Exclusion, ...] = field(default=())


def read_manifest(text: str) -> list[Closure]:
    """Parses manifest.toml; refuses unknown keys and exclusions without a reason."""
    closures = []
    for name, entry in parse_toml(text).get("closures", {}).items():
        unknown = set(entry) - {"suite", "packages", "exclude"}
        if unknown:
            raise LockError(f"closure '{name}' has unknown keys {sorted(unknown)}: remove them")
        for key in ("suite", "packages"):
            if not entry.get(key):
                raise LockError(f"closure '{name}' has no {key}: add them")
        for where in (entry, *entry.get("exclude", [])):
            require_texts(where.get("packages"), f"closure '{name}': packages")
        exclusions = []
        for exclusion in entry.get("exclude", []):
            if not exclusion.get("reason"):
                raise LockError(
                    f"closure '{name}' excludes {exclusion.get('packages')} for no reason: say why"
                )
            exclusions.append(Exclusion(tuple(exclusion["packages"]), exclusion["reason"]))
        closures.append(
            Closure(name, entry["suite"], tuple(entry["packages"]), tuple(exclusions)),
        )
    return closures


def fingerprint(closure: Closure) -> str:
    """Changes when what the manifest asks for in one closure does."""
    return hashlib.sha256(json.dumps(asdict(closure), sort_keys=True).encode()).hexdigest()[:16]


def lock(
    manifest: Path, previous: dict[str, Any] | None = None, entry: str | None = None
) -> tuple[dict[str, Any], list[str]]:
    """Solves every closure of `manifest`; gives lock.json's content, and warnings to print.

    With `entry` (a closure's name), only that closure is solved, and those that the manifest asks
    for in other words than when they were solved last.
    """
    text = manifest.read_text()
    closures = read_manifest(text)
    previous = previous or {}
    if entry and entry not in {closure.name for closure in closures}:
        known = ", ".join(sorted(closure.name for closure in closures))
        raise LockError(f"the manifest has no closure '{entry}'; it has {known}")
    solved: dict[str, list[str]] = {}
    packages: dict[str, dict[str, Any]] = {}
    warnings: list[str] = []
    to_solve = []
    for closure in closures:
        known_as = previous.get("asked", {}).get(closure.name)
        if entry and closure.name != entry and known_as == fingerprint(closure):
            solved[closure.name] = previous["closures"][closure.name]
            packages.update({pin: previous["packages"][pin] for pin in solved[closure.name]})
        else:
            to_solve.append(closure)
    try:
        for suite in sorted({closure.suite for closure in to_solve}):
            with tempfile.TemporaryDirectory(prefix="terrarium-apt-") as folder:
                root = AptRoot(Path(folder), suite)
                for closure in (c for c in to_solve if c.suite == suite):
                    solved[closure.name] = _solve(root, closure, warnings)
                    packages.update(_describe(root, solved[closure.name], suite))
    except AptError as error:
        raise LockError(str(error)) from error
    return {
        "manifest_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "asked": {c.name: fingerprint(c) for c in sorted(closures, key=lambda c: c.name)},
        "closures": dict(sorted(solved.items())),
        "packages": dict(sorted(packages.items())),
    }, warnings


def _solve(root: AptRoot, closure: Closure, warnings: list[str]) -> list[str]:
    """The closure as sorted `name=version`; warns of exclusions that nothing asks for."""
    whole = root.install(closure.packages, {})
    globs = [glob for exclusion in closure.exclude for glob in exclusion.packages]
    excluded = {n: v for n, v in whole.items() if any(fnmatch.fnmatchcase(n, g) for g in globs)}
    asked = set(closure.packages) & set(excluded)
    if asked:
        raise LockError(f"closure '{closure.name}' both asks for and excludes {sorted(asked)}")
    for glob in globs:
        if not any(fnmatch.fnmatchcase(name, glob) for name in whole):
            warnings.append(f"{closure.name}: exclusion '{glob}' matches nothing: remove it")
    solved = root.install(closure.packages, excluded)
    return sorted(f"{name}={version}" for name, version in solved.items())


def _describe(root: AptRoot, pins: list[str], suite: str) -> dict[str, dict[str, Any]]:
    return {
        f"{fields['Package']}={fields['Version']}": {
            "architecture": fields["Architecture"],
            "filename": fields["Filename"],
            "sha256": fields["SHA256"],
            "size": int(fields["Size"]),
            "suite": suite,
        }
        for fields in root.show(pins)
    }


def describe_changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """One line for each package that a closure gained, lost or has in another version."""
    lines = []
    for name in sorted({*old.get("closures", {}), *new["closures"]}):
        before = dict(pin.split("=", 1) for pin in old.get("closures", {}).get(name, []))
        after = dict(pin.split("=", 1) for pin in new["closures"].get(name, []))
        for package in sorted({*before, *after}):
            was, now = before.get(package), after.get(package)
            if was == now:
                old_hash = old["packages"][f"{package}={was}"]["sha256"]
                if old_hash != new["packages"][f"{package}={now}"]["sha256"]:
                    lines.append(f"{name}: {package} {now} has other bytes under the same version")
            elif was is None:
                lines.append(f"{name}: + {package} {now}")
            elif now is None:
                lines.append(f"{name}: - {package} {was}")
            else:
                lines.append(f"{name}: {package} {was} -> {now}")
    return lines


def summarise(content: dict[str, Any]) -> list[str]:
    """One line for each closure: how many packages, how large."""
    return [
        f"{name}: {len(pins)} packages, "
        f"{sum(content['packages'][pin]['size'] for pin in pins) / 1e6:.1f} MB"
        for name, pins in content["closures"].items()
    ]


def serialise(content: dict[str, Any]) -> str:
    """lock.json's text: stable order, one value a line, so that a diff shows what changed."""
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
