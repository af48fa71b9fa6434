"""Mends the style of sources in place, as far as the checkers can by themselves; says what is left.

    ./bazelw run //tools/lint:fix [-- FOLDER_OR_FILE...]

Without arguments, the whole tree. Its status is 0 when nothing is left that lint() would find in
these files, but for types, which `./bazelw test //tools/lint:mypy_test` checks.
"""

from __future__ import annotations

import fnmatch
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

#: Hidden folders hold no sources, but for this one.
_SHOWN = {".ci"}


def sources(root: Path) -> Iterator[Path]:
    """Every file at or below `root` that could be one of ours, not built and not fetched."""
    if root.is_file():
        yield root
        return
    for folder, names, files in os.walk(root):
        names[:] = sorted(
            name
            for name in names
            if (not name.startswith(".") or name in _SHOWN)
            and not name.startswith("bazel-")
            and name not in {"node_modules", "__pycache__"}
        )
        yield from (Path(folder, file) for file in sorted(files))


def matching(files: Sequence[Path], patterns: Sequence[str]) -> list[Path]:
    """The files whose names fit one of the patterns."""
    return [
        file for file in files if any(fnmatch.fnmatchcase(file.name, glob) for glob in patterns)
    ]


def runfile(label: str) -> Path:
    """Where the file of a label like @repository//:path is among this program's runfiles."""
    repository, path = label.removeprefix("@").split("//:", 1)
    return Path(os.environ["RUNFILES_DIR"], repository, path)


def mend(checker: dict[str, Any], files: Sequence[Path]) -> bool:
    """Lets one checker mend `files`, then check them; False if it finds what it cannot mend."""
    program = str(runfile(checker["program"]))
    for arguments in checker["fix"]:
        # What it says is said again below, where it was not mended.
        subprocess.run([program, *arguments, *map(str, files)], capture_output=True, check=False)
    results = [
        subprocess.run([program, *arguments, *map(str, files)], check=False)
        for arguments in checker["check"]
    ]
    return all(result.returncode == 0 for result in results)


def main(arguments: list[str]) -> int:
    """The command described in the module's docstring."""
    workspace = os.environ.get("BUILD_WORKSPACE_DIRECTORY")
    if not workspace:
        print("Run it through Bazel: ./bazelw run //tools/lint:fix", file=sys.stderr)
        return 1
    # Arguments are meant as the user sees them; configurations are found from the root.
    chosen = [Path(os.environ["BUILD_WORKING_DIRECTORY"], argument) for argument in arguments]
    absent = [path for path in chosen if not path.exists()]
    for path in absent:
        print(f"{path}: there is no such file or folder", file=sys.stderr)
    if absent:
        return 1
    os.chdir(workspace)
    found = [Path(os.path.relpath(file)) for root in chosen or [Path()] for file in sources(root)]
    table = json.loads(
        Path(os.environ["RUNFILES_DIR"], "terrarium/tools/lint/checkers.json").read_text("utf-8")
    )
    clean = True
    for name, checker in table.items():
        files = matching(found, checker["sources"])
        if files:
            print(f"{name}: {len(files)} files", flush=True)
            clean = mend(checker, files) and clean
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
