"""The bridge to JavaScript: its classes, and conversions that are asked for."""

from _terrarium.importhook import register_js_module, unregister_js_module
from _terrarium_core import (
    JsArray,
    JsAsyncIterable,
    JsAsyncIterator,
    JsBigInt,
    JsBuffer,
    JsCallable,
    JsContainer,
    JsDoubleProxy,
    JsException,
    JsGenerator,
    JsIterable,
    JsIterator,
    JsMap,
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


class ConversionError(Exception):
    """A conversion between Python and JavaScript that cannot be made."""


class InternalError(Exception):
    """The bridge is in a state that it should never be in."""


def destroy_proxies(pyproxies) -> None:
    """Destroy all PyProxies in a JavaScript array, such as to_js() filled."""
    for proxy in pyproxies:
        proxy.destroy()


__all__ = [
    "ConversionError",
    "InternalError",
    "JsArray",
    "JsAsyncIterable",
    "JsAsyncIterator",
    "JsBigInt",
    "JsBuffer",
    "JsCallable",
    "JsContainer",
    "JsDoubleProxy",
    "JsException",
    "JsGenerator",
    "JsIterable",
    "JsIterator",
    "JsMap",
    "JsMutableMap",
    "JsNull",
    "JsPromise",
    "JsProxy",
    "JsSized",
    "JsTypedArray",
    "create_once_callable",
    "create_proxy",
    "destroy_proxies",
    "jsnull",
    "register_js_module",
    "to_js",
    "unregister_js_module",
]
