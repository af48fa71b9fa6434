"""Updates the lock files of third_party/ from their manifests.

    ./bazelw run //tools/lock:update -- [ECOSYSTEM [ENTRY]]

ECOSYSTEM is debian, npm, pypi or upstream; without it, all four are updated. ENTRY is a closure of
Debian's, a package of npm's, a project of PyPI's or a source of upstream's: only that one is
brought up to date. Of PyPI's projects all others stay, so that one may stay, too, whose newest
version needs another of those in a newer version; of npm's, what the package needs may move.

Prints what changed, and what in the manifest has become idle. Needs the ecosystem's own client, set
up to reach a mirror; changes nothing when it fails. Without Bazel: python3 -m tools.lock (3.12).
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from types import ModuleType

from third_party.private import archive, registry
from tools.lock import debian, npm, pypi, reading, upstream

_ECOSYSTEMS: dict[str, ModuleType] = {
    "debian": debian,
    # npm's client may need what PyPI's lock names.
    "pypi": pypi,
    "npm": npm,
    "upstream": upstream,
}


def workspace() -> Path:
    """The source tree, not its copy among runfiles."""
    setting = os.environ.get("BUILD_WORKSPACE_DIRECTORY")
    return Path(setting) if setting else Path(__file__).resolve().parents[2]


def update(ecosystem: str, entry: str | None) -> None:
    """Locks one ecosystem anew, and says what that changed."""
    module = _ECOSYSTEMS[ecosystem]
    folder = workspace() / "third_party" / ecosystem
    target = folder / "lock.json"
    old = reading.read_json(target) if target.exists() else {}
    new, warnings = module.lock(folder / module.MANIFEST, old, entry)
    changes = module.describe_changes(old, new)
    for line in changes or ["nothing changed"]:
        print(f"{ecosystem}: {line}")
    for line in module.summarise(new):
        print(f"{ecosystem}: {line}")
    for warning in warnings:
        print(f"warning: {ecosystem}: {warning}", file=sys.stderr)
    staging = target.with_suffix(".new")
    staging.write_text(module.serialise(new), encoding="utf-8")
    staging.replace(target)


def main(arguments: list[str]) -> int:
    """The command described in the module's docstring."""
    parser = argparse.ArgumentParser(
        prog="./bazelw run //tools/lock:update --",
        description=(__doc__ or "").split("\n")[0],
    )
    parser.add_argument("ecosystem", nargs="?", choices=list(_ECOSYSTEMS))
    parser.add_argument(
        "entry", nargs="?", help="closure, package, project or source; all if not given"
    )
    options = parser.parse_args(arguments)
    for ecosystem in [options.ecosystem] if options.ecosystem else _ECOSYSTEMS:
        try:
            update(ecosystem, options.entry)
        except (reading.LockError, registry.FetchError, archive.ArchiveError) as error:
            print(f"{ecosystem}: {error}\nIts lock is as it was.", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
