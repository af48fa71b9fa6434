"""Tests that programs run in the build's own Python, whatever the machine and its user have."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import unittest
from pathlib import Path
from typing import Any

RUNFILES = Path(os.environ["RUNFILES_DIR"])
HERE = RUNFILES / "terrarium" / "toolchains" / "python"
PROGRAM = HERE / "tests" / "program"
INTERPRETER = HERE / "interpreter"

# The shell needs none of it, Python would be led astray by all of it.
HOSTILE = {
    "PATH": "/nonexistent",
    "PYTHONHOME": "/nonexistent",
    "PYTHONPATH": "/nonexistent",
    "PYTHONSTARTUP": "/nonexistent",
    "PYTHONOPTIMIZE": "2",
    "LD_LIBRARY_PATH": "/nonexistent",
}


def run(*command: str | Path, env: dict[str, str], cwd: Path | None = None) -> Any:
    """What a command prints, as JSON."""
    done = subprocess.run(command, env=env, cwd=cwd, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


class ProgramTest(unittest.TestCase):
    def check(self, seen: Any) -> None:
        self.assertEqual(seen["version"], [3, 14])
        self.assertEqual(seen["executable"], str(RUNFILES / "debian_python/bin/python3"))
        self.assertEqual(seen["flags"], {"safe_path": True, "no_user_site": True})
        self.assertFalse(seen["writes_bytecode"])
        self.assertEqual(seen["runfiles"], str(RUNFILES))
        for entry in seen["path"]:
            self.assertTrue(
                entry.startswith(str(RUNFILES)) or "/external/debian_python/" in entry, entry
            )

    def test_no_environment_at_all(self) -> None:
        self.check(run(PROGRAM, env={}))

    def test_hostile_environment(self) -> None:
        self.check(run(PROGRAM, env=HOSTILE))

    def test_arguments_arrive_as_they_are(self) -> None:
        arguments = ["", "a b", "*", "$HOME", "-c", "--"]
        self.assertEqual(run(PROGRAM, *arguments, env={})["arguments"], arguments)

    def test_by_relative_path_from_another_folder(self) -> None:
        self.check(run("./tests/program", env={}, cwd=HERE))

    def test_through_a_link(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            link = Path(folder, "link")
            link.symlink_to(PROGRAM)
            self.check(run(link, env={"RUNFILES_DIR": str(RUNFILES)}))

    def test_modules_of_the_folder_do_not_hide_the_library(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "json.py").write_text("raise ImportError")
            self.check(run(PROGRAM, env={}, cwd=Path(folder)))


class InterpreterTest(unittest.TestCase):
    def test_isolation_options(self) -> None:
        code = "import json, sys; print(json.dumps([sys.executable, sys.flags.no_user_site]))"
        expected = [str(RUNFILES / "debian_python/bin/python3"), 1]
        for option in ("-E", "-I", "-P", "-S"):
            self.assertEqual(run(INTERPRETER, option, "-c", code, env={}), expected)
        self.assertEqual(run(INTERPRETER, "-E", "-c", code, env=HOSTILE), expected)

    def test_starts_itself(self) -> None:
        code = (
            "import multiprocessing as m; c = m.get_context('spawn');"
            "p = c.Process(target=print, args=(1,)); p.start(); p.join(); assert p.exitcode == 0"
        )
        self.assertEqual(run(INTERPRETER, "-c", code, env={}), 1)


class LibraryTest(unittest.TestCase):
    def test_extension_modules(self) -> None:
        for name in (
            "_ctypes",
            "_decimal",
            "_hashlib",
            "_lzma",
            "_sqlite3",
            "_ssl",
            "_zstd",
            "bz2",
            "zlib",
        ):
            with self.subTest(name):
                __import__(name)

    def test_comes_compiled_from_one_file(self) -> None:
        import argparse
        import inspect

        self.assertRegex(argparse.__file__, r"/lib/python314\.zip/argparse\.pyc$")
        self.assertEqual(
            argparse.ArgumentParser.format_help.__code__.co_filename, "python314.zip/argparse.py"
        )
        # Sources are there for tracebacks.
        self.assertIn("def format_help", inspect.getsource(argparse.ArgumentParser.format_help))

    def test_sysconfig(self) -> None:
        self.assertEqual(sysconfig.get_config_var("SOABI"), "cpython-314-x86_64-linux-gnu")
        self.assertEqual(sysconfig.get_python_version(), "3.14")
        self.assertTrue(sys.prefix.endswith("/debian_python"), sys.prefix)


if __name__ == "__main__":
    unittest.main()
