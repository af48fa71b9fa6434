"""Tests of the PyPI lock: its manifest, how markers are judged."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Any
from unittest import mock

from third_party.private import locked_clients, pypi_client
from tools.lock import pypi
from tools.lock.reading import LockError, ReadingError


def setUpModule() -> None:
    locked_clients.use_under_bazel()


class ManifestTest(unittest.TestCase):
    def test_groups(self) -> None:
        groups = pypi.read_manifest(
            '[groups.a]\nwheels = ["x>1"]\n[groups.b]\nsdists = ["Y==2"]\n'
            '[groups.c]\nwasm_wheels = ["z"]\n'
        )
        self.assertEqual(
            groups,
            [
                pypi.Group("a", wheels=("x>1",)),
                pypi.Group("b", sdists=("Y==2",)),
                pypi.Group("c", wasm_wheels=("z",)),
            ],
        )

    def test_refusals(self) -> None:
        for text in (
            '[groups.a]\nwheel = ["x"]\n',
            '[groups.a]\nsdists = ["x>=2"]\n',
            '[groups.a]\nwheels = ["x"]\nwasm_wheels = ["y"]\n',
            '[groups.a]\nwheels = "mypy"\n',
            "[groups.a]\nwheels = [1]\n",
        ):
            with self.subTest(text), self.assertRaises(LockError):
                pypi.read_manifest(text)
        with self.assertRaisesRegex(ReadingError, "the manifest is no TOML"):
            pypi.read_manifest('[groups.a]\nwheels = ["x"\n')


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


class PlatformsTest(unittest.TestCase):
    """Two groups that need the same project, one for each platform."""

    manifest = '[groups.host]\nwheels = ["tool"]\n[groups.wasm]\nwasm_wheels = ["tool"]\n'
    folder: Path
    native: str
    wasm: str
    #: What is locked before a test changes anything. Each lock starts pip several times.
    first: dict[str, Any]

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        (cls.folder / "links").mkdir()
        settings = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
        settings.update(
            TERRARIUM_REPOSITORY_CACHE=str(cls.folder / "cache"),
            PIP_CONFIG_FILE=os.devnull,
            PIP_NO_INDEX="1",
            PIP_FIND_LINKS=str(cls.folder / "links"),
        )
        for patch in (
            mock.patch.dict(os.environ, settings, clear=True),
            mock.patch.object(pypi, "_is_public", return_value=True),
        ):
            patch.start()
            cls.addClassCleanup(patch.stop)
        cls.native = cls.add("tool-1-cp314-cp314-manylinux_2_17_x86_64.whl")
        cls.wasm = cls.add(
            "tool-1-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
            'Requires-Dist: more; sys_platform == "emscripten"\n',
        )
        cls.add("more-1-py3-none-any.whl")
        cls.first = cls.lock(cls.manifest)

    @classmethod
    def add(cls, filename: str, needs: str = "") -> str:
        """Puts a wheel into the folder; gives its SHA-256."""
        name, version, tags = filename.removesuffix(".whl").split("-", 2)
        info = f"{name}-{version}.dist-info"
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as bundle:
            bundle.writestr(
                f"{info}/METADATA",
                f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}",
            )
            bundle.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nTag: {tags}\n")
            bundle.writestr(f"{info}/RECORD", "")
        (cls.folder / "links" / filename).write_bytes(buffer.getvalue())
        return hashlib.sha256(buffer.getvalue()).hexdigest()

    @classmethod
    def lock(cls, text: str, entry: str | None = None) -> dict[str, Any]:
        manifest = cls.folder / "manifest.toml"
        manifest.write_text(text)
        content, _ = pypi.lock(manifest, cls.first if entry else None, entry)
        return content

    def test_markers_of_the_machine_bind_nothing_of_the_target(self) -> None:
        for version in (1, 2):
            self.add(f"bound-{version}-py3-none-any.whl")
        self.add(
            "marked-1-py3-none-any.whl",
            'Requires-Dist: bound<2; sys_platform == "linux"\n'
            'Requires-Dist: bound; sys_platform == "emscripten"\n',
        )
        content = self.lock('[groups.wasm]\nwasm_wheels = ["marked"]\n')
        self.assertEqual(content["groups"], {"wasm": ["bound==2", "marked==1"]})

    def test_each_has_its_own_files_and_needs(self) -> None:
        content = self.first
        self.assertEqual(content["groups"], {"host": ["tool==1"], "wasm": ["more==1", "tool==1"]})
        self.assertEqual(set(content["packages"]), {"tool==1"})
        self.assertEqual(content["packages"]["tool==1"]["sha256"], self.native)
        self.assertEqual(content["packages"]["tool==1"]["requires"], [])
        self.assertEqual(set(content["wasm_packages"]), {"tool==1", "more==1"})
        self.assertEqual(content["wasm_packages"]["tool==1"]["sha256"], self.wasm)
        self.assertEqual(content["wasm_packages"]["tool==1"]["requires"], ["more==1"])
        self.assertIn("wasm: 2 files", pypi.summarise(content)[1])

    def test_one_entry_alone_is_brought_up_to_date(self) -> None:
        for filename in ("tool-2-py3-none-any.whl", "more-2-py3-none-any.whl"):
            self.add(filename)
            self.addCleanup((self.folder / "links" / filename).unlink)
        content = self.lock(self.manifest, "more")
        self.assertEqual(set(content["packages"]), {"tool==1"})
        self.assertEqual(set(content["wasm_packages"]), {"tool==1", "more==2"})

    def test_entry_that_is_new_in_the_manifest(self) -> None:
        text = self.manifest + '[groups.new]\nwheels = ["More[x] >= 1"]\n'
        self.assertEqual(set(self.lock(text, "more")["packages"]), {"tool==1", "more==1"})

    def test_what_is_built_here_is_there_and_has_no_wheel(self) -> None:
        self.add("pure-1-py3-none-any.whl", "Requires-Dist: made.here>=2\nRequires-Dist: more\n")
        made = {"filename": "made_here-2.1.tar.gz", "sha256": "0" * 64, "size": 1}
        with mock.patch.object(pypi, "_find_sdists", return_value={"made-here==2.1": made}):
            content = self.lock(
                '[groups.sources]\nsdists = ["Made.Here==2.1"]\n'
                '[groups.wasm]\nwasm_wheels = ["pure"]\n'
            )
            self.assertEqual(content["groups"]["wasm"], ["more==1", "pure==1"])
            self.assertEqual(content["wasm_packages"]["pure==1"]["requires"], ["more==1"])
            self.assertNotIn("made-here==2.1", content["wasm_packages"])
            # It is no wheel for the machine that builds, and there in no other version.
            for key, version in (("wheels", "2.1"), ("wasm_wheels", "1")):
                with self.subTest(key), self.assertRaisesRegex(LockError, "pure"):
                    self.lock(
                        f'[groups.user]\n{key} = ["pure"]\n'
                        f'[groups.sources]\nsdists = ["made-here=={version}"]\n'
                    )

    def test_entry_that_nothing_names(self) -> None:
        with self.assertRaises(LockError) as caught:
            self.lock(self.manifest, "unheard-of")
        self.assertIn("'unheard-of'", str(caught.exception))


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
