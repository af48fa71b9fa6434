"""Prints what a program sees of the Python that runs it."""

from __future__ import annotations

import json
import os
import sys

import neighbour

json.dump(
    {
        "arguments": sys.argv[1:],
        "executable": sys.executable,
        "flags": {name: getattr(sys.flags, name) for name in ("safe_path", "no_user_site")},
        "neighbour": neighbour.__file__,
        "path": sys.path,
        "runfiles": os.environ["RUNFILES_DIR"],
        "version": sys.version_info[:2],
        "writes_bytecode": not sys.dont_write_bytecode,
    },
    sys.stdout,
)
