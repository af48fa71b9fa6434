"""libgeos.so has what geos_c.h declares: the test fails when names.bzl is not as the header is."""

import re
import sys
import unittest
from pathlib import Path

HEADER, NAMES = (Path(argument) for argument in sys.argv[1:])

DECLARED = re.compile(r"GEOS_DLL[\s*]+(\w+)\s*\(")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


class NamesTest(unittest.TestCase):
    """packages/geos/names.bzl, and upstream's header."""

    def test_names_are_those_of_the_header(self) -> None:
        declared = set(DECLARED.findall(COMMENT.sub("", HEADER.read_text(encoding="utf-8"))))
        self.assertGreater(len(declared), 500)
        wanted = {name for name in declared if name.endswith("_r") or f"{name}_r" not in declared}
        listed = re.findall(r'^    "(\w+)",$', NAMES.read_text(encoding="utf-8"), re.MULTILINE)
        self.assertEqual(listed, sorted(wanted), "correct NAMES in packages/geos/names.bzl")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
