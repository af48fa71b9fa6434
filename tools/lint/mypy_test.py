"""Checks the types of Python sources: mypy, as pyproject.toml configures it.

mypy_test.py FILE...
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

from mypy import api

#: Libraries that our sources import, among `deps` of the test.
LIBRARIES = ("packaging", "tomlkit")


def main(files: list[str]) -> int:
    """Prints what mypy has to say; gives its status."""
    cache = os.path.join(os.environ["TEST_TMPDIR"], "mypy")
    places = [importlib.util.find_spec(name) for name in LIBRARIES]
    os.environ["MYPYPATH"] = os.pathsep.join(
        str(Path(spec.origin).parents[1]) for spec in places if spec and spec.origin
    )
    report, errors, status = api.run(
        ["--config-file=pyproject.toml", f"--cache-dir={cache}", *sorted(files)]
    )
    sys.stdout.write(report)
    sys.stderr.write(errors)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
