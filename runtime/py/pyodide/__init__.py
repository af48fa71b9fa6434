"""The Python side of the runtime, under the names of Pyodide."""

import _terrarium_core

__version__ = _terrarium_core.runtime().version

_SUBMODULES = ("code", "console", "ffi", "http", "webloop")

__all__ = ["__version__", *_SUBMODULES]


def __getattr__(name):
    """Import a submodule when it is first asked for: start-up is the faster for it."""
    if name in _SUBMODULES:
        from importlib import import_module

        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return [*globals(), *_SUBMODULES]
