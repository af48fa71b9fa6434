"""The text of an exception, for JavaScript."""

import sys

from _terrarium import sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType, TracebackType

#: Modules whose frames at the start of a traceback are the runtime's own, not the user's.
_OWN = ("_terrarium", "pyodide")


def _is_own(frame: FrameType) -> bool:
    name = frame.f_globals.get("__name__", "")
    return isinstance(name, str) and name.partition(".")[0] in _OWN


def strip_own_frames(traceback: TracebackType | None) -> TracebackType | None:
    """The traceback without the runtime's frames before the user's first one.

    None if there is no frame of the user's.
    """
    while traceback is not None and _is_own(traceback.tb_frame):
        traceback = traceback.tb_next
    return traceback


def format_plainly(exception: BaseException) -> str:
    """The traceback without its causes, for an exception that `traceback` fails to format.

    It looks for names like one that was not found, and so asks the locals of frames, which may be
    any object with methods of its own: those of patsy's formulas are such.
    """
    import traceback

    try:
        words = str(exception)
    except Exception:
        words = "(it has no text: its method __str__ fails)"
    lines = traceback.format_tb(exception.__traceback__)
    name = type(exception).__qualname__
    return "".join(["Traceback (most recent call last):\n", *lines, f"{name}: {words}\n"])


def describe(exception: BaseException) -> tuple[str, str]:
    """The name of the exception's class, and its formatted traceback.

    The exception becomes sys.last_exc, as at Python's own prompt.
    """
    sys.last_exc = exception
    exception.__traceback__ = strip_own_frames(exception.__traceback__)
    # Imported here: it takes a while, and nothing needs it before the first error.
    import traceback

    sources.fill_cache()
    try:
        text = "".join(traceback.format_exception(exception))
    except Exception:
        text = format_plainly(exception)
    return type(exception).__name__, text
