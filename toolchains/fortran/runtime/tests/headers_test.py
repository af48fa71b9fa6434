"""Tests that config/wide.h includes every header of C and C++ that the library's sources do."""

import re
import sys
import unittest
from pathlib import Path

# Other platforms'.
_ELSEWHERE = {"direct.h", "io.h", "processthreadsapi.h", "synchapi.h", "windows.h"}


def _included(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    names = set(re.findall(r"^\s*#\s*include\s*<([^>]+)>", text, re.MULTILINE))
    return {name for name in names if not name.startswith(("cuda/", "flang/"))} - _ELSEWHERE


class HeadersTest(unittest.TestCase):
    """What the sources include, beside what the header does."""

    wide: Path
    sources: list[Path]

    def test_every_header_comes_before_the_macros(self) -> None:
        """A header that comes after them would have functions with wrong types."""
        included = {name: path for path in self.sources for name in _included(path)}
        self.assertGreater(len(included), 30)
        missing = sorted(set(included) - _included(self.wide))
        self.assertFalse(missing, f"include these in {self.wide}: upstream does in {included}")


if __name__ == "__main__":
    HeadersTest.wide = Path(sys.argv[1])
    HeadersTest.sources = [Path(argument) for argument in sys.argv[2:]]
    unittest.main(argv=sys.argv[:1])
