"""Locks npm: package.json in, lock.json out, npm's own solver in between.

npm writes its package-lock.json without download addresses; what counts of it is kept: each
package's version and hash, what it needs, and of the packages made for one platform only those for
Linux on x86-64 with glibc. npm's hash is SHA-512. The SHA-256 that everything here is named by is
taken from the tarball, once, when npm's own hash has been found right.
"""

from __future__ import annotations

import base64
import hashlib
import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from third_party.private import npm_client, registry
from tools.lock.reading import LockError

#: The file that is locked, beside lock.json.
MANIFEST = "package.json"

#: The platform, in npm's words.
PLATFORM = {"os": "linux", "cpu": "x64", "libc": "glibc"}

#: The parts of package.json whose packages are locked; each is a group of the lock.
SECTIONS = ("dependencies", "devDependencies")

_JOBS = 4


def lock(
    manifest: Path, previous: dict[str, Any] | None = None, entry: str | None = None
) -> tuple[dict[str, Any], list[str]]:
    """Solves package.json; gives lock.json's content, and warnings to print.

    Versions in package.json are exact. With `entry` (a package's name), its newest version is
    written there too.
    """
    text = manifest.read_text()
    if entry:
        text = _raise_version(text, entry)
    package = json.loads(text)
    for section in SECTIONS:
        for name, version in package.get(section, {}).items():
            if not version[:1].isdigit() or set(version) & set(" ^~<>=|*"):
                raise LockError(f"{MANIFEST} must pin {name} to one version, not '{version}'")
    solved = _solve(text)
    entries = {path: facts for path, facts in solved.items() if path and _is_wanted(path, facts)}
    keys = {path: f"{_name(path, facts)}@{facts['version']}" for path, facts in entries.items()}
    packages: dict[str, dict[str, Any]] = {}
    for path, facts in entries.items():
        packages[keys[path]] = {
            "integrity_sha512": _sha512(keys[path], facts),
            "dependencies": sorted({keys[other] for other in _needs(path, facts, entries)}),
            "license": facts.get("license", ""),
        }
    _add_tarballs(packages, (previous or {}).get("packages", {}))
    groups = {
        section: sorted(keys[f"node_modules/{name}"] for name in package.get(section, {}))
        for section in SECTIONS
        if package.get(section)
    }
    warnings = [
        f"{path.rpartition('node_modules/')[2]} runs a script when installed, which is not run here"
        for path, facts in entries.items()
        if facts.get("hasInstallScript")
    ]
    if entry:
        manifest.write_text(text)
    return {
        "manifest_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "groups": groups,
        "packages": dict(sorted(packages.items())),
    }, warnings


def _raise_version(text: str, name: str) -> str:
    """package.json's text, with the newest version of the package `name`."""
    package = json.loads(text)
    section = next((part for part in SECTIONS if name in package.get(part, {})), None)
    if section is None:
        raise LockError(f"{MANIFEST} has no '{name}'. Add it there, with its version, first.")
    result = npm_client.find_npm().run("view", name, "version")
    if result.returncode:
        raise LockError(f"npm does not know the newest {name}\n  {npm_client.explain(result)}")
    package[section][name] = result.stdout.strip()
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _solve(text: str) -> dict[str, dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="terrarium-npm-") as folder:
        Path(folder, "package.json").write_text(text)
        result = npm_client.find_npm().run(
            "install",
            "--package-lock-only",
            "--omit-lockfile-registry-resolved",
            "--lockfile-version=3",
            "--no-engine-strict",
            *(f"--{key}={value}" for key, value in PLATFORM.items()),
            cwd=Path(folder),
        )
        if result.returncode:
            raise LockError(
                f"npm cannot solve package.json\n  {npm_client.explain(result)}\n"
                "  Change it, or the registry that npm is set up for (npm_config_registry)."
            )
        packages: dict[str, dict[str, Any]] = json.loads(
            Path(folder, "package-lock.json").read_text()
        )["packages"]
        return packages


def _name(path: str, facts: dict[str, Any]) -> str:
    return str(facts.get("name") or path.rpartition("node_modules/")[2])


