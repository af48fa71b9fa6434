"""Checks the types of Python sources: mypy, as pyproject.toml configures it.

mypy_test.py FILE...
"""

from __future__ import annotations

import os
import sys

from mypy import api


def main(files: list[str]) -> int:
    """Prints what mypy has to say; gives its status."""
    cache = os.path.join(os.environ["TEST_TMPDIR"], "mypy")
    report, errors, status = api.run(
        ["--config-file=pyproject.toml", f"--cache-dir={cache}", *sorted(files)]
    )
    sys.stdout.write(report)
    sys.stderr.write(errors)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
