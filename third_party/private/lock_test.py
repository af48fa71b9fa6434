"""Tests one lock file: is it as new as its manifest, whole, and without an address of a registry?

lock_test.py ECOSYSTEM MANIFEST LOCK
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import unittest
from pathlib import Path
from typing import Any

# For each ecosystem: where its files are listed, where sets of them are named, which field of a
# file names others.
_SHAPES = {
    "debian": (["packages"], "closures", None),
    "npm": (["packages"], "groups", "dependencies"),
    "pypi": (["packages", "sdists", "wasm_packages"], "groups", "requires"),
    "upstream": (["sources"], None, None),
}


class LockTest(unittest.TestCase):
    """The lock named on the command line."""

    ecosystem: str
    manifest: Path
    lock: Path

    def setUp(self) -> None:
        self.text = self.lock.read_text(encoding="utf-8")
        self.content: dict[str, Any] = json.loads(self.text)
        tables, self.sets, self.needs = _SHAPES[self.ecosystem]
        self.entries = [entry for table in tables for entry in self.content[table].items()]
        self.files = {name for name, _ in self.entries}
        self.advice = f"Run: ./bazelw run //tools/lock:update -- {self.ecosystem}"

    def test_is_as_new_as_its_manifest(self) -> None:
        found = hashlib.sha256(self.manifest.read_bytes()).hexdigest()
        if self.content["manifest_sha256"] != found:
            self.fail(
                f"third_party/{self.ecosystem}/lock.json is older than {self.manifest.name} beside"
                " it."
                f"\n{self.advice}"
            )

    def test_every_file_has_a_hash(self) -> None:
        for name, facts in self.entries:
            self.assertRegex(facts["sha256"], r"^[0-9a-f]{64}$", f"{name}. {self.advice}")
            self.assertGreaterEqual(facts.get("size", 1), 1, f"{name}. {self.advice}")

    def test_every_file_that_is_named_is_there(self) -> None:
        for members in self.content[self.sets].values() if self.sets else []:
            self.assertLessEqual(set(members), self.files, self.advice)
        for name, facts in self.entries:
            others = facts.get(self.needs, []) if self.needs else []
            self.assertLessEqual(set(others), self.files, f"{name}. {self.advice}")

    def test_every_file_that_is_there_is_named(self) -> None:
        if self.sets:
            named = {member for members in self.content[self.sets].values() for member in members}
            for _, facts in self.entries:
                named.update(facts.get(self.needs, []) if self.needs else [])
            self.assertEqual(self.files - named, set(), self.advice)

    def test_names_no_address_of_a_registry(self) -> None:
        if self.ecosystem != "upstream":
            self.assertIsNone(re.search(r"[a-z]+://", self.text), self.advice)

    def test_is_in_its_own_form(self) -> None:
        canonical = json.dumps(self.content, indent=1, ensure_ascii=False) + "\n"
        self.assertEqual(self.text, canonical, f"It was edited by hand. {self.advice}")


if __name__ == "__main__":
    LockTest.ecosystem = sys.argv.pop(1)
    LockTest.manifest = Path(sys.argv.pop(1))
    LockTest.lock = Path(sys.argv.pop(1))
    unittest.main()
