"""Types read from an archive with one object, which is built here byte by byte."""

import tempfile
import unittest
from pathlib import Path

from wasm_types import (
    FormatError,
    archive_types,
    members,
    object_types,
    undefined_functions,
)


def section(kind: int, content: bytes) -> bytes:
    """A section of a WebAssembly module (shorter than 128 bytes)."""
    return bytes([kind, len(content)]) + content


def name(text: str) -> bytes:
    """A name as WebAssembly writes it."""
    return bytes([len(text)]) + text.encode()


#: (i32, f64) -> i32 and () -> (); imports `gone` of the second type; defines `here` and a local of
#: the first.
OBJECT = (
    b"\0asm\1\0\0\0"
    + section(1, b"\2" + b"\x60\2\x7f\x7c\1\x7f" + b"\x60\0\0")
    + section(
        2, b"\2" + name("env") + name("memory") + b"\2\0\1" + name("env") + name("gone") + b"\0\1"
    )
    + section(3, b"\2\0\0")
    + section(
        0,
        name("linking")
        + b"\2"
        + section(
            8,
            b"\4"
            + b"\0\x10\0"
            + b"\0\0\1"
            + name("here")
            + b"\0\2\2"
            + name("local")
            + b"\1\0"
            + name("datum")
            + b"\0\0\4",
        ),
    )
)


def archive(*objects: bytes) -> bytes:
    """An ar archive."""
    text = b"!<arch>\n"
    for number, data in enumerate([b"symbols!", *objects]):
        header = f"{number}/".ljust(48) + f"{len(data)}".ljust(10) + "`\n"
        text += header.encode() + data + b"\n" * (len(data) % 2)
    return text


class WasmTypesTest(unittest.TestCase):
    """Archives, defined functions, undefined functions."""

    def test_functions_that_an_object_defines(self) -> None:
        """Neither what it imports, nor what is local, nor data."""
        self.assertEqual(object_types(OBJECT), {"here": "i32 (i32, f64)"})

    def test_functions_that_an_object_takes_from_elsewhere(self) -> None:
        """Memory is no function."""
        self.assertEqual(undefined_functions(OBJECT), {"gone": "void ()"})

    def test_members_of_an_archive(self) -> None:
        """Only objects; each starts at an even place."""
        self.assertEqual(list(members(archive(OBJECT, OBJECT + b"\0"))), [OBJECT, OBJECT + b"\0"])
        with self.assertRaises(FormatError):
            list(members(b"something else"))

    def test_types_of_archives_in_order(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "a.a")
            path.write_bytes(archive(OBJECT))
            self.assertEqual(archive_types([path, path]), object_types(OBJECT))
            path.write_bytes(archive(OBJECT[:-3]))
            with self.assertRaisesRegex(FormatError, "a.a has a form that"):
                archive_types([path])


if __name__ == "__main__":
    unittest.main()
