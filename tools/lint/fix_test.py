"""Tests of the command that mends style."""

from __future__ import annotations

import io
import json
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools.lint import fix

# Stands for a checker: mends by writing "good", and is content with that.
_PROGRAM = """#!/bin/sh
mode=$1
shift
for file in "$@"; do
    case $mode in
    fix) [ "$file" = stubborn.x ] || echo good >"$file" ;;
    check) grep -q good "$file" || exit 1 ;;
    esac
done
"""


class FixTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, Path.cwd())
        self.tree = Path(folder.name, "tree")
        for name in ("a.x", "sub/b.x", "sub/c.y", ".ci/d.x", ".git/e.x", "bazel-bin/f.x"):
            (self.tree / name).parent.mkdir(parents=True, exist_ok=True)
            (self.tree / name).write_text("bad\n")
        runfiles = Path(folder.name, "runfiles")
        (runfiles / "tool").mkdir(parents=True)
        (runfiles / "tool/program").write_text(_PROGRAM)
        (runfiles / "tool/program").chmod(0o755)
        table = runfiles / "terrarium/tools/lint/checkers.json"
        table.parent.mkdir(parents=True)
        checker = {
            "program": "@tool//:program",
            "sources": ["*.x"],
            "fix": [["fix"]],
            "check": [["check"]],
        }
        table.write_text(json.dumps({"x": checker}))
        environment = {
            "BUILD_WORKSPACE_DIRECTORY": str(self.tree),
            "BUILD_WORKING_DIRECTORY": str(self.tree / "sub"),
            "RUNFILES_DIR": str(runfiles),
        }
        patch = mock.patch.dict(os.environ, environment)
        patch.start()
        self.addCleanup(patch.stop)

    def mended(self) -> set[str]:
        return {
            str(path.relative_to(self.tree))
            for path in self.tree.rglob("*")
            if path.is_file() and path.read_text() == "good\n"
        }

    def test_mends_sources_and_nothing_else(self) -> None:
        self.assertEqual(fix.main([]), 0)
        self.assertEqual(self.mended(), {"a.x", "sub/b.x", ".ci/d.x"})

    def test_a_path_that_is_not_there_is_said(self) -> None:
        with mock.patch("sys.stderr", new_callable=io.StringIO) as said:
            self.assertEqual(fix.main(["b.x", "sup"]), 1)
        self.assertRegex(said.getvalue(), "/sup: there is no such file or folder")
        self.assertEqual(self.mended(), set())

    def test_arguments_are_seen_from_the_callers_folder(self) -> None:
        self.assertEqual(fix.main(["b.x"]), 0)
        self.assertEqual(self.mended(), {"sub/b.x"})

    def test_tells_what_it_cannot_mend(self) -> None:
        (self.tree / "stubborn.x").write_text("bad\n")
        self.assertEqual(fix.main([]), 1)


if __name__ == "__main__":
    unittest.main()
