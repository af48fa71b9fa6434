"""Lines on stderr about what takes long: one that renews itself on a terminal, else a few."""

import sys
import time
from typing import Optional


def say(text: str) -> None:
    """Prints a line of its own."""
    print(text, file=sys.stderr, flush=True)


class Line:
    """A progress line: renewed in place on a terminal, else printed at most every five seconds."""

    _QUIET = 5.0

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._last: Optional[float] = None
        self._width = 0

    def show(self, text: str, final: bool = False) -> None:
        """Shows the state of things; `final` ends the line."""
        now = time.monotonic()
        if self._terminal:
            padded = text.ljust(self._width)
            self._width = len(text)
            print(f"\r{padded}", end="\n" if final else "", file=sys.stderr, flush=True)
        elif final or self._last is None or now - self._last >= self._QUIET:
            say(text)
            self._last = now
