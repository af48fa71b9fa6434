"""Tests of the npm lock: which packages are kept, what they need."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path

from tools.lock import npm
from tools.lock.reading import LockError


class ManifestTest(unittest.TestCase):
    def test_versions_must_be_exact(self) -> None:
        for version in ("^1.0.0", "1.x || 2", "latest", ""):
            with self.subTest(version), tempfile.TemporaryDirectory() as folder:
                manifest = Path(folder, npm.MANIFEST)
                manifest.write_text(json.dumps({"dependencies": {"demo": version}}))
                with self.assertRaises(LockError) as caught:
                    npm.lock(manifest)
                self.assertIn("demo", str(caught.exception))

    def test_unknown_entry(self) -> None:
        with tempfile.TemporaryDirectory() as folder, self.assertRaises(LockError):
            manifest = Path(folder, npm.MANIFEST)
            manifest.write_text("{}")
            npm.lock(manifest, {}, "demo")


class PlatformTest(unittest.TestCase):
    def test_wanted(self) -> None:
        for facts in (
            {},
            {"os": ["linux"], "cpu": ["x64"], "libc": ["glibc"]},
            {"os": ["!win32"]},
            {"os": ["darwin", "linux"], "cpu": "x64"},
        ):
            self.assertTrue(npm._is_wanted("node_modules/a", facts), facts)

    def test_not_wanted(self) -> None:
        for facts in (
            {"os": ["darwin"]},
            {"cpu": ["arm64"]},
            {"os": ["!linux"]},
            {"libc": ["musl"]},
        ):
            self.assertFalse(npm._is_wanted("node_modules/a", {**facts, "optional": True}), facts)
            with self.assertRaises(LockError):
                npm._is_wanted("node_modules/a", facts)
        self.assertFalse(npm._is_wanted("node_modules/a/node_modules/b", {"inBundle": True}))


class NeedsTest(unittest.TestCase):
    def test_as_node_finds_them(self) -> None:
        entries: dict[str, dict[str, object]] = {
            "node_modules/a": {
                "dependencies": {"@s/b": "1", "c": "1"},
                "optionalDependencies": {"gone": "1"},
                "peerDependencies": {"d": "1", "e": "1"},
                "peerDependenciesMeta": {"e": {"optional": True}},
            },
            "node_modules/@s/b": {},
            "node_modules/a/node_modules/c": {"dependencies": {"@s/b": "1"}},
            "node_modules/c": {},
            "node_modules/d": {},
            "node_modules/e": {},
        }
        self.assertEqual(
            npm._needs("node_modules/a", entries["node_modules/a"], entries),
            ["node_modules/@s/b", "node_modules/a/node_modules/c", "node_modules/d"],
        )
        inner = "node_modules/a/node_modules/c"
        self.assertEqual(npm._needs(inner, entries[inner], entries), ["node_modules/@s/b"])


class ChangesTest(unittest.TestCase):
    def test_all_kinds(self) -> None:
        old = {
            "packages": {"a@1": {"sha256": "0"}, "@s/b@1": {"sha256": "0"}, "d@1": {"sha256": "0"}}
        }
        new = {"packages": {"a@2": {"sha256": "0"}, "c@1": {"sha256": "0"}, "d@1": {"sha256": "1"}}}
        self.assertEqual(
            npm.describe_changes(old, new),
            ["- @s/b 1", "a 1 -> 2", "+ c 1", "d@1 has other bytes under the same version"],
        )


if __name__ == "__main__":
    unittest.main()