def _is_wanted(path: str, facts: dict[str, Any]) -> bool:
    # A bundled package comes inside another one's tarball.
    if facts.get("inBundle"):
        return False
    for key, ours in PLATFORM.items():
        listed = facts.get(key)
        listed = [listed] if isinstance(listed, str) else listed or []
        allowed = [value for value in listed if not value.startswith("!")]
        if f"!{ours}" in listed or (allowed and ours not in allowed and "any" not in allowed):
            if not facts.get("optional"):
                raise LockError(f"{path} does not run on {'-'.join(PLATFORM.values())}")
            return False
    return True


def _needs(path: str, facts: dict[str, Any], entries: dict[str, dict[str, Any]]) -> list[str]:
    """The paths of what a package needs, looked for as Node does: its own folder, then upwards."""
    optional_peers = facts.get("peerDependenciesMeta", {})
    names = [
        *facts.get("dependencies", {}),
        *facts.get("optionalDependencies", {}),
        *(
            n
            for n in facts.get("peerDependencies", {})
            if not optional_peers.get(n, {}).get("optional")
        ),
    ]
    found = []
    for name in names:
        folder = path
        while True:
            candidate = f"{folder}/node_modules/{name}".lstrip("/")
            if candidate in entries:
                found.append(candidate)
                break
            if not folder:
                break
            folder = folder.rpartition("node_modules/")[0].rstrip("/")
    return found


def _sha512(key: str, facts: dict[str, Any]) -> str:
    for part in facts.get("integrity", "").split():
        if part.startswith("sha512-"):
            return str(part[len("sha512-") :])
    raise LockError(f"npm's registry gives no SHA-512 for {key}: it cannot be locked")


def _add_tarballs(packages: dict[str, dict[str, Any]], previous: dict[str, Any]) -> None:
    """Fetches what `previous` does not know, and adds each tarball's SHA-256 and size."""

    def measure(key: str) -> tuple[str, int]:
        known = previous.get(key)
        if known and known["integrity_sha512"] == packages[key]["integrity_sha512"]:
            return known["sha256"], known["size"]
        with registry.staging() as folder:
            path = npm_client.pack(key, folder)
            expected = packages[key]["integrity_sha512"]
            found = base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
            if found != expected:
                raise LockError(
                    f"{key}: the registry says SHA-512 {expected}, its tarball has {found}"
                )
            sha256 = registry.digest(path)
            size = path.stat().st_size
            registry.store(path, registry.Wanted(f"{key} (npm)", "npm's registry", sha256, size))
            return sha256, size

    # One look for npm before threads ask for it.
    npm_client.find_npm()
    with ThreadPoolExecutor(_JOBS) as pool:
        for key, (sha256, size) in zip(packages, pool.map(measure, list(packages)), strict=True):
            packages[key]["sha256"] = sha256
            packages[key]["size"] = size


def describe_changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """One line for each package that came, went or has another version."""

    def versions(content: dict[str, Any]) -> dict[str, set[str]]:
        table: dict[str, set[str]] = {}
        for key in content.get("packages", {}):
            name, _, version = key.rpartition("@")
            table.setdefault(name, set()).add(version)
        return table

    before, after = versions(old), versions(new)
    lines = []
    for name in sorted({*before, *after}):
        was, now = sorted(before.get(name, ())), sorted(after.get(name, ()))
        if not was:
            lines.append(f"+ {name} {', '.join(now)}")
        elif not now:
            lines.append(f"- {name} {', '.join(was)}")
        elif was != now:
            lines.append(f"{name} {', '.join(was)} -> {', '.join(now)}")
    for key in sorted({*old.get("packages", {})} & {*new["packages"]}):
        if old["packages"][key]["sha256"] != new["packages"][key]["sha256"]:
            lines.append(f"{key} has other bytes under the same version")
    return lines


def summarise(content: dict[str, Any]) -> list[str]:
    """One line: how many packages, how large."""
    sizes = [facts["size"] for facts in content["packages"].values()]
    return [f"npm: {len(sizes)} packages, {sum(sizes) / 1e6:.1f} MB"]


def serialise(content: dict[str, Any]) -> str:
    """lock.json's text: stable order, one value a line, so that a diff shows what changed."""
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
