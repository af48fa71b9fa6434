"""What is done once, when the interpreter has started.

It imports as little as it can: start-up time is made here.
"""

import sys
from _io import TextIOWrapper

import _terrarium_core

from _terrarium import importhook


def start() -> None:
    """Make the JavaScript side importable, and standard output appear line by line."""
    _install()
    # The current folder, wherever that is, as at a prompt.
    sys.path.insert(0, "")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Without a terminal Python would keep output back, for long when the code goes on in
            # callbacks.
            stream.reconfigure(line_buffering=True)


def start_command_line() -> None:
    """Make the JavaScript side importable; the rest is as Python's own command line has it."""
    importhook.blocking_loop = True
    _install()


def _install() -> None:
    importhook.install()
    importhook.keep_as_module("js", _terrarium_core.js_globals())
    importhook.js_finder.registered["pyodide_js"] = _terrarium_core.runtime().api
