"""asyncio's event loop on the host's. Users find its classes in pyodide.webloop.

asyncio must be imported first: that puts the loop in place, which imports this module.
See importhook.py.
"""

import asyncio
import inspect
import math
import time
import traceback
from asyncio import events
from asyncio.log import logger
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextvars import Context
from heapq import heapify, heappop, heappush
from itertools import count

import _terrarium_core as core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
else:
    # Users can ask for signatures; `typing` would take them a while to import.
    Any = object

#: How long callbacks run, in seconds, before the host gets its turn: half of the time between two
#: pictures of a page.
_TURN = 0.008

#: How long a timer of the host may be, in seconds: setTimeout takes less than 2**31 milliseconds.
_LONGEST = 24 * 60 * 60

#: How many cancelled timers are kept until their time comes, however few others there are.
_CANCELLED_KEPT = 100


_NO_SOCKETS = "There are no sockets here: use pyodide.http.pyfetch(), or WebSocket of JavaScript"
_NO_PROCESSES = "There are no other processes here: run the code in this one, or in a worker"
_NO_SIGNALS = "The event loop has no signals here: use signal.signal()"


class PyodideFuture(asyncio.Future[object]):
    """A future that also has the methods of a JavaScript promise."""

    __module__ = "pyodide.webloop"

    def then(
        self,
        onfulfilled: Callable[[Any], object] | None,
        onrejected: Callable[[BaseException], object] | None = None,
    ) -> PyodideFuture:
        """Call one of two functions when the future is done, with its result or its exception.

        Gives a future of what that function gives, which is awaited if it can be; of what this
        future has, if the function that is needed is None.
        """

        async def follow() -> object:
            await asyncio.wait([self])
            try:
                value = self.result()
            except BaseException as error:
                if onrejected is None:
                    raise
                given = onrejected(error)
            else:
                if onfulfilled is None:
                    return value
                given = onfulfilled(value)
            return await given if inspect.isawaitable(given) else given

        return _task_of(follow(), self.get_loop())

    def catch(self, onrejected: Callable[[BaseException], object]) -> PyodideFuture:
        """then(), for an exception alone."""
        return self.then(None, onrejected)

    def finally_(self, onfinally: Callable[[], object]) -> PyodideFuture:
        """Call a function when the future is done.

        Gives a future of what this future has; the function's answer is awaited if it can be.
        """

        async def follow() -> object:
            await asyncio.wait([self])
            given = onfinally()
            if inspect.isawaitable(given):
                await given
            return self.result()

        return _task_of(follow(), self.get_loop())

    def syncify(self) -> Any:
        """Wait for the result in code that is not async: see pyodide.ffi.run_sync()."""
        from pyodide.ffi import run_sync

        return run_sync(self)


class PyodideTask(asyncio.Task[object], PyodideFuture):
    """A task that also has the methods of a JavaScript promise."""

    __module__ = "pyodide.webloop"


def _task_of(coro: Coroutine[Any, Any, object], loop: asyncio.AbstractEventLoop) -> PyodideTask:
    # Not loop.create_task(), which may make tasks of another class: see set_task_factory().
    return PyodideTask(coro, loop=loop)


def _refusal(message: str) -> Any:
    """A method that raises NotImplementedError."""

    def refuse(self: WebLoop, *args: object, **kwargs: object) -> object:
        raise NotImplementedError(message)

    return refuse


