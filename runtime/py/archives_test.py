"""Tests of unpacking archives."""

from __future__ import annotations

import io
import os
import sys
import tarfile
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Any

from _terrarium import archives


class Buffer:
    """Stands for JavaScript's."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def to_bytes(self) -> bytes:
        return self._content


def zip_of(**files: str) -> Any:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return Buffer(file.getvalue())


def tar_of(*members: tarfile.TarInfo, mode: str = "w:gz") -> Any:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for member in members:
            archive.addfile(member)
    return Buffer(file.getvalue())


class UnpackTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name, "inside")

    def unpack(self, data: Any, format: str) -> list[str]:
        archives.unpack(data, format, str(self.root))
        return sorted(str(path.relative_to(self.root)) for path in self.root.rglob("*"))

    def assert_refused(self, data: Any, format: str, reason: str) -> None:
        with self.assertRaisesRegex(ValueError, reason):
            self.unpack(data, format)
        self.assertEqual(sorted(path.name for path in self.root.parent.rglob("*")), ["inside"])

    def test_formats_by_their_names_and_endings(self) -> None:
        self.assertEqual(self.unpack(zip_of(a="1"), "zip"), ["a"])
        self.assertEqual(self.unpack(zip_of(b="1"), ".whl"), ["a", "b"])
        self.assertEqual(self.unpack(tar_of(tarfile.TarInfo("c")), ".tar.gz"), ["a", "b", "c"])
        self.assertEqual(
            self.unpack(tar_of(tarfile.TarInfo("d"), mode="w:xz"), "xztar"), ["a", "b", "c", "d"]
        )

    def test_an_unknown_format_is_named_with_those_that_there_are(self) -> None:
        with self.assertRaisesRegex(ValueError, r"'rar'.*'tar\.gz'"):
            self.unpack(zip_of(a="1"), "rar")

    def test_files_outside_are_refused_and_nothing_is_written(self) -> None:
        self.assert_refused(zip_of(**{"a": "1", "../b": "2"}), "zip", r"'\.\./b'.*outside")
        self.assert_refused(zip_of(**{"a": "1", "/b": "2"}), "zip", "'/b'.*outside")
        self.assert_refused(
            tar_of(tarfile.TarInfo("a"), tarfile.TarInfo("../b")), "tar", r"'\.\./b'.*outside"
        )

    def test_links_that_lead_out_are_refused_and_nothing_is_written(self) -> None:
        link = tarfile.TarInfo("link")
        link.type = tarfile.SYMTYPE
        link.linkname = "../out"
        self.assert_refused(tar_of(tarfile.TarInfo("a"), link), "tar", "nothing was unpacked")
        device = tarfile.TarInfo("device")
        device.type = tarfile.CHRTYPE
        self.assert_refused(tar_of(tarfile.TarInfo("a"), device), "tar", "nothing was unpacked")

    def test_folders_that_were_missing_can_be_imported_from(self) -> None:
        folder = str(self.root / "new")
        sys.path.insert(0, folder)
        self.addCleanup(sys.path.remove, folder)
        with self.assertRaises(ImportError):
            __import__("unpacked_module")
        self.unpack(zip_of(**{"new/unpacked_module.py": "x = 1"}), "zip")
        self.assertEqual(__import__("unpacked_module").x, 1)

    def test_the_current_folder_is_the_default(self) -> None:
        self.root.mkdir()
        self.addCleanup(os.chdir, Path.cwd())
        os.chdir(self.root)
        archives.unpack(zip_of(a="1"), "zip")
        self.assertTrue((self.root / "a").exists())


if __name__ == "__main__":
    unittest.main()
