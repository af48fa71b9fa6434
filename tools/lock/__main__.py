"""Updates the lock files of third_party/ from their manifests.

    ./bazelw run //tools/lock -- ECOSYSTEM      (today: debian)

Prints what changed and what in the manifest has become idle. Needs the ecosystem's own client (apt) on
the machine, set up to reach a mirror; changes nothing when it fails.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

if not os.environ.get("RUNFILES_DIR"):
    # Also runs without Bazel, since Bazel itself comes from one of these locks.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from third_party.private import registry
from tools.lock import debian


def _workspace() -> Path:
    setting = os.environ.get("BUILD_WORKSPACE_DIRECTORY")
    return Path(setting) if setting else Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """The command described in the module's docstring."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("ecosystem", choices=["debian"])
    options = parser.parse_args(arguments)
    folder = _workspace() / "third_party" / options.ecosystem
    target = folder / "lock.json"
    old = json.loads(target.read_text()) if target.exists() else {}
    try:
        new, warnings = debian.lock(folder / "manifest.toml")
    except (debian.LockError, registry.FetchError) as error:
        print(f"lock: {error}", file=sys.stderr)
        return 1
    for line in debian.describe_changes(old, new):
        print(line)
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)
    for name, pins in new["closures"].items():
        size = sum(new["packages"][pin]["size"] for pin in pins)
        print(f"{name}: {len(pins)} packages, {size / 1e6:.1f} MB")
    staging = target.with_suffix(".new")
    staging.write_text(debian.serialise(new))
    staging.replace(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