class WebLoop(asyncio.AbstractEventLoop):
    """Callbacks run in turns of the host's own loop.

    This one never starts and never stops: it runs as long as the host does.
    """

    __module__ = "pyodide.webloop"

    def __init__(self) -> None:
        #: Whose the futures and tasks are: see new_loop().
        self._owner = self
        self._ready: deque[asyncio.Handle] = deque()
        # A heap. The numbers keep timers of the same time in their order.
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._numbers = count()
        #: At most how many of the timers are cancelled.
        self._cancelled = 0
        #: Whether a turn is going on, or was asked for.
        self._awake = False
        #: The host's timer for the first of ours, and its time.
        self._alarm: core.JsProxy | int | None = None
        self._alarm_time = math.inf
        self._exception_handler: (
            Callable[[asyncio.AbstractEventLoop, dict[str, Any]], object] | None
        ) = None
        self._task_factory: Callable[..., asyncio.Future[Any]] | None = None
        self._debug = False
        host = core.runtime()
        self._schedule = host.schedule
        self._unschedule = host.unschedule
        self._flush = host.flush
        self._on_turn = core.create_proxy(self._turn)
        self._on_alarm = core.create_proxy(self._ring)

    def new_loop(self) -> WebLoop:
        """A loop that is this one under another identity, for asyncio.new_event_loop().

        Who makes a loop cancels all of its tasks in the end, as asyncio.Runner does. There is one
        host; but the tasks are this loop's, so that those of another identity are none.
        """
        loop = object.__new__(type(self))
        loop.__dict__ = self.__dict__
        return loop

    # -- it always runs --

    def get_debug(self) -> bool:
        """Whether asyncio's debug mode is on."""
        return self._debug

    def set_debug(self, enabled: bool) -> None:
        """Turn asyncio's debug mode on or off."""
        self._debug = enabled

    def is_running(self) -> bool:
        """True, always."""
        return True

    def is_closed(self) -> bool:
        """False, always."""
        return False

    def close(self) -> None:
        """Do nothing: the host goes on."""

    def stop(self) -> None:
        """Do nothing: the host goes on."""

    def run_forever(self) -> None:
        """Do nothing: it runs already."""

    async def shutdown_asyncgens(self) -> None:
        """Do nothing: others use the loop too, and what is left in the middle closes as garbage."""

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        """Do nothing: there are no threads."""

    def run_until_complete(self, future: Awaitable[Any]) -> Any:
        """Start the awaitable, and give its task: a page cannot wait for it. Await the task."""
        return asyncio.ensure_future(future, loop=self._owner)

    # -- callbacks --

    def call_soon[*Args](
        self,
        callback: Callable[[*Args], object],
        *args: *Args,
        context: Context | None = None,
    ) -> asyncio.Handle:
        """Call the function in the host's next turn."""
        handle = asyncio.Handle(callback, args, self._owner, context)
        self._ready.append(handle)
        self._wake()
        return handle

    call_soon_threadsafe = call_soon

    def call_later[*Args](
        self,
        delay: float,
        callback: Callable[[*Args], object],
        *args: *Args,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Call the function after `delay` seconds."""
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at[*Args](
        self,
        when: float,
        callback: Callable[[*Args], object],
        *args: *Args,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Call the function when time() says `when`."""
        handle = asyncio.TimerHandle(when, callback, args, self._owner, context)
        heappush(self._timers, (when, next(self._numbers), handle))
        self._wake()
        return handle

    def time(self) -> float:
        """The loop's clock, in seconds."""
        return time.monotonic()

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """TimerHandle.cancel() calls this first: the host's timer would keep Node from ending."""
        if self._timers and self._timers[0][2] is handle:
            heappop(self._timers)
            self._wake()
            return
        self._cancelled += 1
        if self._cancelled > max(_CANCELLED_KEPT, len(self._timers) // 2):
            self._timers = [entry for entry in self._timers if not entry[2].cancelled()]
            heapify(self._timers)
            self._cancelled = 0

    # -- turns --

    def _wake(self) -> None:
        """Ask the host for a turn, unless one is to come.

        At once if there is work, else when the first timer is due.
        """
        if self._awake:
            return
        timers = self._timers
        while timers and timers[0][2].cancelled():
            heappop(timers)
        when = timers[0][0] if timers else math.inf
        delay = when - self.time()
        if self._ready or delay <= 0:
            self._schedule(self._on_turn, 0)
            self._awake = True
            return
        # An alarm that is early finds nothing to do, and sets the next.
        if self._alarm is not None and (when < self._alarm_time or not timers):
            self._unschedule(self._alarm)
            self._alarm = None
        if self._alarm is None and timers:
            # Whole milliseconds, rounded up: hosts round down, and would be early.
            milliseconds = math.ceil(min(delay, _LONGEST) * 1000)
            self._alarm = self._schedule(self._on_alarm, milliseconds)
            self._alarm_time = when

    def _ring(self) -> None:
        self._alarm = None
        if not self._awake:
            self._awake = True
            self._turn()

    def _turn(self) -> None:
        """Run what is ready now, as far as the host can wait for its own turn."""
        start = self.time()
        while self._timers and self._timers[0][0] <= start:
            self._ready.append(heappop(self._timers)[2])
        running = events._get_running_loop()
        # Another, if someone has made a WebLoop of his own.
        events._set_running_loop(self._owner)
        try:
            for _ in range(len(self._ready)):
                handle = self._ready.popleft()
                if not handle.cancelled():
                    self._run(handle)
                    if self.time() - start > _TURN:
                        break
        finally:
            events._set_running_loop(running)
            self._awake = False
            self._wake()
            self._flush()

    def _run(self, handle: asyncio.Handle) -> None:
        try:
            handle._run()
        except (SystemExit, KeyboardInterrupt) as error:
            # There is no one above to end for it. A task keeps it for those who await the task.
            callback = getattr(handle, "_callback", None)
            if not isinstance(getattr(callback, "__self__", None), asyncio.Task):
                self.call_exception_handler(
                    {
                        "message": f"{type(error).__name__} in a callback; the event loop goes on",
                        "exception": error,
                        "handle": handle,
                    }
                )

    # -- futures and tasks --

    def create_future(self) -> PyodideFuture:
        """A new future."""
        return PyodideFuture(loop=self._owner)

    def create_task(self, coro: Any, **kwargs: Any) -> Any:
        """Run the coroutine as a task."""
        if self._task_factory is not None:
            return self._task_factory(self._owner, coro, **kwargs)
        return PyodideTask(coro, loop=self._owner, **kwargs)

    def set_task_factory(self, factory: Callable[..., asyncio.Future[Any]] | None) -> None:
        """Let create_task() call this function for tasks; None takes it back."""
        if factory is not None and not callable(factory):
            raise TypeError("task factory must be a callable or None")
        self._task_factory = factory

    def get_task_factory(self) -> Callable[..., asyncio.Future[Any]] | None:
        """The function of set_task_factory()."""
        return self._task_factory

    def run_in_executor[*Args](
        self, executor: Any, func: Callable[[*Args], Any], *args: *Args
    ) -> Any:
        """Run the function now: there are no threads. Gives a future that is done."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except SystemExit, KeyboardInterrupt:
            raise
        except BaseException as exception:
            future.set_exception(exception)
        return future

    def set_default_executor(self, executor: Any) -> None:
        """Do nothing: there are no threads."""

    # -- what the host does not have --

    add_reader = remove_reader = add_writer = remove_writer = _refusal(_NO_SOCKETS)
    create_connection = create_server = create_datagram_endpoint = _refusal(_NO_SOCKETS)
    getaddrinfo = getnameinfo = start_tls = sendfile = _refusal(_NO_SOCKETS)
    sock_accept = sock_connect = sock_recv = sock_recv_into = _refusal(_NO_SOCKETS)
    sock_recvfrom = sock_recvfrom_into = sock_sendall = _refusal(_NO_SOCKETS)
    sock_sendfile = sock_sendto = _refusal(_NO_SOCKETS)
    subprocess_exec = subprocess_shell = _refusal(_NO_PROCESSES)
    connect_read_pipe = connect_write_pipe = _refusal(_NO_PROCESSES)
    add_signal_handler = remove_signal_handler = _refusal(_NO_SIGNALS)

    # -- asynchronous generators --

    def close_asyncgen(self, generator: AsyncGenerator[Any, Any]) -> None:
        """Let an asynchronous generator that was left in the middle run its `finally`."""
        self.call_soon(self.create_task, generator.aclose())

    # -- exceptions of callbacks --

    def set_exception_handler(
        self, handler: Callable[[asyncio.AbstractEventLoop, dict[str, Any]], object] | None
    ) -> None:
        """Let this function hear of exceptions that nobody else will; None takes it back."""
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def get_exception_handler(
        self,
    ) -> Callable[[asyncio.AbstractEventLoop, dict[str, Any]], object] | None:
        """The function of set_exception_handler()."""
        return self._exception_handler

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Tell the handler of exceptions what has happened."""
        if self._exception_handler is None:
            self.default_exception_handler(context)
            return
        try:
            self._exception_handler(self._owner, context)
        except SystemExit, KeyboardInterrupt:
            raise
        except BaseException as exception:
            self.default_exception_handler(
                {
                    "message": "Exception in the exception handler",
                    "exception": exception,
                    "context": context,
                }
            )

    def default_exception_handler(self, context: dict[str, Any]) -> None:
        """Log what has happened as asyncio does: to standard error, unless logging is set up."""
        lines = [context.get("message") or "Unhandled exception in event loop"]
        for key in sorted(context.keys() - {"message", "exception"}):
            value = context[key]
            if key in {"source_traceback", "handle_traceback"}:
                lines.append(f"{key}:\n{''.join(traceback.format_list(value)).rstrip()}")
            else:
                lines.append(f"{key}: {value!r}")
        logger.error("\n".join(lines), exc_info=context.get("exception"))


class WebLoopPolicy(events._AbstractEventLoopPolicy):
    """What asyncio's functions for event loops go by: there is one loop, the host's."""

    __module__ = "pyodide.webloop"

    def __init__(self, loop: WebLoop) -> None:
        self._loop = loop

    def get_event_loop(self) -> WebLoop:
        """The loop."""
        return self._loop

    def set_event_loop(self, loop: asyncio.AbstractEventLoop | None) -> None:
        """Do nothing: the loop that runs is the current one."""

    def new_event_loop(self) -> WebLoop:
        """The loop under another identity."""
        return self._loop.new_loop()
