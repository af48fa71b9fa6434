"""Event listeners and timers whose Python functions are freed when they are done with."""

import js
from _terrarium_core import create_proxy

#: The proxies behind listeners, by the element's identity, the event and the function.
_listeners: dict = {}
#: The proxies behind timers, by their number.
_timers: dict = {}


def add_event_listener(elt, event: str, listener, options=None) -> None:
    """As addEventListener(); remove_event_listener() takes the same function."""
    proxy = _listeners.setdefault((elt.js_id, event, listener), None)
    if proxy is None:
        proxy = _listeners[elt.js_id, event, listener] = create_proxy(listener)
    if options is None:
        elt.addEventListener(event, proxy)
    else:
        elt.addEventListener(event, proxy, options)


def remove_event_listener(elt, event: str, listener) -> None:
    """Take back add_event_listener(), and free the function's proxy."""
    proxy = _listeners.pop((elt.js_id, event, listener), None)
    if proxy is not None:
        elt.removeEventListener(event, proxy)
        proxy.destroy()


def _key(timer):
    """A number that stands for the timer: an object in Node, a number in a browser."""
    return timer if isinstance(timer, int) else timer.js_id


def set_timeout(callback, timeout: int):
    """Call the function once after `timeout` milliseconds. Gives what clear_timeout() takes."""

    def run():
        _release(timer)
        callback()

    proxy = create_proxy(run)
    timer = js.setTimeout(proxy, timeout)
    _timers[_key(timer)] = proxy
    return timer


def _release(timer) -> None:
    proxy = _timers.pop(_key(timer), None)
    if proxy is not None:
        proxy.destroy()


def clear_timeout(timeout_retval) -> None:
    """Don't call the function after all."""
    js.clearTimeout(timeout_retval)
    _release(timeout_retval)


def set_interval(callback, interval: int):
    """Call the function every `interval` milliseconds. Gives what clear_interval() takes."""
    proxy = create_proxy(callback)
    timer = js.setInterval(proxy, interval)
    _timers[_key(timer)] = proxy
    return timer


def clear_interval(interval_retval) -> None:
    """Stop the calls."""
    js.clearInterval(interval_retval)
    _release(interval_retval)


__all__ = [
    "add_event_listener",
    "clear_interval",
    "clear_timeout",
    "remove_event_listener",
    "set_interval",
    "set_timeout",
]
