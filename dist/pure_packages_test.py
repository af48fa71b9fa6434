"""Wheels of pure Python in a release: as PyPI has them, each once, with what they need.

The command line names the files of the release's packages, and third_party/pypi/lock.json.
"""

import json
import sys
import unittest
from pathlib import Path

*FILES, PYPI_LOCK = map(Path, sys.argv[1:])


class PurePackagesTest(unittest.TestCase):
    """The target pure_packages: packaging, and pytest, which needs it."""

    def test_each_is_there_once_as_pypi_has_it(self) -> None:
        pinned = json.loads(PYPI_LOCK.read_text(encoding="utf-8"))["wasm_packages"]
        release = next(file for file in FILES if file.name == "pyodide-lock.json")
        packages = json.loads(release.read_text(encoding="utf-8"))["packages"]
        self.assertEqual(
            sorted(packages), ["iniconfig", "packaging", "pluggy", "pygments", "pytest"]
        )
        self.assertEqual(
            packages["pytest"]["depends"], ["iniconfig", "packaging", "pluggy", "pygments"]
        )
        for name, facts in packages.items():
            entry = pinned[f"{name}=={facts['version']}"]
            self.assertEqual(
                (facts["file_name"], facts["sha256"]), (entry["filename"], entry["sha256"])
            )
        names = [file.name for file in FILES]
        self.assertEqual(
            sorted(names),
            sorted(["pyodide-lock.json", *(facts["file_name"] for facts in packages.values())]),
        )


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
