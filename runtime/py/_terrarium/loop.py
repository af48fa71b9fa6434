"""asyncio's event loop on the host's: see pyodide.webloop, which has the class."""

import asyncio


def install() -> None:
    """Make it the loop that is running, as the host's always is."""
    from pyodide.webloop import WebLoop

    loop = WebLoop()
    asyncio.set_event_loop(loop)
    asyncio._set_running_loop(loop)


def install_blocking() -> None:
    """Make asyncio.run() and new_event_loop() work as in any program, without sockets and subprocesses."""
    import asyncio.base_events as base_events
    import time

    class Selector:
        """Waits for the next timer: there is nothing else to wait for."""

        def select(self, timeout):
            if timeout is None:
                raise RuntimeError(
                    "asyncio waits for something that cannot come while Python blocks: promises of JavaScript are "
                    "settled only under loadTerrarium(), or a task waits for itself"
                )
            if timeout > 0:
                time.sleep(timeout)
            return ()

    class BlockingLoop(base_events.BaseEventLoop):
        """Runs callbacks and timers."""

        def __init__(self):
            super().__init__()
            self._selector = Selector()

        def _process_events(self, events):
            pass

        def _write_to_self(self):
            pass

    class Policy(asyncio.events._BaseDefaultEventLoopPolicy):
        _loop_factory = BlockingLoop

    asyncio.events._set_event_loop_policy(Policy())
