"""Lists the WebAssembly types of the functions that archives of objects define.

    wasm_types.py OUT.json ARCHIVE...

OUT.json maps names to types as `i32 (i32, f64)` or `void (i32)`; the retargeting tool compares
calls with it. The formats are WebAssembly's own, its tool conventions' (Linking.md, and
DynamicLinking.md for side modules) and that of ar.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_VALUES = {
    0x7F: "i32",
    0x7E: "i64",
    0x7D: "f32",
    0x7C: "f64",
    0x7B: "v128",
    0x70: "funcref",
    0x6F: "externref",
}

_TYPE, _IMPORT, _FUNCTION, _CUSTOM = 1, 2, 3, 0
_SYMBOL_TABLE = 8
_NEEDED = 2
_FUNCTION_SYMBOL, _DATA_SYMBOL, _SECTION_SYMBOL = 0, 1, 3
_UNDEFINED, _LOCAL, _EXPLICIT_NAME = 0x10, 0x02, 0x40


class FormatError(Exception):
    """An archive or an object of an unknown form; the message names the file where there is one."""


class _Reader:
    """Reads WebAssembly's numbers and names from bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def byte(self) -> int:
        self.place += 1
        return self.data[self.place - 1]

    def number(self) -> int:
        """An unsigned LEB128."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def take(self, count: int) -> bytes:
        self.place += count
        return self.data[self.place - count : self.place]

    def name(self) -> str:
        return self.take(self.number()).decode()

    def ended(self) -> bool:
        return self.place >= len(self.data)


def members(archive: bytes) -> Iterator[bytes]:
    """The contents of the members of an ar archive that are WebAssembly objects."""
    if not archive.startswith(b"!<arch>\n"):
        raise FormatError("not an archive of ar")
    place = 8
    while place < len(archive):
        size = int(archive[place + 48 : place + 58])
        data = archive[place + 60 : place + 60 + size]
        if data.startswith(b"\0asm"):
            yield data
        place += 60 + size + size % 2


def _types(reader: _Reader) -> list[str]:
    found = []
    for _ in range(reader.number()):
        if (form := reader.byte()) != 0x60:
            raise FormatError(f"a type of the form {form:#x}")
        parameters = [_VALUES[reader.byte()] for _ in range(reader.number())]
        results = [_VALUES[reader.byte()] for _ in range(reader.number())]
        found.append(f"{' '.join(results) or 'void'} ({', '.join(parameters)})")
    return found


def _imported_functions(reader: _Reader) -> list[tuple[str, int]]:
    """Name and type's index of each function."""
    found = []
    for _ in range(reader.number()):
        reader.name()
        name = reader.name()
        kind = reader.byte()
        if kind == 0:
            found.append((name, reader.number()))
        elif kind in (1, 2):
            if kind == 1:
                reader.byte()
            limits = reader.byte()
            reader.number()
            if limits & 1:
                reader.number()
        elif kind == 3:
            reader.take(2)
        elif kind == 4:
            reader.byte()
            reader.number()
        else:
            raise FormatError(f"an import of the kind {kind}")
    return found


def _function_symbols(reader: _Reader) -> Iterator[tuple[str, int]]:
    """Name and index of each function that the object defines for others."""
    reader.number()
    while not reader.ended():
        kind = reader.byte()
        part = _Reader(reader.take(reader.number()))
        if kind != _SYMBOL_TABLE:
            continue
        for _ in range(part.number()):
            symbol, flags = part.byte(), part.number()
            if symbol == _DATA_SYMBOL:
                part.name()
                if not flags & _UNDEFINED:
                    for _ in range(3):
                        part.number()
            elif symbol == _SECTION_SYMBOL:
                part.number()
            else:
                index = part.number()
                name = part.name() if not flags & _UNDEFINED or flags & _EXPLICIT_NAME else ""
                if symbol == _FUNCTION_SYMBOL and not flags & (_UNDEFINED | _LOCAL):
                    yield name, index


def object_types(data: bytes) -> dict[str, str]:
    """The types of the functions that a WebAssembly object defines for others, by name."""
    reader = _Reader(data)
    reader.take(8)
    types: list[str] = []
    functions: list[int] = []
    imported: list[tuple[str, int]] = []
    symbols: list[tuple[str, int]] = []
    while not reader.ended():
        kind = reader.byte()
        section = _Reader(reader.take(reader.number()))
        if kind == _TYPE:
            types = _types(section)
        elif kind == _IMPORT:
            imported = _imported_functions(section)
        elif kind == _FUNCTION:
            functions = [section.number() for _ in range(section.number())]
        elif kind == _CUSTOM and section.name() == "linking":
            symbols = list(_function_symbols(section))
    return {name: types[functions[index - len(imported)]] for name, index in symbols}


def archive_types(archives: Iterable[Path]) -> dict[str, str]:
    """The types of the functions that archives define, by name; of two definitions the first.

    Raises FormatError for a file that is no archive, or has a member of an unknown form.
    """
    found: dict[str, str] = {}
    for archive in archives:
        try:
            for data in members(archive.read_bytes()):
                for name, kind in object_types(data).items():
                    found.setdefault(name, kind)
        except (FormatError, IndexError, KeyError, ValueError) as error:
            raise FormatError(
                f"{archive} has a form that {Path(__file__).name} does not know: {error!r}"
            ) from error
    return found


def undefined_functions(data: bytes) -> dict[str, str]:
    """The types of the functions that a WebAssembly object takes from elsewhere, by name."""
    reader = _Reader(data)
    reader.take(8)
    types: list[str] = []
    while not reader.ended():
        kind = reader.byte()
        section = _Reader(reader.take(reader.number()))
        if kind == _TYPE:
            types = _types(section)
        elif kind == _IMPORT:
            return {name: types[index] for name, index in _imported_functions(section)}
    return {}


def needed_libraries(data: bytes) -> list[str]:
    """The file names of the shared libraries that a side module names; none for another file."""
    if not data.startswith(b"\0asm"):
        return []
    reader = _Reader(data)
    reader.take(8)
    # What the loader must know comes first.
    if reader.ended() or reader.byte() != _CUSTOM:
        return []
    section = _Reader(reader.take(reader.number()))
    if section.name() != "dylink.0":
        return []
    found = []
    while not section.ended():
        kind = section.byte()
        part = _Reader(section.take(section.number()))
        if kind == _NEEDED:
            found += [part.name() for _ in range(part.number())]
    return found


def main() -> None:
    """Writes the first file that the command line names from the others."""
    out, *archives = map(Path, sys.argv[1:])
    try:
        found = archive_types(archives)
    except FormatError as error:
        sys.exit(str(error))
    out.write_text(json.dumps(dict(sorted(found.items())), indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
