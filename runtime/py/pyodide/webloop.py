"""An asyncio event loop that runs on the host's own: timers and promises of the browser or Node."""

# First: it puts the loop in place.
import asyncio as asyncio

from _terrarium.webloop import PyodideFuture, PyodideTask, WebLoop, WebLoopPolicy

__all__ = ["PyodideFuture", "PyodideTask", "WebLoop", "WebLoopPolicy"]
