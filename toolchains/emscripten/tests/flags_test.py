"""Compile actions run clang with the flags that emcc would give it."""

import json
import sys
import unittest
from pathlib import Path


class FlagsTest(unittest.TestCase):
    """toolchains/emscripten/flags.bzl against emcc -v."""

    def test_compile_flags_are_those_of_emcc(self) -> None:
        """The same settings, in whatever order."""
        lines = json.loads(Path(sys.argv[1]).read_text())
        self.assertEqual(
            sorted(lines["clang"]),
            sorted(lines["emcc"]),
            "emcc hands other flags to clang: bring COMPILE_FLAGS in "
            "toolchains/emscripten/flags.bzl up to date",
        )


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
