"""The Python side of the runtime, under the names of Pyodide."""

import _terrarium_core

__version__ = _terrarium_core.runtime().version

__all__ = ["__version__"]
