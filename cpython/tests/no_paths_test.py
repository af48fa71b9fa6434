"""Nothing that is built of CPython names a folder of the machine that built it."""

import re
import sys
import unittest
import zipfile
from collections.abc import Iterator
from pathlib import Path

# Folders that are a build's own, wherever Bazel keeps it.
TRACES = re.compile(
    rb"/(?:execroot|sandbox|processwrapper-sandbox|linux-sandbox|output_base)/|/tmp/tmp|/home/\w+/|/root/"
)


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yields a file, or each file in a zip file."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield f"{path.name}/{name}", archive.read(name)
    else:
        yield path.name, path.read_bytes()


class NoPathsTest(unittest.TestCase):
    """Looks for the traces in every file that the test is given."""

    files: list[Path] = []

    def test_no_paths(self) -> None:
        self.assertGreater(len(self.files), 50)
        for path in self.files:
            for name, data in contents(path):
                for match in TRACES.finditer(data):
                    line = data[max(0, match.start() - 80) : match.end() + 80]
                    # Examples in the documentation of the standard library.
                    if not name.endswith((".py", ".pyc")):
                        self.fail(f"{name}: …{line!r}…")


if __name__ == "__main__":
    NoPathsTest.files = [Path(argument) for argument in sys.argv[1:]]
    unittest.main(argv=sys.argv[:1])
