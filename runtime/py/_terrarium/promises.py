"""Promises as Python's awaitables, and awaitables as promises.

Called from C: see runtime/core/jsproxy_types.c. asyncio takes a while to import, and then() does
without it.
"""

import _terrarium_core as core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import Future
    from collections.abc import Awaitable, Callable
    from typing import Any


def future_of(promise: core.JsProxy) -> Future[Any]:
    """A future of the event loop that gets what the promise gets."""
    from asyncio import get_event_loop

    future = get_event_loop().create_future()

    def done(value: Any) -> None:
        if not future.done():
            future.set_result(value)

    def failed(error: core.JsProxy) -> None:
        if not future.done():
            exception = core.error_from_js(error)
            if isinstance(exception, StopIteration):
                # A future cannot raise it.
                exception = RuntimeError("a promise was rejected with StopIteration")
            future.set_exception(exception)

    core.attach(promise, done, failed)
    return future


def _handler(function: Callable[..., object] | None) -> core.JsCallable | None:
    """A callback for JavaScript, which gives the function up once it is called or is garbage."""
    return None if function is None else core.create_once_callable(function)


def then(
    promise: core.JsProxy,
    on_fulfilled: Callable[[Any], object] | None,
    on_rejected: Callable[[Any], object] | None,
) -> Any:
    """A promise, as JavaScript's method of that name gives it, with Python functions."""
    return core.js_method(promise, "then")(_handler(on_fulfilled), _handler(on_rejected))


def finally_(promise: core.JsProxy, on_finally: Callable[[], object] | None) -> Any:
    """A promise, as JavaScript's finally() gives it, with a Python function."""
    return core.js_method(promise, "finally")(_handler(on_finally))


async def next_of(iterator: core.JsProxy) -> Any:
    """The next value of a JavaScript asynchronous iterator."""
    step = core.js_method(iterator, "next")()
    if isinstance(step, core.JsPromise):
        step = await step
    # Iterators that are written by hand leave out what is undefined.
    value = getattr(step, "value", None)
    if getattr(step, "done", False):
        raise StopAsyncIteration(value)
    return value


def settle(awaitable: Awaitable[Any], resolve: core.JsProxy, reject: core.JsProxy) -> None:
    """Run an awaitable, and tell JavaScript how it ended."""
    from asyncio import CancelledError, ensure_future

    def done(future: Future[Any]) -> None:
        try:
            exception = future.exception()
        except CancelledError as cancelled:
            exception = cancelled
        if exception is None:
            core.call_keeping(resolve, future.result())
        else:
            core.call_keeping(reject, core.error_to_js(exception))

    # A future of another loop than the current one keeps its own.
    ensure_future(awaitable).add_done_callback(done)
