"""Tests of source_paths.py."""

import tempfile
import unittest
from pathlib import Path

from source_paths import make_relative


def string(name: str, text: str, length: int) -> str:
    """A string constant, and a call that uses it, as tco writes them."""
    return (
        f"${name} = comdat any\n"
        f'@{name} = linkonce constant [{length} x i8] c"{text}", comdat\n'
        f"  %3 = call ptr @_FortranAioBeginExternalListOutput(i32 6, ptr @{name}, i32 3)\n"
    )


class SourcePathsTest(unittest.TestCase):
    """Which strings change, and how."""

    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.root = Path(place.name).resolve()
        for name in ("src/a.f90", 'src/b "é".f90'):
            path = self.root / name
            path.parent.mkdir(exist_ok=True)
            path.touch()

    def relative(self, ir: str) -> str:
        return make_relative(ir, self.root / "build", [self.root / "src"])

    def test_the_path_of_a_source_is_relative_wherever_it_is_compiled(self) -> None:
        path = f"{self.root}/src/a.f90"
        ir = self.relative(string("_QQclX2F61", path + "\\00", len(path) + 1))
        self.assertIn('[13 x i8] c"../src/a.f90\\00"', ir)
        self.assertNotIn(str(self.root), ir)

    def test_its_name_tells_no_absolute_path_and_is_the_same_everywhere_in_the_module(self) -> None:
        path = f"{self.root}/src/a.f90"
        ir = self.relative(string("_QQclX2F61", path + "\\00", len(path) + 1))
        self.assertNotIn("_QQclX2F61", ir)
        self.assertEqual(ir.count("_QQclP"), 3)

    def test_names_that_start_with_its_name_are_others(self) -> None:
        path = f"{self.root}/src/a.f90"
        ir = string("_QQclX2F", path + "\\00", len(path) + 1) + string("_QQclX2F61", "/b", 2)
        self.assertEqual(self.relative(ir).count("_QQclX2F61"), 3)

    def test_other_characters_than_those_of_ascii_are_bytes(self) -> None:
        path = f"{self.root}/src/b \\22\\C3\\A9\\22.f90"
        ir = self.relative(string("_QQcl0a", path + "\\00", 1))
        self.assertIn('[18 x i8] c"../src/b \\22\\C3\\A9\\22.f90\\00"', ir)

    def test_strings_of_the_program_stay(self) -> None:
        ends_without_nul = f"{self.root}/src/a.f90"
        for text in (ends_without_nul, "/dev/null\\00", f"{self.root}/src/none.f90\\00", "src\\00"):
            with self.subTest(text):
                ir = string("_QQclX61", text, len(text))
                self.assertEqual(self.relative(ir), ir)


if __name__ == "__main__":
    unittest.main()
