"""Fetching over HTTP with the host's own fetch()."""

import builtins
import json as _json
from collections.abc import Awaitable, Callable
from io import StringIO
from os import PathLike
from typing import Any, Self

import _terrarium_core as _core

from pyodide.ffi import JsBuffer, JsException, JsProxy


class HttpStatusError(OSError):
    """The server's answer has a status that says that the request failed."""

    def __init__(self, status: int, status_text: str, url: str) -> None:
        self.status = status
        self.status_text = status_text
        self.url = url
        side = "Client" if 400 <= status < 500 else "Server" if 500 <= status < 600 else "HTTP"
        super().__init__(f"{status} {side} Error: {status_text} for url: {url}")

    def __reduce__(self) -> tuple[type[Self], tuple[int, str, str]]:
        return (type(self), (self.status, self.status_text, self.url))


class BodyUsedError(OSError):
    """The body of the answer has been read before: it can be read once."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*(args or ("Response body is already used",)))


class AbortError(OSError):
    """The request was aborted."""

    def __init__(self, reason: JsException | None = None) -> None:
        self.reason = reason
        super().__init__("The request was aborted" if reason is None else str(reason))


class FetchResponse:
    """An answer. Its body can be read once, by one of string(), bytes(), json() …

    clone() it before to read it again.
    """

    def __init__(
        self,
        url: str,
        js_response: JsProxy,
        abort_controller: JsProxy | None = None,
        abort_signal: JsProxy | None = None,
    ) -> None:
        self._url = url
        self.js_response = js_response
        self._controller = abort_controller
        self._signal = abort_signal

    def __repr__(self) -> str:
        return f"<FetchResponse [{self.status}] {self.url}>"

    @property
    def body_used(self) -> bool:
        """Whether the body has been read."""
        return bool(self.js_response.bodyUsed)

    @property
    def headers(self) -> dict[str, str]:
        """The headers; their names are in lower case."""
        return dict(self.js_response.headers.entries())

    @property
    def ok(self) -> bool:
        """Whether the status says success: 200 to 299."""
        return bool(self.js_response.ok)

    @property
    def redirected(self) -> bool:
        """Whether the answer comes from another address than was asked for."""
        return bool(self.js_response.redirected)

    @property
    def status(self) -> int:
        """The status: 200 for success, 404 for no such thing."""
        return int(self.js_response.status)

    @property
    def status_text(self) -> str:
        """The server's text for the status."""
        return str(self.js_response.statusText)

    @property
    def type(self) -> str:
        """The kind of the answer: "basic", "cors" …"""
        return str(self.js_response.type)

    @property
    def url(self) -> str:
        """The address, after redirections."""
        return str(self.js_response.url or self._url)

    def raise_for_status(self) -> None:
        """Raise HttpStatusError if the status is 400 or more."""
        if 400 <= self.status < 600:
            raise HttpStatusError(self.status, self.status_text, self.url)

    def abort(self, reason: Any = None) -> None:
        """Stop: what waits for the body gets AbortError."""
        if self._controller is None:
            raise ValueError(
                "This response has no AbortController: it came with a signal of your own"
            )
        self._controller.abort(reason)

    def clone(self) -> FetchResponse:
        """A second answer with a body of its own."""
        if self.body_used:
            raise BodyUsedError
        return FetchResponse(self._url, self.js_response.clone(), self._controller, self._signal)

    async def _read(self, method: str) -> Any:
        if self.body_used:
            raise BodyUsedError
        promise = _core.js_method(self.js_response, method)()
        return await _settled(promise, self._controller, self._signal)

    async def buffer(self) -> JsBuffer:
        """The body as a JavaScript ArrayBuffer."""
        buffer: JsBuffer = await self._read("arrayBuffer")
        return buffer

    async def text(self) -> str:
        """The body as text."""
        return str(await self._read("text"))

    string = text

    async def bytes(self) -> builtins.bytes:
        """The body as bytes."""
        return (await self.buffer()).to_bytes()

    async def memoryview(self) -> builtins.memoryview:
        """The body as a memoryview."""
        return (await self.buffer()).to_memoryview()

    async def json(self, **kwargs: Any) -> Any:
        """The body, which is JSON, as Python objects; `kwargs` are json.loads()'s."""
        return _json.loads(await self.text(), **kwargs)

    async def unpack_archive(
        self, *, extract_dir: str | PathLike[str] | None = None, format: str | None = None
    ) -> None:
        """Unpack the body, an archive, into `extract_dir` or the current folder.

        The format is told by the address if it is not given: see unpackArchive() in JavaScript.
        """
        from _terrarium.archives import unpack

        name = self.url.partition("?")[0].rpartition("/")[2]
        if format is None:
            parts = name.split(".")
            format = ".".join(parts[-2:]) if parts[-2:-1] == ["tar"] else parts[-1]
        unpack(await self.buffer(), format, None if extract_dir is None else str(extract_dir))


async def _settled(
    promise: Awaitable[Any], controller: JsProxy | None, signal: JsProxy | None
) -> Any:
    """What the promise gives; AbortError when it fails because of the signal.

    The request is aborted when whoever waits here is cancelled.
    """
    from asyncio import CancelledError

    try:
        return await promise
    except CancelledError:
        if controller is not None:
            controller.abort()
        raise
    except JsException as error:
        if error.name == "AbortError" or (signal is not None and signal.aborted):
            raise AbortError(error) from None
        raise


def _request_options(kwargs: dict[str, Any], signal: JsProxy | None) -> JsProxy:
    import js

    from pyodide.ffi import to_js

    options: JsProxy = to_js(kwargs, dict_converter=js.Object.fromEntries)
    options.signal = signal
    return options


async def pyfetch(
    request: str | JsProxy,
    /,
    *,
    signal: JsProxy | None = None,
    fetcher: Callable[..., Awaitable[Any]] | None = None,
    **kwargs: Any,
) -> FetchResponse:
    """Fetch an address, or a JavaScript Request. Keyword arguments are the options of fetch().

    >>> response = await pyfetch("https://example.org/data.json", method="POST", body="…")
    >>> await response.json()

    Raises OSError when there is no answer; an answer that tells of a failure is an answer: see
    raise_for_status(). The request is aborted when the task that waits for it is cancelled, unless
    it has a `signal` of its own.
    """
    import js

    controller = None
    if signal is None:
        controller = js.AbortController.new()
        signal = controller.signal
    url = request if isinstance(request, str) else request.url
    options = _request_options(kwargs, signal)
    try:
        promise = (fetcher or js.fetch)(request, options)
        response = await _settled(promise, controller, signal)
    except JsException as error:
        raise OSError(f"Cannot fetch {url}: {error}") from error
    return FetchResponse(url, response, controller, signal)


def open_url(url: str) -> StringIO:
    """Fetch a text while Python waits. In browsers only: elsewhere use pyfetch()."""
    import js

    if not hasattr(js, "XMLHttpRequest"):
        raise RuntimeError(
            "open_url() needs XMLHttpRequest, which is not here: use `await pyfetch(url)`"
        )
    request = js.XMLHttpRequest.new()
    request.open("GET", url, False)
    request.send()
    if request.status >= 400:
        raise HttpStatusError(request.status, request.statusText, url)
    return StringIO(request.response)


__all__ = ["AbortError", "BodyUsedError", "FetchResponse", "HttpStatusError", "open_url", "pyfetch"]
