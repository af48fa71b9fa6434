"""Event listeners and timers whose Python functions are freed when they are done with."""

# Not collections.abc: that takes a while to import.
from _collections_abc import Callable

import js
from _terrarium_core import JsDoubleProxy, JsProxy, create_proxy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
else:
    # Users can ask for signatures; `typing` would take them a while to import.
    Any = object

#: The proxies behind listeners, by the element's identity, the event and the function.
_listeners: dict[tuple[int, str, Callable[[Any], object]], JsDoubleProxy] = {}
#: The proxies behind timers, by their number.
_timers: dict[int, JsDoubleProxy] = {}


def add_event_listener(
    elt: JsProxy, event: str, listener: Callable[[Any], object], options: Any = None
) -> None:
    """As addEventListener(); remove_event_listener() takes the same function."""
    key = (elt.js_id, event, listener)
    proxy = _listeners.get(key)
    if proxy is None:
        proxy = _listeners[key] = create_proxy(listener)
    if options is None:
        elt.addEventListener(event, proxy)
    else:
        elt.addEventListener(event, proxy, options)


def remove_event_listener(elt: JsProxy, event: str, listener: Callable[[Any], object]) -> None:
    """Take back add_event_listener(), and free the function's proxy."""
    proxy = _listeners.pop((elt.js_id, event, listener), None)
    if proxy is not None:
        elt.removeEventListener(event, proxy)
        proxy.destroy()


def _key(timer: int | JsProxy) -> int:
    """A number that stands for the timer: an object in Node, a number in a browser."""
    return timer if isinstance(timer, int) else timer.js_id


def set_timeout(callback: Callable[[], object], timeout: int) -> int | JsProxy:
    """Call the function once after `timeout` milliseconds. Gives what clear_timeout() takes."""

    def run() -> None:
        _release(timer)
        callback()

    proxy = create_proxy(run)
    timer: int | JsProxy = js.setTimeout(proxy, timeout)
    _timers[_key(timer)] = proxy
    return timer


def _release(timer: int | JsProxy) -> None:
    proxy = _timers.pop(_key(timer), None)
    if proxy is not None:
        proxy.destroy()


def clear_timeout(timeout_retval: int | JsProxy) -> None:
    """Don't call the function after all."""
    js.clearTimeout(timeout_retval)
    _release(timeout_retval)


def set_interval(callback: Callable[[], object], interval: int) -> int | JsProxy:
    """Call the function every `interval` milliseconds. Gives what clear_interval() takes."""
    proxy = create_proxy(callback)
    timer: int | JsProxy = js.setInterval(proxy, interval)
    _timers[_key(timer)] = proxy
    return timer


def clear_interval(interval_retval: int | JsProxy) -> None:
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
