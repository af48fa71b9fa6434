"""Which days in files count as those of a build."""

import tempfile
import unittest
import zipfile
from datetime import date
from pathlib import Path

from tests.reproducible import days

DAY = date(2027, 3, 5)


class DaysTest(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.release = Path(scratch.name, "release")
        self.inputs = Path(scratch.name, "external")
        self.release.mkdir()
        self.inputs.mkdir()

    def pack(self, path: Path, text: str, when: date = date(1980, 1, 1)) -> None:
        """Writes a zip with one member."""
        with zipfile.ZipFile(path, "w") as archive:
            member = zipfile.ZipInfo("member.py", (when.year, when.month, when.day, 0, 0, 0))
            archive.writestr(member, text)

    def left(self) -> list[str]:
        """The days that count."""
        found = days.find(self.release, days.days_around(DAY))
        return list(map(str, days.unexplained(self.release, found, self.inputs)))

    def test_what_a_build_wrote_down(self) -> None:
        for text in ("2027-03-05", "20270305", "Mar  5 2027", "04 March 2027", "03/06/27"):
            with self.subTest(text):
                Path(self.release, "a.txt").write_text(f"built on {text} by hand")
                Path(self.inputs, "a.txt").write_text("built on @DATE@ by hand")
                self.assertEqual(self.left(), [f"a.txt: {text}"])

    def test_digits_of_numbers_are_no_days(self) -> None:
        Path(self.release, "a.csv").write_text("0.120270305, 202703051\n")
        self.assertEqual(self.left(), [])

    def test_days_of_upstream(self) -> None:
        """In a file as it is, in one that was copied into another, and in a wheel."""
        Path(self.release, "METADATA").write_text("Name: a\n\n# Changes\n2027-03-05: new\n")
        Path(self.inputs, "README").write_text("# Changes\n2027-03-05: new\n")
        self.pack(self.release / "b.whl", "holidays = [(2027-03-05)]\n")
        Path(self.inputs, "b.py").write_text("holidays = [(2027-03-05)]\n")
        self.assertEqual(self.left(), [])
        Path(self.inputs, "b.py").unlink()
        self.assertEqual(self.left(), ["b.whl, member.py: 2027-03-05"])

    def test_times_of_members(self) -> None:
        self.pack(self.release / "c.whl", "", DAY)
        self.assertEqual(self.left(), ["c.whl, member.py: the member's time"])
        Path(self.inputs, "pypi_c_wasm").mkdir()
        self.pack(self.inputs / "pypi_c_wasm" / "c.whl", "", DAY)
        self.assertEqual(self.left(), [])


if __name__ == "__main__":
    unittest.main()
