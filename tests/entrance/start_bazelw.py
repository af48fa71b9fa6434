"""Starts bazelw as on a machine that has python3, a shell and the mirror that a variable names.

    start_bazelw.py WORKSPACE ARGUMENT...

With STOP_IN=MODULE:FUNCTION in the environment it stands still where that function would begin, and
says so by making the file that STOP_MARK names.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from pathlib import Path
from unittest import mock

from third_party.private import registry
from tools.bazelw import host, start


def stand_still(*_arguments: object) -> None:
    """Waits for being killed."""
    Path(os.environ["STOP_MARK"]).touch()
    time.sleep(600)


def main() -> int:
    """Becomes Bazel, or gives a status."""
    with (
        mock.patch.object(registry, "APT_HELPER", Path("/nonexistent/apt-helper")),
        mock.patch.object(host, "_DISK", 0),
    ):
        module, _, function = os.environ.get("STOP_IN", "").partition(":")
        if function:
            setattr(importlib.import_module(module), function, stand_still)
        return start.main(sys.argv[1], sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
