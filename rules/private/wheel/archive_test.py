"""What goes into a wheel, in which order."""

import base64
import hashlib
import json
import tempfile
import unittest
import zipfile
from dataclasses import replace
from pathlib import Path

from rules.private.wheel import archive
from rules.private.wheel.description import WheelError
from rules.private.wheel.fixtures import describe


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
        archive.repack(self.it, made, self.root, self.work)
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


if __name__ == "__main__":
    unittest.main()
