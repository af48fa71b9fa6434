"""Stand-ins for package registries on the loopback interface, for tests of the clients."""

from __future__ import annotations

import contextlib
import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What the server says: a body, its type, and after how many bytes of it it hangs up."""

    body: bytes
    kind: str = "application/octet-stream"
    cut_at: int | None = None


#: Gives the answer for a path and the request's Accept header, or None for "not found". Gets the
#: server's address.
Site = Callable[[str, str, str], "Answer | None"]


@contextlib.contextmanager
def serve(site: Site) -> Iterator[str]:
    """Serves `site` on a free loopback port; gives its address, without a final slash."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = f"http://{self.headers['Host']}"
            answer = site(self.path, self.headers.get("Accept", ""), address)
            if answer is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            with contextlib.suppress(BrokenPipeError):
                self.wfile.write(answer.body[: answer.cut_at])
            if answer.cut_at is not None:
                self.close_connection = True

        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def closed_address() -> str:
    """A loopback address at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"
