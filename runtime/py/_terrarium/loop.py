"""asyncio's event loop on the host's: see pyodide.webloop, which has the class."""

import asyncio


def install() -> None:
    """Make it the loop that is running, as the host's always is."""
    from pyodide.webloop import WebLoop

    loop = WebLoop()
    asyncio.set_event_loop(loop)
    asyncio._set_running_loop(loop)
