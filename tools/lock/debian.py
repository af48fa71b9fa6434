"""Locks Debian package closures: manifest.toml in, lock.json out, apt's own solver in between.

Each closure is solved by `apt-get -s install` in a private, temporary apt root that knows one suite
of the machine's own mirror and whose dpkg status says that nothing is installed, save the packages
that the manifest excludes. Saying that an excluded package is "installed" makes the solver leave it and
everything that only it needs out of the closure, so that an exclusion is one name and one reason.
"""

from __future__ import annotations

import fnmatch
import hashlib
import json
import os
import subprocess
import tempfile
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from third_party.private import registry

ARCHITECTURE = "amd64"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


class LockError(Exception):
    """The manifest cannot be locked; the message says why and what to change."""


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
    for name, entry in tomllib.loads(text).get("closures", {}).items():
        unknown = set(entry) - {"suite", "packages", "exclude"}
        if unknown:
            raise LockError(f"closure '{name}' has unknown keys {sorted(unknown)}: remove them")
        exclusions = []
        for exclusion in entry.get("exclude", []):
            if not exclusion.get("reason"):
                raise LockError(f"closure '{name}' excludes {exclusion.get('packages')} for no reason")
            exclusions.append(Exclusion(tuple(exclusion["packages"]), exclusion["reason"]))
        closures.append(
            Closure(name, entry["suite"], tuple(entry["packages"]), tuple(exclusions)),
        )
    return closures


class AptRoot:
    """A private apt: one suite of the machine's mirror, its own lists and its own dpkg status."""

    def __init__(self, folder: Path, suite: str) -> None:
        """Downloads the suite's index into `folder`, which must be empty."""
        self._folder = folder
        self._status = folder / "status"
        for part in ("etc/apt.conf.d", "etc/preferences.d", "lists/partial", "state", "cache/archives"):
            (folder / part).mkdir(parents=True)
        if not KEYRING.exists():
            raise LockError(f"{KEYRING} is missing: install the package debian-archive-keyring")
        (folder / "etc/sources.list").write_text(
            f"deb [signed-by={KEYRING}] {registry.debian_mirror()} {suite} main\n"
        )
        self._status.write_text("")
        (folder / "apt.conf").write_text(
            # Dir::Etc stays the machine's: its apt.conf.d and auth.conf may hold a proxy or credentials.
            f"""
            Dir::Etc::sourcelist "{folder}/etc/sources.list";
            Dir::Etc::sourceparts "/dev/null";
            Dir::Etc::preferences "/dev/null";
            Dir::Etc::preferencesparts "/dev/null";
            Dir::State "{folder}/state";
            Dir::State::lists "{folder}/lists";
            Dir::State::status "{self._status}";
            Dir::Cache "{folder}/cache";
            APT::Architecture "{ARCHITECTURE}";
            APT::Architectures "{ARCHITECTURE}";
            APT::Install-Recommends "false";
            APT::Sandbox::User "{"root" if os.geteuid() == 0 else ""}";
            Acquire::Languages "none";
            // A pinned suite may be past its Valid-Until; signature and hashes still hold.
            Acquire::Check-Valid-Until "false";
            """
        )
        self._run("apt-get", "-qq", "update")

    def _run(self, *command: str) -> str:
        result = subprocess.run(
            command,
            capture_output=True,
            text=True,
            env={**os.environ, "APT_CONFIG": str(self._folder / "apt.conf"), "LC_ALL": "C"},
        )
        if result.returncode:
            raise LockError(f"{' '.join(command[:6])} … failed:\n{result.stderr or result.stdout}")
        return result.stdout

    def solve(self, closure: Closure) -> tuple[list[str], list[str]]:
        """Gives the closure as sorted `name=version`, and the exclusions that nothing asked for."""
        whole = self._simulate(closure.packages, {})
        globs = [glob for exclusion in closure.exclude for glob in exclusion.packages]
        excluded = {n: v for n, v in whole.items() if any(fnmatch.fnmatchcase(n, g) for g in globs)}
        asked = set(closure.packages) & set(excluded)
        if asked:
            raise LockError(f"closure '{closure.name}' both asks for and excludes {sorted(asked)}")
        idle = [g for g in globs if not any(fnmatch.fnmatchcase(n, g) for n in whole)]
        solved = self._simulate(closure.packages, excluded)
        return sorted(f"{name}={version}" for name, version in solved.items()), idle

    def _simulate(self, packages: tuple[str, ...], installed: dict[str, str]) -> dict[str, str]:
        stanzas = []
        if installed:
            for fields in self.show([f"{n}={v}" for n, v in installed.items()]):
                kept = [f"{key}: {fields[key]}" for key in _IDENTITY if key in fields]
                stanzas.append("\n".join([*kept, "Status: hold ok installed", ""]))
        self._status.write_text("\n".join(stanzas))
        out = self._run("apt-get", "-s", "-qq", "install", "--no-install-recommends", *packages)
        chosen = {}
        for line in out.splitlines():
            if line.startswith("Inst "):
                name, version = line.split()[1:3]
                chosen[name] = version.lstrip("([")
        return chosen

    def show(self, pins: list[str]) -> list[dict[str, str]]:
        """The index fields of each `name=version`, as apt-cache prints them."""
        stanzas = []
        for stanza in self._run("apt-cache", "show", "--no-all-versions", *pins).split("\n\n"):
            fields: dict[str, str] = {}
            for line in stanza.splitlines():
                if line[:1].isspace() or ":" not in line:
                    continue
                key, value = line.split(":", 1)
                fields[key] = value.strip()
            if "Filename" in fields:
                stanzas.append(fields)
        if len(stanzas) != len(pins):
            known = {f"{fields['Package']}={fields['Version']}" for fields in stanzas}
            raise LockError(f"apt chose packages that it cannot show: {sorted(set(pins) - known)}")
        return stanzas


_IDENTITY = ("Package", "Version", "Architecture", "Multi-Arch", "Provides", "Maintainer", "Description")


def lock(manifest: Path) -> tuple[dict[str, Any], list[str]]:
    """Solves every closure of `manifest`; gives lock.json's content, and warnings to print."""
    text = manifest.read_text()
    closures = read_manifest(text)
    solved: dict[str, list[str]] = {}
    packages: dict[str, dict[str, Any]] = {}
    warnings: list[str] = []
    for suite in sorted({closure.suite for closure in closures}):
        with tempfile.TemporaryDirectory(prefix="terrarium-apt-") as folder:
            root = AptRoot(Path(folder), suite)
            for closure in (c for c in closures if c.suite == suite):
                pins, idle = root.solve(closure)
                solved[closure.name] = pins
                warnings += [f"{closure.name}: exclusion '{g}' matches nothing: remove it" for g in idle]
                for fields in root.show(pins):
                    packages[f"{fields['Package']}={fields['Version']}"] = {
                        "architecture": fields["Architecture"],
                        "filename": fields["Filename"],
                        "sha256": fields["SHA256"],
                        "size": int(fields["Size"]),
                        "suite": suite,
                    }
    return {
        "manifest_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "closures": dict(sorted(solved.items())),
        "packages": dict(sorted(packages.items())),
    }, warnings


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


def serialise(lock_content: dict[str, Any]) -> str:
    """lock.json's text: stable order, one value a line, so that a diff shows what changed."""
    return json.dumps(lock_content, indent=1, ensure_ascii=False) + "\n"
