"""What repository rules run: brings files of Debian's pool or of plain addresses, and unpacks them.

Runs on the host's python3 (3.9 or newer, standard library only).

    fetch.py debian FILES_JSON DESTINATION [--strip-prefix P] [--keep GLOB]... [--drop GLOB]...
    fetch.py upstream FILES_JSON DESTINATION [the same]
    fetch.py prune DESTINATION

FILES_JSON holds a list of objects with `name`, `sha256` and, optionally, `size`. A Debian one has
its pool path as `filename`; an upstream one has `urls`, and `debian_pool` if Debian serves the same
bytes at that pool path. The pool is tried first, because a machine may reach nothing but package
registries. `prune` removes what Bazel stumbles over: links that lead nowhere (to what was dropped)
or in circles, and files that would make a folder a Bazel package.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from third_party.private import archive, registry  # noqa: E402

_BAZEL_FILES = {
    "BUILD",
    "BUILD.bazel",
    "MODULE.bazel",
    "REPO.bazel",
    "WORKSPACE",
    "WORKSPACE.bazel",
}


def _fetch(kind: str, files: list[dict[str, Any]]) -> list[Path]:
    if kind == "debian":
        return registry.fetch_debian(
            [
                registry.Wanted(f["name"], f["filename"], f["sha256"], f.get("size", 0))
                for f in files
            ]
        )
    return [_fetch_upstream(entry) for entry in files]


def _fetch_upstream(entry: dict[str, Any]) -> Path:
    wanted = registry.Wanted(entry["name"], "", entry["sha256"], entry.get("size", 0))
    hit = registry.cached(wanted.sha256)
    if hit:
        return hit
    pool = entry.get("debian_pool")
    if not pool:
        return registry.fetch_url(entry["urls"], wanted)
    try:
        return registry.fetch_debian(
            [registry.Wanted(wanted.name, pool, wanted.sha256, wanted.size)]
        )[0]
    except registry.FetchError as debian:
        try:
            return registry.fetch_url(entry["urls"], wanted)
        except registry.FetchError as upstream:
            raise registry.FetchError(f"{upstream}\n{debian}") from upstream


def prune(root: Path) -> None:
    """Removes dangling and circular links under `root`, and Bazel's own files below `root`."""
    for folder, _, names in os.walk(root):
        here = Path(folder)
        for entry in list(os.scandir(folder)):
            path = here / entry.name
            if entry.is_symlink():
                target = os.path.realpath(path)
                if not os.path.exists(target) or (str(here.resolve()) + os.sep).startswith(
                    target + os.sep
                ):
                    path.unlink()
        if here != root:
            for name in _BAZEL_FILES.intersection(names):
                (here / name).unlink()


def main(arguments: list[str]) -> int:
    """The command line described in the module's docstring."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for kind in ("debian", "upstream"):
        command = commands.add_parser(kind)
        command.add_argument("files", type=Path)
        command.add_argument("destination", type=Path)
        command.add_argument("--strip-prefix", default="")
        command.add_argument("--keep", action="append", default=[])
        command.add_argument("--drop", action="append", default=[])
    commands.add_parser("prune").add_argument("destination", type=Path)
    options = parser.parse_args(arguments)
    try:
        if options.command == "prune":
            prune(options.destination)
            return 0
        archive.unpack_all(
            _fetch(options.command, json.loads(options.files.read_text(encoding="utf-8"))),
            options.destination,
            options.strip_prefix,
            archive.Selection(options.keep, options.drop),
        )
    except (registry.FetchError, archive.ArchiveError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
