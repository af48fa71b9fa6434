"""Tests of the Debian lock: its manifest, what is solved anew, what is reported."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path
from typing import Any, ClassVar
from unittest import mock

from tools.lock import debian
from tools.lock.reading import LockError

MANIFEST = """
[closures.one]
suite = "s"
packages = ["a"]
exclude = [{ packages = ["b*"], reason = "big" }, { packages = ["none"], reason = "old" }]

[closures.two]
suite = "s"
packages = ["c"]
"""


class Apt:
    """An index in which everything depends on `bulk`, which depends on `more`."""

    asked: ClassVar[list[str]] = []

    def __init__(self, folder: Path, suite: str) -> None:
        pass

    def install(self, packages: tuple[str, ...], installed: dict[str, str]) -> dict[str, str]:
        type(self).asked.extend(packages)
        found = dict.fromkeys(packages, "1")
        return found if "bulk" in installed else {**found, "bulk": "2", "more": "3"}

    def show(self, pins: list[str]) -> list[dict[str, str]]:
        return [
            {
                "Package": pin.partition("=")[0],
                "Version": pin.partition("=")[2],
                "Architecture": "amd64",
                "Filename": f"pool/{pin}.deb",
                "SHA256": "0" * 64,
                "Size": "5",
            }
            for pin in pins
        ]


class LockTest(unittest.TestCase):
    def setUp(self) -> None:
        patch = mock.patch.object(debian, "AptRoot", Apt)
        patch.start()
        self.addCleanup(patch.stop)
        Apt.asked = []

    def lock(
        self, text: str, previous: dict[str, Any] | None = None, entry: str | None = None
    ) -> tuple[dict[str, Any], list[str]]:
        with tempfile.TemporaryDirectory() as folder:
            manifest = Path(folder, debian.MANIFEST)
            manifest.write_text(text)
            return debian.lock(manifest, previous, entry)

    def test_exclusions_take_what_only_they_need_along(self) -> None:
        content, warnings = self.lock(MANIFEST)
        self.assertEqual(content["closures"], {"one": ["a=1"], "two": ["bulk=2", "c=1", "more=3"]})
        self.assertEqual(set(content["packages"]), {"a=1", "bulk=2", "c=1", "more=3"})
        self.assertEqual(warnings, ["one: exclusion 'none' matches nothing: remove it"])

    def test_one_closure_alone(self) -> None:
        content, _ = self.lock(MANIFEST)
        Apt.asked = []
        again, _ = self.lock(MANIFEST, content, "one")
        self.assertEqual(again, content)
        self.assertEqual(set(Apt.asked), {"a"})

    def test_a_changed_closure_comes_along(self) -> None:
        content, _ = self.lock(MANIFEST)
        again, _ = self.lock(MANIFEST.replace('"c"', '"d"'), content, "one")
        self.assertEqual(again["closures"]["two"], ["bulk=2", "d=1", "more=3"])

    def test_unknown_closure(self) -> None:
        with self.assertRaisesRegex(LockError, "'three'; it has one, two"):
            self.lock(MANIFEST, {}, "three")

    def test_asked_for_and_excluded(self) -> None:
        with self.assertRaisesRegex(LockError, "both asks for and excludes"):
            self.lock(MANIFEST.replace('"b*"', '"a"'))


class ManifestTest(unittest.TestCase):
    def test_refusals(self) -> None:
        for text in (
            '[closures.a]\nsuite = "s"\npackages = ["x"]\nsuit = "t"\n',
            '[closures.a]\npackages = ["x"]\n',
            '[closures.a]\nsuite = "s"\n',
            '[closures.a]\nsuite = "s"\npackages = "x"\n',
            '[closures.a]\nsuite = "s"\npackages = ["x"]\n'
            'exclude = [{ packages = "y", reason = "r" }]\n',
            '[closures.a]\nsuite = "s"\npackages = ["x"]\nexclude = [{ packages = ["y"] }]\n',
        ):
            with self.subTest(text), self.assertRaises(LockError):
                debian.read_manifest(text)


class ChangesTest(unittest.TestCase):
    def test_all_kinds(self) -> None:
        old = {
            "closures": {"c": ["a=1", "b=1", "d=1"]},
            "packages": {pin: {"sha256": "0"} for pin in ("a=1", "b=1", "d=1")},
        }
        new = {
            "closures": {"c": ["a=2", "d=1", "e=1"]},
            "packages": {pin: {"sha256": "1"} for pin in ("a=2", "d=1", "e=1")},
        }
        self.assertEqual(
            debian.describe_changes(old, new),
            [
                "c: a 1 -> 2",
                "c: - b 1",
                "c: d 1 has other bytes under the same version",
                "c: + e 1",
            ],
        )


if __name__ == "__main__":
    unittest.main()
