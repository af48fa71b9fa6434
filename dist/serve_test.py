"""Tests of the server for a release folder."""

import tempfile
import threading
import unittest
import urllib.error
import urllib.request
from functools import partial
from http.client import HTTPResponse
from http.server import ThreadingHTTPServer
from pathlib import Path

from dist.serve import Handler


class QuietHandler(Handler):
    """One that keeps no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Writes nothing."""


class ServeTest(unittest.TestCase):
    """What a page gets."""

    def setUp(self) -> None:
        """Starts a server for a folder of the test's own."""
        folder = self.enterContext(tempfile.TemporaryDirectory())
        for name in ("a.wasm", "a.mjs", "a.html"):
            Path(folder, name).write_bytes(b"a")
        handler = partial(QuietHandler, directory=folder)
        self.server = self.enterContext(ThreadingHTTPServer(("127.0.0.1", 0), handler))
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.shutdown)

    def get(self, name: str) -> HTTPResponse:
        """Asks for a file."""
        url = f"http://127.0.0.1:{self.server.server_address[1]}/{name}"
        response: HTTPResponse = self.enterContext(urllib.request.urlopen(url))
        return response

    def test_media_types(self) -> None:
        """With other types, modules do not run, and WebAssembly is compiled late."""
        for name, media_type in {
            "a.wasm": "application/wasm",
            "a.mjs": "text/javascript",
            "a.html": "text/html; charset=utf-8",
        }.items():
            self.assertEqual(self.get(name).headers["Content-Type"], media_type)

    def test_isolation(self) -> None:
        """The headers with which a page may share memory, also where there is no file."""
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.get("none")
        self.addCleanup(caught.exception.close)
        for headers in (self.get("a.html").headers, caught.exception.headers):
            self.assertEqual(headers["Cross-Origin-Opener-Policy"], "same-origin")
            self.assertEqual(headers["Cross-Origin-Embedder-Policy"], "require-corp")


if __name__ == "__main__":
    unittest.main()
