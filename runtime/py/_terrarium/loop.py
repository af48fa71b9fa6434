"""Giving asyncio its event loop. The import hook does that as soon as asyncio is imported."""

import sys
import time
from asyncio import base_events, events


def install() -> None:
    """Make the host's loop the one that is running, as it always is."""
    from _terrarium.webloop import WebLoop, WebLoopPolicy

    loop = WebLoop()
    events._set_event_loop_policy(WebLoopPolicy(loop))
    events._set_running_loop(loop)
    sys.set_asyncgen_hooks(finalizer=loop.close_asyncgen)


def install_blocking() -> None:
    """Make asyncio.run() and new_event_loop() work as in any program.

    There are no sockets and no subprocesses.
    """
    events._set_event_loop_policy(_BlockingPolicy())


class _Selector:
    """Waits for the next timer: there is nothing else to wait for."""

    def select(self, timeout: float | None) -> list[object]:
        if timeout is None:
            raise RuntimeError(
                "asyncio waits for something that cannot come while Python blocks: promises of "
                "JavaScript are settled only under loadTerrarium(), or a task waits for itself"
            )
        if timeout > 0:
            time.sleep(timeout)
        return []


class _BlockingLoop(base_events.BaseEventLoop):
    """Runs callbacks and timers."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _Selector()

    def _process_events(self, event_list: list[object]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


class _BlockingPolicy(events._BaseDefaultEventLoopPolicy):
    _loop_factory = _BlockingLoop
