"""What a back end finds when it runs."""

import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from dataclasses import replace
from pathlib import Path

from rules.private.wheel import environment
from rules.private.wheel.fixtures import describe


class ToolsTest(unittest.TestCase):
    """What becomes of a command line that Meson gives to the compiler's launcher."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        self.work = self.root / "work"
        (self.root / "cache").mkdir()
        self.work.mkdir()
        for name in ("clang", "emcc", "em++"):
            environment.write_script(self.root / name, f'#!/bin/sh\nprintf "%s\\n" {name} "$@"\n')
        environment.write_script(self.root / "python", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        self.make_distribution(self.root / "site-packages")
        environment.make_tools(
            replace(
                describe(self.root),
                clang="clang",
                clang_flags=["--sysroot={root}/cache"],
                compile_flags=["-DA B"],
                emcc="emcc",
                cache="cache",
                link_flags=["-O2"],
                module_flags=["-sSIDE_MODULE=2"],
                libraries={"blas": [], "lapack": []},
                shared_libraries={"blas": "bin/libblas-1.so"},
                python="python",
                host_path=[str(self.root / "site-packages")],
            ),
            self.root,
            self.work,
        )

    @staticmethod
    def make_distribution(folder: Path) -> None:
        """A wheel of the back end with a program, as it is unpacked."""
        information = folder / "tool-1.dist-info"
        information.mkdir(parents=True)
        (information / "METADATA").write_text("Metadata-Version: 2.1\nName: tool\nVersion: 1\n")
        (information / "entry_points.txt").write_text("[console_scripts]\ntool = tool:main.start\n")
        (folder / "tool.py").write_text(
            "import sys\n\n\nclass main:\n    @staticmethod\n    def start():\n"
            "        print(*sys.argv[1:], sep='\\n')\n        return 3\n"
        )

    def call(self, *arguments: str, tool: str = "emcc") -> list[str]:
        done = subprocess.run(
            [self.work / "bin" / tool, *arguments], stdout=subprocess.PIPE, text=True, check=True
        )
        return [line.replace(str(self.work), "WORK") for line in done.stdout.splitlines()]

    def test_compiling_is_clangs_and_sees_no_setting_of_emccs(self) -> None:
        called = self.call("-c", "a b.c", "-sSTRICT", "-Wl,--x", "-std=c11")
        self.assertEqual(called[0], "clang")
        self.assertEqual(called[-4:], ["-DA B", "-c", "a b.c", "-std=c11"])
        self.assertIn(f"--sysroot={self.root}/cache", called)
        self.assertIn("--driver-mode=g++", self.call("-E", "a.cc", tool="em++"))

    def test_a_module_exports_what_python_asks_for(self) -> None:
        called = self.call("-o", "x/_a.cpython-314-wasm32-emscripten.so", "a.o", tool="em++")
        self.assertEqual(called[:2], ["em++", "-O2"])
        self.assertEqual(called[-2:], ["-sSIDE_MODULE=2", "-sEXPORTED_FUNCTIONS=_PyInit__a"])
        self.assertFalse([word for word in called if "/lib/" in word])

    def test_a_module_takes_from_shared_libraries_before_archives(self) -> None:
        archive = f"{self.work}/lib/liblapack.a"
        called = self.call("-o", "_a.so", "a b.o", archive)
        shared = called.index("WORK/lib/shared/libblas-1.so")
        self.assertEqual(called[shared + 1], "-Wl,-rpath,/usr/lib")
        self.assertLess(shared, called.index("a b.o"))
        self.assertLess(shared, called.index("WORK/lib/liblapack.a"))

    def test_programs_of_the_back_end_are_on_the_path(self) -> None:
        done = subprocess.run(
            [self.work / "bin" / "tool", "a b", "c"],
            env={"PYTHONPATH": str(self.root / "site-packages")},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.assertEqual((done.returncode, done.stdout), (3, "a b\nc\n"))

    def test_there_are_no_threads(self) -> None:
        for called in (
            self.call("-c", "a.c", "-pthread"),
            self.call("-o", "_a.so", "a.o", "-pthread", "-sPTHREAD_POOL_SIZE=2"),
            self.call("-E", "a.c", "-fopenmp"),
            self.call("-o", "_a.so", "a.o", "-fopenmp=libomp"),
        ):
            self.assertFalse([word for word in called if re.search("pthread|openmp", word, re.I)])

    def test_a_check_links_a_program_with_all_archives(self) -> None:
        called = self.call("check.c", "-o", "output.js")
        self.assertEqual(called[0], "emcc")
        self.assertEqual(
            called[-4:],
            ["WORK/lib/libblas.a", "WORK/lib/liblapack.a", "-O0", "-sASSERTIONS=0"],
        )
        self.assertNotIn("-sSIDE_MODULE=2", called)


class TargetWheelsTest(unittest.TestCase):
    """A project that the build imports, and compiles against."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        self.work = self.root / "work"
        native = {
            "thing/__init__.py": "from . import _fast",
            "thing/_fast.cpython-314.so": "for this machine",
            "thing/include/thing.h": "#define BITS 64",
            "thing/lib/libthing.a": "for this machine",
            "thing.libs/libbase-1.so.5.0": "for this machine",
            "thing-1.0.dist-info/METADATA": "Name: thing\nVersion: 1.0\n",
            "thing-1.0.dist-info/entry_points.txt": (
                "[console_scripts]\nthing-config = thing._config:Command.main\nsh = thing:sh\n"
            ),
        }
        for name, text in native.items():
            path = self.root / "native" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        wheel = self.root / "thing.whl"
        with zipfile.ZipFile(wheel, "w") as bundle:
            for name in [*native, "thing/thing.pxd", "thing/_fast.cpython-314-wasm32.so"]:
                bundle.writestr(name, "for the target")
        self.it = replace(
            describe(self.root),
            host_path=["other", "native"],
            target_wheels={"thing": {"native": "native", "wheel": "thing.whl"}},
        )

    def test_what_runs_is_the_machines_and_the_rest_the_targets(self) -> None:
        other, folder = environment.make_host_path(self.it, self.root, self.work)
        self.assertEqual(other, self.root / "other")
        of_target = {
            str(path.relative_to(folder))
            for path in folder.rglob("*")
            if path.is_file() and path.read_text() == "for the target"
        }
        self.assertEqual(
            of_target, {"thing/include/thing.h", "thing/lib/libthing.a", "thing/thing.pxd"}
        )
        self.assertEqual((folder / "thing/_fast.cpython-314.so").read_text(), "for this machine")
        self.assertTrue((folder / "thing.libs/libbase-1.so.5.0").exists())
        self.assertTrue((folder / "thing-1.0.dist-info/METADATA").exists())

    def test_commands_of_projects_are_found(self) -> None:
        scripts = environment.console_scripts(self.it, self.root)
        self.assertEqual([script.name for script in scripts], ["sh", "thing-config"])
        cross_file = self.root / "cross.ini"
        environment.write_cross_file(
            cross_file, [], [script.name for script in scripts], fortran=False
        )
        text = cross_file.read_text()
        self.assertIn("thing-config = 'thing-config'", text)
        self.assertNotIn("sh = ", text)


if __name__ == "__main__":
    unittest.main()
