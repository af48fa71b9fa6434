"""Makes paths of sources relative in what flang writes.

The run-time library says, of an error, in which line of which file the program is. flang gives it
the file's absolute path, whatever it was called on the command line: a string that ends with NUL,
of the name of its own content or of a hash of that. An object may not tell where it was compiled.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path

_STRING = re.compile(
    r'^@(?P<name>_QQcl[\w.]+) = (?P<kind>linkonce constant) \[\d+ x i8\] c"(?P<text>/[^"]*)\\00"',
    re.MULTILINE,
)


def _plain(text: str) -> str:
    r"""Gives what a string of LLVM's stands for, in which \XX is a byte."""
    data = re.sub(rb"\\([0-9A-Fa-f]{2})", lambda m: bytes.fromhex(m[1].decode()), text.encode())
    return os.fsdecode(data)


def _quoted(data: bytes) -> str:
    """Gives a string of LLVM's for bytes."""
    return "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:02X}" for byte in data
    )


def make_relative(ir: str, folder: Path, places: Sequence[Path]) -> str:
    """Gives the LLVM IR with paths of sources relative to `folder`.

    places: absolute folders that sources, and what they include, are in. A string is taken for the
    path of a source only if a file in one of them has that path. Lines that define and use it stay
    where they are; its name is made of the relative path.
    """
    names: dict[str, str] = {}

    def replace(match: re.Match[str]) -> str:
        path = Path(_plain(match["text"]))
        if not any(path.is_relative_to(place) for place in places) or not path.is_file():
            return match[0]
        data = os.fsencode(os.path.relpath(path, folder))
        names[match["name"]] = "_QQclP" + hashlib.sha256(data).hexdigest()[:32]
        text = _quoted(data)
        return f'@{match["name"]} = {match["kind"]} [{len(data) + 1} x i8] c"{text}\\00"'

    ir = _STRING.sub(replace, ir)
    for old, new in names.items():
        ir = re.sub(rf"(?<=[@$]){re.escape(old)}(?![\w.])", new, ir)
    return ir
