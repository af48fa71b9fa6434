"""Tests of the PyPI lock: its manifest, how markers are judged."""

from __future__ import annotations

import json
import unittest

from third_party.private import locked_clients, pypi_client
from tools.lock import pypi


def setUpModule() -> None:
    locked_clients.use_under_bazel()


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


if __name__ == "__main__":
    unittest.main()
