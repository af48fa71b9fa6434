"""Locks source archives: manifest.toml in, lock.json out.

Debian's index of sources is asked for the archive that Debian calls the original: where it lies in
the pool, how large it is, which SHA-256 it has. It is the same bytes as upstream's, or Debian's
cleaned repack of them, as the manifest says. What no index lists has its hash in the manifest.
Every archive of the pool is fetched and opened, to see which folder it holds.
"""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from third_party.private import registry
from tools.lock.apt import AptError, AptRoot
from tools.lock.reading import LockError, parse_toml, require_texts

#: The file that is locked, beside lock.json.
MANIFEST = "manifest.toml"

_KEYS = {"version", "urls", "sha256", "debian"}
_DEBIAN_KEYS = {"suite", "source", "version", "pool"}


@dataclass(frozen=True)
class Source:
    """One entry of the manifest.

    urls: upstream's addresses, with the version filled in; suite, package, debian_version: where
    Debian's index lists it; pool, sha256: where it lies and what it is, if no index lists it.
    """

    name: str
    version: str
    urls: tuple[str, ...] = ()
    suite: str = ""
    package: str = ""
    debian_version: str = ""
    pool: str = ""
    sha256: str = ""


def read_manifest(text: str) -> list[Source]:
    """Parses manifest.toml; refuses what names no bytes, or names them twice."""
    sources = []
    for name, entry in parse_toml(text).get("sources", {}).items():
        debian = entry.get("debian", {})
        unknown = sorted((set(entry) - _KEYS) | (set(debian) - _DEBIAN_KEYS))
        if unknown:
            raise LockError(f"source '{name}' has unknown keys {unknown}: remove them")
        if "version" not in entry:
            raise LockError(f"source '{name}' has no version: add it")
        listed = "suite" in debian
        if listed == ("sha256" in entry) or (listed and "pool" in debian):
            raise LockError(
                f"source '{name}' must name either a suite of Debian's that lists it "
                '(debian = { suite = "…" }), or its sha256 (with urls, or debian = { pool = "…" })'
            )
        require_texts(entry.get("urls", []), f"source '{name}': urls")
        version = entry["version"]
        urls = tuple(url.replace("{version}", version) for url in entry.get("urls", []))
        if not urls and not debian:
            raise LockError(f"source '{name}' is to be had nowhere: give it urls")
        sources.append(
            Source(
                name,
                version,
                urls,
                debian.get("suite", ""),
                debian.get("source", name) if listed else "",
                debian.get("version", version) if listed else "",
                debian.get("pool", ""),
                entry.get("sha256", ""),
            )
        )
    return sources


def fingerprint(source: Source) -> str:
    """Changes when what the manifest says of one source does."""
    return hashlib.sha256(json.dumps(asdict(source), sort_keys=True).encode()).hexdigest()[:16]


def lock(
    manifest: Path, previous: dict[str, Any] | None = None, entry: str | None = None
) -> tuple[dict[str, Any], list[str]]:
    """Looks up every source of `manifest`; gives lock.json's content, and warnings to print.

    With `entry` (a source's name), only that one is looked up, and those of which the manifest says
    something else than before.
    """
    text = manifest.read_text()
    sources = read_manifest(text)
    previous = previous or {}
    if entry and entry not in {source.name for source in sources}:
        known = ", ".join(sorted(source.name for source in sources))
        raise LockError(f"the manifest has no source '{entry}'; it has {known}")
    found: dict[str, dict[str, Any]] = {}
    to_find = []
    for source in sources:
        known_as = previous.get("asked", {}).get(source.name)
        if entry and source.name != entry and known_as == fingerprint(source):
            found[source.name] = previous["sources"][source.name]
        else:
            to_find.append(source)
    try:
        for suite in sorted({source.suite for source in to_find}):
            wanted = [source for source in to_find if source.suite == suite]
            if not suite:
                found.update({source.name: _describe(source, _stated(source)) for source in wanted})
                continue
            with tempfile.TemporaryDirectory(prefix="terrarium-apt-") as folder:
                root = AptRoot(Path(folder), suite, sources=True)
                for source in wanted:
                    found[source.name] = _describe(source, _listed(root, source))
    except AptError as error:
        raise LockError(str(error)) from error
    return {
        "manifest_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "asked": {s.name: fingerprint(s) for s in sorted(sources, key=lambda s: s.name)},
        "sources": dict(sorted(found.items())),
    }, []


def _stated(source: Source) -> registry.Wanted:
    return registry.Wanted(source.name, source.pool, source.sha256)


def _listed(root: AptRoot, source: Source) -> registry.Wanted:
    """The original archive that a suite lists for a source's version."""
    candidates = root.originals(source.package)
    name = re.compile(
        re.escape(f"{source.package}_{source.debian_version}") + r"\.orig\.tar\.[a-z0-9]+"
    )
    for candidate in candidates:
        if name.fullmatch(candidate.where.rpartition("/")[2]):
            return registry.Wanted(source.name, candidate.where, candidate.sha256, candidate.size)
    others = ", ".join(sorted({other.where.rpartition("/")[2] for other in candidates}))
    raise LockError(
        f"{source.name}: Debian's {source.suite} has no {source.package} "
        f"{source.debian_version} (it has {others or 'none'}).\n"
        "  Change version or suite in the manifest, or name the pool path and sha256 there."
    )


def _describe(source: Source, wanted: registry.Wanted) -> dict[str, Any]:
    """The lock's entry. What Debian's pool has is fetched; upstream is not asked."""
    entry: dict[str, Any] = {"version": source.version, "sha256": wanted.sha256}
    if wanted.where:
        path = registry.fetch_debian([wanted])[0]
        entry["size"] = path.stat().st_size
    entry["urls"] = list(source.urls)
    if wanted.where:
        entry["debian_pool"] = wanted.where
        entry["strip_prefix"] = _outermost_folder(path, source.name)
    return entry


def _outermost_folder(path: Path, name: str) -> str:
    """The one folder that holds all of an archive, or "" if there are several things in it."""
    try:
        with tarfile.open(path) as tar:
            tops = {
                member.name.removeprefix("./").partition("/")[0]
                for member in tar
                if member.name != "."
            }
    except (tarfile.TarError, OSError, EOFError) as error:
        raise LockError(f"{name}: {path} is no tar archive ({error})") from error
    return tops.pop() if len(tops) == 1 else ""


def describe_changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """One line for each source that came, went or has another version or other bytes."""
    lines = []
    before, after = old.get("sources", {}), new["sources"]
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if was is None:
            lines.append(f"+ {name} {now['version']}")
        elif now is None:
            lines.append(f"- {name} {was['version']}")
        elif was["version"] != now["version"]:
            lines.append(f"{name} {was['version']} -> {now['version']}")
        elif was["sha256"] != now["sha256"]:
            lines.append(f"{name} {now['version']} has other bytes under the same version")
        elif was != now:
            lines.append(f"{name} {now['version']} has other addresses")
    return lines


def summarise(content: dict[str, Any]) -> list[str]:
    """One line: how many archives, how large."""
    sizes = [entry.get("size", 0) for entry in content["sources"].values()]
    return [f"upstream: {len(sizes)} archives, {sum(sizes) / 1e6:.1f} MB"]


def serialise(content: dict[str, Any]) -> str:
    """lock.json's text: stable order, one value a line, so that a diff shows what changed."""
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
