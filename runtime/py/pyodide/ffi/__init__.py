"""The bridge to JavaScript: its classes, and conversions that are asked for."""

# Not collections.abc: that takes a while to import.
from _collections_abc import Awaitable, Callable, Iterable

from _terrarium.importhook import register_js_module, unregister_js_module
from _terrarium_core import (
    JsArray,
    JsArrayLike,
    JsAsyncIterable,
    JsAsyncIterator,
    JsBigInt,
    JsBuffer,
    JsCallable,
    JsContainer,
    JsDoubleProxy,
    JsException,
    JsGenerator,
    JsIndexable,
    JsIterable,
    JsIterator,
    JsMap,
    JsMutableIndexable,
    JsMutableMap,
    JsNull,
    JsPromise,
    JsProxy,
    JsSized,
    JsTypedArray,
    create_once_callable,
    create_proxy,
    jsnull,
    to_js,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn
else:
    # Users can ask for signatures; `typing` would take them a while to import.
    Any = object
    NoReturn = None

#: Whether this is Python in WebAssembly with a bridge to JavaScript.
IN_PYODIDE = True


class _Kind(type):
    """A class of proxies that is told by what the object has, not by the proxy's type."""

    _matches: Callable[[JsProxy], bool]

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, JsProxy) and cls._matches(instance)


class JsDomElement(metaclass=_Kind):
    """For isinstance(): a proxy of an element of a page."""

    @staticmethod
    def _matches(proxy: JsProxy) -> bool:
        return hasattr(proxy, "tagName") and hasattr(proxy, "children")


class JsFetchResponse(metaclass=_Kind):
    """For isinstance(): a proxy of what fetch() gives."""

    @staticmethod
    def _matches(proxy: JsProxy) -> bool:
        # An object need not have a constructor, and it can be anything.
        constructor = getattr(proxy, "constructor", None)
        return getattr(constructor, "name", None) == "Response"


class JsWeakRef(metaclass=_Kind):
    """For isinstance(): a proxy of a WeakRef."""

    @staticmethod
    def _matches(proxy: JsProxy) -> bool:
        return hasattr(proxy, "deref")


class JsAsyncGenerator(metaclass=_Kind):
    """For isinstance(): a proxy of an asynchronous generator."""

    @staticmethod
    def _matches(proxy: JsProxy) -> bool:
        return isinstance(proxy, JsAsyncIterator) and hasattr(proxy, "throw")


class JsOnceCallable(metaclass=_Kind):
    """For isinstance(): what create_once_callable() gives."""

    @staticmethod
    def _matches(proxy: JsProxy) -> bool:
        return isinstance(proxy, JsCallable) and hasattr(proxy, "destroy")


class JsCallableDoubleProxy(metaclass=_Kind):
    """For isinstance(): what create_proxy() gives for a function."""

    @staticmethod
    def _matches(proxy: JsProxy) -> bool:
        return isinstance(proxy, JsDoubleProxy) and isinstance(proxy, JsCallable)


class ToJsConverter:
    """The type of the function that to_js() gives to `default_converter`."""


class ConversionError(Exception):
    """A conversion between Python and JavaScript that cannot be made."""


class InternalError(Exception):
    """The bridge is in a state that it should never be in."""


def destroy_proxies(pyproxies: Iterable[JsDoubleProxy]) -> None:
    """Destroy all PyProxies in a JavaScript array, such as to_js() filled."""
    for proxy in pyproxies:
        proxy.destroy()


def can_run_sync() -> bool:
    """Whether run_sync() works here."""
    return False


def run_sync(awaitable: Awaitable[Any], /) -> NoReturn:
    """Wait for an awaitable in code that is not async.

    That needs WebAssembly's stack switching (JSPI). Raises RuntimeError where it is not there.
    """
    close = getattr(awaitable, "close", None)
    if callable(close) and not isinstance(awaitable, JsProxy):
        close()  # no warning that the coroutine was never awaited
    raise RuntimeError(
        "Cannot wait for an awaitable here, for want of stack switching (JSPI): "
        "use `await` in runPythonAsync or an async function"
    )


__all__ = [
    "IN_PYODIDE",
    "ConversionError",
    "InternalError",
    "JsArray",
    "JsArrayLike",
    "JsAsyncGenerator",
    "JsAsyncIterable",
    "JsAsyncIterator",
    "JsBigInt",
    "JsBuffer",
    "JsCallable",
    "JsCallableDoubleProxy",
    "JsContainer",
    "JsDomElement",
    "JsDoubleProxy",
    "JsException",
    "JsFetchResponse",
    "JsGenerator",
    "JsIndexable",
    "JsIterable",
    "JsIterator",
    "JsMap",
    "JsMutableIndexable",
    "JsMutableMap",
    "JsNull",
    "JsOnceCallable",
    "JsPromise",
    "JsProxy",
    "JsSized",
    "JsTypedArray",
    "JsWeakRef",
    "ToJsConverter",
    "can_run_sync",
    "create_once_callable",
    "create_proxy",
    "destroy_proxies",
    "jsnull",
    "register_js_module",
    "run_sync",
    "to_js",
    "unregister_js_module",
]
