"""Asks emcc which flags it hands to clang, in an action.

command_line.py OUT EM_CACHE FLAGS, where FLAGS is a JSON object with the lists `emcc` and `clang`.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

#: How flags start that name a place.
_PLACES = ("--sysroot=", "-o")


def flags_of(command: str, source: str) -> list[str]:
    """The settings in a command line that emcc prints."""
    words = command.split()[1:]
    return [
        word for word in words if word not in (source, "-c", "-v") and not word.startswith(_PLACES)
    ]


def main() -> None:
    """Runs emcc and writes both lists."""
    out, cache, flags = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "empty.c")
        Path(source).write_text("int x;\n")
        done = subprocess.run(
            [
                "toolchains/emscripten/bin/emcc",
                "-v",
                "-c",
                *flags["emcc"],
                source,
                "-o",
                source + ".o",
            ],
            env={"EM_CACHE": cache},
            capture_output=True,
            text=True,
        )
    commands = [
        line for line in done.stderr.splitlines() if "/bin/clang " in line and "-cc1" not in line
    ]
    if done.returncode or len(commands) != 1:
        sys.exit(f"emcc -v printed no single call of clang:\n{done.stderr}")
    out.write_text(json.dumps({"emcc": flags_of(commands[0], source), "clang": flags["clang"]}))


if __name__ == "__main__":
    main()
