"""Runs CPython's regrtest inside Terrarium: one_module.py FOLDER ARGUMENT…

As `python -m test ARGUMENT…` with FOLDER, which has the package `test`, on PYTHONPATH. The folder
of this script stays off sys.path.
"""

import runpy
import sys

folder, *arguments = sys.argv[1:]
sys.path[0] = folder
sys.argv = [f"{folder}/test/__main__.py", *arguments]
runpy.run_module("test", run_name="__main__", alter_sys=True)
