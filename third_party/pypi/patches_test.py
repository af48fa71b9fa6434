"""What the patches of wheels change."""

import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path


class SharedUtilities(unittest.TestCase):
    """`cython --generate-shared`, which pandas, scikit-learn and SciPy call."""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)

    def generate(self, temporary: str, seed: int) -> str:
        """The C file that Cython writes with its temporary files in such a folder."""
        folder = self.scratch / temporary
        folder.mkdir()
        build = self.scratch / "build"
        build.mkdir(exist_ok=True)
        result = build / "_cyutility.c"
        environment = os.environ | {
            "TMPDIR": str(folder),
            "PYTHONHASHSEED": str(seed),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        subprocess.run(
            [sys.executable, "-B", "-m", "cython", f"--generate-shared={result}"],
            check=True,
            env=environment,
            cwd=build,
        )
        return result.read_text(encoding="utf-8")

    def test_it_is_the_same_twice(self) -> None:
        first = self.generate("first", 1)
        self.assertTrue("PyInit__cyutility" in first)
        # assertEqual would print both files, of a million characters each.
        self.assertTrue(first == self.generate("second", 2))

    def test_it_names_its_source_without_a_folder(self) -> None:
        text = self.generate("somewhere", 0)
        names = set(re.findall(r'[^"\s]*_cyutility\.pyx', text))
        self.assertEqual(names, {"_cyutility.pyx"})


if __name__ == "__main__":
    unittest.main()
