"""The text of an exception, for JavaScript."""

import sys

from _terrarium import sources

#: Modules whose frames at the start of a traceback are the runtime's own, not the user's.
_OWN = ("_terrarium", "pyodide")


def _is_own(frame) -> bool:
    name = frame.f_globals.get("__name__", "")
    return isinstance(name, str) and name.partition(".")[0] in _OWN


def strip_own_frames(traceback):
    """The traceback without the runtime's frames before the user's first one; whole if there is no other."""
    stripped = traceback
    while stripped is not None and _is_own(stripped.tb_frame):
        stripped = stripped.tb_next
    return stripped


def describe(exception: BaseException) -> tuple[str, str]:
    """The name of the exception's class, and its formatted traceback.

    The exception becomes sys.last_exc, as at Python's own prompt.
    """
    sys.last_exc = exception
    exception.__traceback__ = strip_own_frames(exception.__traceback__)
    # Imported here: it takes a while, and nothing needs it before the first error.
    import traceback

    sources.fill_cache()
    return type(exception).__name__, "".join(traceback.format_exception(exception))
