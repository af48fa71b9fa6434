"""Tests of the PyPI lock: its manifest, how markers are judged, and that lock.json is fresh."""

from __future__ import annotations

import hashlib
import json
import unittest
from pathlib import Path

from third_party.private import pypi_client
from tools.lock import pypi

FOLDER = Path(__file__).resolve().parents[2] / "third_party" / "pypi"


class ManifestTest(unittest.TestCase):
    def test_groups(self) -> None:
        groups = pypi.read_manifest('[groups.a]\nwheels = ["x>1"]\n[groups.b]\nsdists = ["Y==2"]\n')
        self.assertEqual(groups, [pypi.Group("a", ("x>1",), ()), pypi.Group("b", (), ("Y==2",))])

    def test_refusals(self) -> None:
        for text in ('[groups.a]\nwheel = ["x"]\n', '[groups.a]\nsdists = ["x>=2"]\n'):
            with self.subTest(text), self.assertRaises(pypi.LockError):
                pypi.read_manifest(text)


class MarkerTest(unittest.TestCase):
    def walk(
        self, groups: dict[str, list[str]], packages: dict[str, tuple[str, list[str]]]
    ) -> dict[str, object]:
        question = {
            "environment": pypi.ENVIRONMENT,
            "groups": groups,
            "packages": {name: {"version": v, "requires": r} for name, (v, r) in packages.items()},
        }
        answer: dict[str, object] = json.loads(
            pypi_client.find_pip().evaluate(pypi._WALK, json.dumps(question))
        )
        return answer

    def test_markers_are_the_targets(self) -> None:
        answer = self.walk(
            {"g": ["a"]},
            {
                "a": ("1", ['b; python_version < "3.14"', 'c>=2; python_version >= "3.14"']),
                "b": ("1", []),
            },
        )
        self.assertEqual(answer, {"edges": {}, "groups": {"g": ["a"]}, "missing": ["c>=2"]})

    def test_version_that_only_the_targets_marker_forbids(self) -> None:
        answer = self.walk(
            {"g": ["a"]}, {"a": ("1", ['b>2; python_version >= "3.14"']), "b": ("1", [])}
        )
        self.assertEqual(answer["missing"], ["b>2"])

    def test_extras_and_circles(self) -> None:
        answer = self.walk(
            {"g": ["A_a[x]"], "h": ["b"]},
            {
                "a-a": ("1", ['b; extra == "x"', 'c; extra == "y"']),
                "b": ("1", ["a-a"]),
                "c": ("1", []),
            },
        )
        self.assertEqual(answer["groups"], {"g": ["a-a", "b"], "h": ["a-a", "b"]})
        self.assertEqual(answer["missing"], [])


class SdistTest(unittest.TestCase):
    def test_names(self) -> None:
        self.assertTrue(pypi._is_sdist_of("demo_thing-1.0.tar.gz", "demo-thing", "1.0"))
        self.assertFalse(pypi._is_sdist_of("demo_thing-1.0.1.tar.gz", "demo-thing", "1.0"))
        self.assertFalse(pypi._is_sdist_of("demo_thing-1.0.zip", "demo-thing", "1.0"))


class ChangesTest(unittest.TestCase):
    def test_all_kinds(self) -> None:
        old = {
            "groups": {"g": ["a==1", "b==1", "d==1"]},
            "packages": {"d==1": {"sha256": "0", "filename": "d"}},
        }
        new = {
            "groups": {"g": ["a==2", "c==1", "d==1"]},
            "packages": {"d==1": {"sha256": "1", "filename": "e"}},
            "sdists": {},
        }
        self.assertEqual(
            pypi.describe_changes(old, new),
            [
                "g: a 1 -> 2",
                "g: - b 1",
                "g: + c 1",
                "d==1: d -> e, other bytes under the same version",
            ],
        )


class LockTest(unittest.TestCase):
    def setUp(self) -> None:
        self.content = json.loads((FOLDER / "lock.json").read_text())

    def test_is_fresh(self) -> None:
        found = hashlib.sha256((FOLDER / pypi.MANIFEST).read_bytes()).hexdigest()
        message = f"lock.json is older than {pypi.MANIFEST}. Run: {pypi_client.UPDATE_COMMAND}"
        self.assertEqual(self.content["manifest_sha256"], found, message)

    def test_is_whole_and_has_no_address(self) -> None:
        packages, sdists = self.content["packages"], self.content["sdists"]
        for pins in self.content["groups"].values():
            for pin in pins:
                self.assertTrue(pin in packages or pin in sdists, pin)
        for facts in packages.values():
            for pin in facts["requires"]:
                self.assertIn(pin, packages)
        self.assertNotIn("://", json.dumps(self.content))
        self.assertEqual(pypi.serialise(self.content), (FOLDER / "lock.json").read_text())


if __name__ == "__main__":
    unittest.main()
