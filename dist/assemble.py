"""Puts a release folder together: copies files and writes manifest.json.

    assemble.py FOLDER --version=VERSION NAME=PATH...

manifest.json lists each other file of the folder with its size in bytes and its SHA-256, sorted by
name.
"""

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path


def main() -> None:
    """Parses the command line, copies, writes the manifest."""
    parser = argparse.ArgumentParser(description=__doc__, fromfile_prefix_chars="@")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("files", nargs="+", metavar="NAME=PATH")
    arguments = parser.parse_args()

    entries = []
    seen: set[str] = set()
    for item in arguments.files:
        name, _, path = item.partition("=")
        if name in seen:
            sys.exit(f"{name}: two inputs of the release have this name")
        seen.add(name)
        target = arguments.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        content = target.read_bytes()
        entries.append(
            {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        )
    entries.sort(key=lambda entry: str(entry["name"]))
    manifest = {"version": arguments.version, "files": entries}
    (arguments.folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
