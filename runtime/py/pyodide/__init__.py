"""The Python side of the runtime, under the names of Pyodide."""

import _terrarium_core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

__version__ = _terrarium_core.runtime().version

__all__ = ["__version__", "code", "console", "ffi", "http", "webloop"]


def __getattr__(name: str) -> ModuleType:
    """Import a submodule when it is first asked for: start-up is the faster for it."""
    if name in __all__:
        from importlib import import_module

        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
