"""Tests of checking and unpacking packages."""

from __future__ import annotations

import errno
import hashlib
import io
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Any
from unittest import mock

from _terrarium import packages

_ABI = "2026_0"
_PLATFORM = "pyemscripten_2026_0_wasm32"


class Buffer:
    """Stands for JavaScript's."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def to_bytes(self) -> bytes:
        return self._content


def wheel_of(**files: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


class TagsTest(unittest.TestCase):
    def test_wheels_for_this_python_and_machine(self) -> None:
        for tags in (
            "py3-none-any",
            "py2.py3-none-any",
            "py38-none-any",
            "py314-none-any",
            "1-py3-none-any",
            f"cp314-cp314-{_PLATFORM}",
            f"cp39-abi3-{_PLATFORM}",
            f"cp313.cp314-none-linux_x86_64.{_PLATFORM}",
            f"cp314-cp314t.cp314-{_PLATFORM}",
        ):
            with self.subTest(tags):
                packages.check_tags(f"name-1.0-{tags}.whl", _ABI)

    def test_wheels_for_others(self) -> None:
        for tags, reason in {
            "py2-none-any": "for the Python py2 and its ABI none: this is cp314",
            "py315-none-any": "for the Python py315",
            f"cp313-cp313-{_PLATFORM}": "for the Python cp313",
            f"cp315-abi3-{_PLATFORM}": "for the Python cp315",
            f"pp3-none-{_PLATFORM}": "for the Python pp3",
            f"cp314-cp314t-{_PLATFORM}": "for the Python cp314 and its ABI cp314t",
            f"py3-cp313-{_PLATFORM}": "for the Python py3 and its ABI cp313",
            f"py3-abi3-{_PLATFORM}": "for the Python py3 and its ABI abi3",
            f"pp314-abi3-{_PLATFORM}": "for the Python pp314",
            "cp314-cp314-pyemscripten_2025_0_wasm32": f"this is {_PLATFORM}",
            "cp314-cp314-manylinux_2_17_x86_64": "for manylinux_2_17_x86_64",
        }.items():
            with self.subTest(tags), self.assertRaisesRegex(ValueError, reason):
                packages.check_tags(f"name-1.0-{tags}.whl", _ABI)

    def test_a_name_without_tags(self) -> None:
        with self.assertRaisesRegex(ValueError, "is no name of a wheel"):
            packages.check_tags("name-1.0.whl", _ABI)


class InstallTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve() / "site"
        folders = mock.patch.dict(packages._FOLDERS, site=str(self.root))
        folders.start()
        self.addCleanup(folders.stop)

    def install(self, content: bytes, sha256: str | None = None) -> list[str]:
        data: Any = Buffer(content)
        return packages.install(data, "name.whl", sha256, "site")

    def assert_refused(self, content: bytes, reason: str, sha256: str | None = None) -> None:
        with self.assertRaisesRegex(ValueError, reason):
            self.install(content, sha256)
        self.assertFalse(self.root.exists())

    def test_files_and_who_has_installed_them(self) -> None:
        content = wheel_of(**{"a.py": "x = 1", "b/c.so": "", "a-1.dist-info/METADATA": "Name: a\n"})
        libraries = self.install(content, hashlib.sha256(content).hexdigest())
        self.assertEqual(libraries, [str(self.root / "b/c.so")])
        installer = self.root / "a-1.dist-info/INSTALLER"
        self.assertEqual(installer.read_text(), "terrarium.loadPackage\n")

    def test_another_hash(self) -> None:
        self.assert_refused(wheel_of(a="1"), "has the SHA-256 [0-9a-f]{64}, not 0000", "0" * 64)

    def test_files_outside(self) -> None:
        self.assert_refused(wheel_of(**{"a": "1", "../b": "2"}), r"'\.\./b'.*outside")

    def test_what_belongs_elsewhere(self) -> None:
        prefix = self.root.parent / "usr"
        with mock.patch("sys.prefix", str(prefix)):
            libraries = self.install(
                wheel_of(
                    **{
                        "a-1.data/": "",
                        "a-1.data/purelib/a.py": "1",
                        "a-1.data/platlib/b/c.so": "2",
                        "a-1.data/data/share/d": "3",
                        "a-1.data/scripts/e": "4",
                        "a-1.data/headers/f.h": "5",
                    }
                )
            )
            self.assertEqual(libraries, [str(self.root / "b/c.so")])
            self.assertEqual((prefix / "share/d").read_text(), "3")
            tree = {name: text for name, text in self.tree().items() if text is not None}
            self.assertEqual(tree, {"a.py": "1", "b/c.so": "2"})
            packages.roll_back()
            self.assertFalse(prefix.exists())
            self.assert_refused(wheel_of(**{"a-1.data/other/a": ""}), "a-1.data/other, which no")
            self.assert_refused(wheel_of(**{"a-1.data/data/../../b": ""}), "outside")

    def test_what_is_damaged(self) -> None:
        content = wheel_of(a="text that is compressed, " * 100)
        self.assert_refused(content[: len(content) // 2], "no whole zip file")
        # In the middle of the file's compressed content.
        damaged = bytearray(content)
        damaged[40:45] = b"\xff" * 5
        self.assert_refused(bytes(damaged), "name.whl.*(damaged|no whole zip file)")

    def tree(self) -> dict[str, str | None]:
        """Everything under the folder: what is in the files, and None for folders."""
        return {
            path.relative_to(self.root).as_posix(): None if path.is_dir() else path.read_text()
            for path in self.root.rglob("*")
        }

    def test_rolled_back(self) -> None:
        self.install(wheel_of(**{"a/one.py": "old", "other.py": "kept"}))
        before = self.tree()
        self.install(
            wheel_of(
                **{
                    "a/one.py": "new",
                    "a/two.py": "",
                    "b/": "",
                    "b/c/d.so": "",
                    "b-1.dist-info/METADATA": "Name: b\n",
                }
            )
        )
        sys.path_importer_cache["/nowhere"] = None
        self.assertEqual(
            {Path(path).relative_to(self.root).as_posix() for path in packages.roll_back()},
            {"a/two.py", "b/c/d.so", "b-1.dist-info/METADATA", "b-1.dist-info/INSTALLER"},
        )
        self.assertEqual(self.tree(), before)
        self.assertNotIn("/nowhere", sys.path_importer_cache)
        self.assertEqual(packages.roll_back(), [], "the second time there is nothing to do")
        self.assertEqual(self.tree(), before)

    def test_rolled_back_to_nothing(self) -> None:
        self.install(wheel_of(**{"a/one.py": ""}))
        packages.roll_back()
        self.assertFalse(self.root.exists())

    def test_rolled_back_save_what_others_have_written(self) -> None:
        self.install(wheel_of(**{"a/one.py": "", "b/two.py": ""}))
        (self.root / "a/theirs").write_text("x")
        packages.roll_back()
        self.assertEqual(self.tree(), {"a": None, "a/theirs": "x"})

    def test_kept(self) -> None:
        self.install(wheel_of(**{"a.py": "x"}))
        packages.keep()
        self.assertEqual(packages.roll_back(), [])
        self.assertEqual(self.tree(), {"a.py": "x"})

    def test_a_name_twice(self) -> None:
        self.install(wheel_of(**{"a.py": "old"}))
        self.install(wheel_of(**{"a.py": "new", "./a.py": "newer"}))
        packages.roll_back()
        self.assertEqual(self.tree(), {"a.py": "old"})

    def test_fails_half_way(self) -> None:
        self.install(wheel_of(**{"a.py": "old"}))
        packages.keep()
        # A file that would be a folder, too.
        with self.assertRaises(OSError):
            self.install(wheel_of(**{"a.py": "new", "b/c": "", "b/c/d": ""}))
        self.assertEqual(self.tree(), {"a.py": "old"})
        self.assertEqual(packages.roll_back(), [])

    def test_no_space(self) -> None:
        def fill(source: Any, target: Any) -> None:
            target.write(source.read(1))
            raise OSError(errno.ENOSPC, "No space left on device")

        with (
            mock.patch("shutil.copyfileobj", fill),
            self.assertRaisesRegex(OSError, "No space left"),
        ):
            self.install(wheel_of(**{"a/b.py": "text"}))
        self.assertFalse(self.root.exists())


if __name__ == "__main__":
    unittest.main()
