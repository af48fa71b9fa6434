"""An asyncio event loop that runs on the host's own: timers and promises of the browser or Node."""

import asyncio
import contextvars
import sys
import time
from asyncio import Future, Task, TimerHandle

import _terrarium_core as core


class WebLoop(asyncio.AbstractEventLoop):
    """Callbacks are run by the host. The loop never starts or stops: it runs as long as the host does."""

    def __init__(self):
        self._schedule = core.runtime().schedule
        self._unschedule = core.runtime().unschedule
        self._timers = {}
        self._exception_handler = None
        self._task_factory = None
        self._debug = False

    # -- it always runs --

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled

    def is_running(self):
        return True

    def is_closed(self):
        return False

    def close(self):
        pass

    def stop(self):
        pass

    def run_forever(self):
        pass

    async def shutdown_asyncgens(self):
        pass

    async def shutdown_default_executor(self, timeout=None):
        pass

    def run_until_complete(self, future):
        """Start the awaitable, and give its task: a page cannot wait for it. Await the task."""
        return asyncio.ensure_future(future, loop=self)

    # -- callbacks --

    def call_soon(self, callback, *args, context=None):
        return self.call_later(0, callback, *args, context=context)

    call_soon_threadsafe = call_soon

    def call_later(self, delay, callback, *args, context=None):
        return self.call_at(self.time() + max(delay, 0), callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        handle = TimerHandle(
            when, callback, args, self, context=context or contextvars.copy_context()
        )

        def run():
            self._timers.pop(id(handle), None)
            if handle.cancelled():
                return
            if handle.when() > self.time():
                self._wait_for(handle, run)
                return
            try:
                handle._run()
            except SystemExit, KeyboardInterrupt:
                # Nobody waits for this callback. If it was a task's, the task has the exception too.
                pass
            core.runtime().flush()

        self._wait_for(handle, run)
        return handle

    def _wait_for(self, handle, run):
        delay = max(handle.when() - self.time(), 0)
        callback = core.create_once_callable(run)
        timer = self._schedule(callback, delay * 1000)
        if timer is not None:
            self._timers[id(handle)] = (timer, callback)

    def _timer_handle_cancelled(self, handle):
        """Take the host's timer back, which would keep Node from ending."""
        timer, callback = self._timers.pop(id(handle), (None, None))
        if timer is not None:
            self._unschedule(timer)
            callback.destroy()

    def time(self):
        return time.monotonic()

    # -- futures and tasks --

    def create_future(self):
        return Future(loop=self)

    def create_task(self, coro, **kwargs):
        if self._task_factory is not None:
            return self._task_factory(self, coro, **kwargs)
        return Task(coro, loop=self, **kwargs)

    def set_task_factory(self, factory):
        if factory is not None and not callable(factory):
            raise TypeError("task factory must be a callable or None")
        self._task_factory = factory

    def get_task_factory(self):
        return self._task_factory

    def run_in_executor(self, executor, func, *args):
        """Run the function now: there are no threads."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except SystemExit, KeyboardInterrupt:
            raise
        except BaseException as exception:
            future.set_exception(exception)
        return future

    def set_default_executor(self, executor):
        pass

    # -- exceptions of callbacks --

    def set_exception_handler(self, handler):
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def get_exception_handler(self):
        return self._exception_handler

    def call_exception_handler(self, context):
        if self._exception_handler is None:
            self.default_exception_handler(context)
            return
        try:
            self._exception_handler(self, context)
        except SystemExit, KeyboardInterrupt:
            raise
        except BaseException:
            self.default_exception_handler(
                {"message": "Exception in an exception handler", "exception": sys.exception()}
            )

    def default_exception_handler(self, context):
        """Write the exception to standard error."""
        import traceback

        print(context.get("message", "Unhandled exception in event loop"), file=sys.stderr)
        exception = context.get("exception")
        if exception is not None:
            traceback.print_exception(exception)


__all__ = ["WebLoop"]
