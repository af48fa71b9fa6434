"""Tests of reading Bazel's execution log."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

from tests.reproducible import execution_log


def spawn(mnemonic: str, **changes: Any) -> execution_log.Spawn:
    return {
        "commandArgs": ["tool", "a}{b"],
        "cacheable": True,
        "remoteCacheable": True,
        "cacheHit": True,
        "listedOutputs": [f"bazel-out/{mnemonic}.o"],
        "metrics": {"totalTime": "0.1s"},
        "mnemonic": mnemonic,
        "runner": "disk cache hit",
        "targetLabel": "//a:b",
    } | changes


class ExecutionLogTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = Path(folder.name, "log.json")

    def test_objects_without_anything_between_them(self) -> None:
        spawns = [spawn("One"), spawn("Two", targetLabel="//ä:ö"), spawn("Three")]
        for between in ("", "\n", " \n\n"):
            text = "".join(json.dumps(each, indent=2) + between for each in spawns)
            self.log.write_text(text, encoding="utf-8")
            for block in (1, 7, 500, 1 << 20):
                with self.subTest(between=between, block=block):
                    self.assertEqual(list(execution_log.read(self.log, block)), spawns)

    def test_none(self) -> None:
        self.log.write_text("")
        self.assertEqual(list(execution_log.read(self.log)), [])

    def test_cut_off(self) -> None:
        text = json.dumps(spawn("One")) + json.dumps(spawn("Two"))[:-1]
        self.log.write_text(text)
        with self.assertRaisesRegex(ValueError, "is cut off"):
            list(execution_log.read(self.log))

    def test_account(self) -> None:
        missed = spawn("Compile", cacheHit=False, runner="linux-sandbox")
        # Bazel leaves out what is false, or writes it, as it is asked to.
        silent = spawn("Link", runner="local")
        del silent["cacheHit"]
        account = execution_log.account(
            [
                spawn("Compile"),
                missed,
                spawn("Compile"),
                silent,
                spawn("Test", cacheable=False, remoteCacheable=False, cacheHit=False),
            ]
        )
        self.assertEqual(account.hits, {"Compile": 2})
        self.assertEqual(account.misses, {"Compile": 1, "Link": 1})
        self.assertEqual(
            account.missed,
            ["Compile of //a:b: bazel-out/Compile.o", "Link of //a:b: bazel-out/Link.o"],
        )
        self.assertEqual(account.uncacheable, {"Test": 1})
        self.assertEqual(account.cacheable, 4)
        rows = [line.split() for line in account.table().splitlines()[1:]]
        self.assertEqual(
            rows,
            [["Compile", "2", "1", "0"], ["Link", "0", "1", "0"], ["Test", "0", "0", "1"]],
        )

    def test_one_action_in_two_builds(self) -> None:
        ran = spawn("Compile", cacheHit=False, runner="linux-sandbox", metrics={})
        taken = spawn("Compile")
        self.assertEqual(execution_log.identity(ran), "Compile of //a:b: bazel-out/Compile.o")
        self.assertEqual(execution_log.identity(ran), execution_log.identity(taken))
        self.assertEqual(execution_log.key(ran), execution_log.key(taken))
        other = spawn("Compile", commandArgs=["tool", "/home/second"])
        self.assertNotEqual(execution_log.key(other), execution_log.key(taken))


if __name__ == "__main__":
    unittest.main()
