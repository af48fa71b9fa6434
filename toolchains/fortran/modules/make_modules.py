"""Compiles the sources of intrinsic modules to a folder.

make_modules.py BIN_FOLDER OUTPUT_FOLDER SOURCE...
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

# An action starts this with -P.
sys.path.insert(0, str(Path(__file__).absolute().parent))

from front_end import install


def main(arguments: list[str]) -> int:
    """Follows the command line; the result is the status of the first source that flang refuses."""
    bin_folder, output, *sources = map(Path, arguments)
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="flang-") as scratch:
        flang = install(bin_folder, output, Path(scratch))
        for source in sources:
            command = [str(flang), "-fc1", "-triple", "i686-unknown-linux-gnu", "-cpp"]
            command += ["-fsyntax-only", "-module-dir", str(output), str(source)]
            done = subprocess.run(command)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
