"""Lists the public symbols called Py… or _Py… that archives of WebAssembly objects define.

Run by //cpython:exports in an action.
"""

import argparse
import re
import subprocess
from pathlib import Path

# The bits of a symbol's flags in an object file, after WebAssembly's "tool conventions".
LOCAL, HIDDEN, UNDEFINED = 0x2, 0x4, 0x10

SYMBOL = re.compile(
    r"^    Name: (\S+)\n    Type: (\w+) \(\S+\)\n    Flags \[ \((0x[0-9A-Fa-f]+)\)", re.MULTILINE
)


def public_symbols(listing: str) -> set[str]:
    """Returns the public symbols that llvm-readobj's listing defines."""
    found = set()
    for name, kind, flags in SYMBOL.findall(listing):
        if kind not in ("FUNCTION", "DATA") or int(flags, 16) & (LOCAL | HIDDEN | UNDEFINED):
            continue
        # Nobody looks up the start of a built-in module by its name: the inittab has its address.
        if name.startswith(("Py", "_Py")) and not name.startswith("PyInit_"):
            found.add(name)
    return found


def main() -> None:
    """Writes the list."""
    parser = argparse.ArgumentParser(description=__doc__, fromfile_prefix_chars="@")
    parser.add_argument("--readobj", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("archives", nargs="+")
    arguments = parser.parse_args()
    found: set[str] = set()
    for archive in arguments.archives:
        done = subprocess.run(
            [arguments.readobj, "--symbols", archive], check=True, capture_output=True, text=True
        )
        found |= public_symbols(done.stdout)
    if not found:
        raise SystemExit("no public symbol found: has llvm-readobj another way to print them now?")
    arguments.out.write_text("".join(f"_{name}\n" for name in sorted(found)))


if __name__ == "__main__":
    main()
