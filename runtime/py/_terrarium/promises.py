"""Promises as Python's awaitables, and awaitables as promises. Called from C: see runtime/core/jsproxy_types.c."""

import asyncio

import _terrarium_core as core


def _loop():
    return asyncio.get_event_loop()


def future_of(promise):
    """A future of the event loop that gets what the promise gets."""
    future = _loop().create_future()

    def done(value):
        if not future.done():
            future.set_result(value)

    def failed(error):
        if not future.done():
            exception = core.error_from_js(error)
            if isinstance(exception, StopIteration):
                # A future cannot raise it.
                exception = RuntimeError("a promise was rejected with StopIteration")
            future.set_exception(exception)

    core.attach(promise, done, failed)
    return future


def _handler(function):
    """A callback for JavaScript that is kept until the promise is settled, and then given up."""
    return None if function is None else core.create_proxy(function)


def _destroy(*proxies):
    for proxy in proxies:
        if proxy is not None:
            proxy.destroy()


def then(promise, on_fulfilled, on_rejected):
    """JavaScript's then(), with Python functions."""
    fulfilled, rejected = _handler(on_fulfilled), _handler(on_rejected)
    result = _raw(promise, "then")(fulfilled, rejected)
    release = lambda _: _destroy(fulfilled, rejected)  # noqa: E731
    core.attach(result, release, release)
    return result


def finally_(promise, on_finally):
    """JavaScript's finally(), with a Python function."""
    handler = _handler(on_finally)
    result = _raw(promise, "finally")(handler)
    release = lambda _: _destroy(handler)  # noqa: E731
    core.attach(result, release, release)
    return result


def _raw(promise, name):
    """The JavaScript method, which the Python one of that name hides."""
    return core.js_method(promise, name)


async def next_of(iterator):
    """The next value of a JavaScript asynchronous iterator."""
    step = await core.js_method(iterator, "next")()
    if step.done:
        raise StopAsyncIteration(step.value)
    return step.value


def settle(awaitable, resolve, reject):
    """Run an awaitable, and tell JavaScript how it ended."""
    future = asyncio.ensure_future(awaitable, loop=_loop())

    def done(future):
        if future.cancelled():
            try:
                future.result()
            except asyncio.CancelledError as exception:
                core.call_keeping(reject, core.error_to_js(exception))
            return
        exception = future.exception()
        if exception is None:
            core.call_keeping(resolve, future.result())
        else:
            core.call_keeping(reject, core.error_to_js(exception))

    future.add_done_callback(done)
