"""Serves a release folder on loopback, to try it in a browser.

    ./bazelw run //dist:serve [-- --port PORT]

Prints the address of the console page. Files go out with the headers and media types of
serving.json: those that a page needs for SharedArrayBuffer (interrupts) and for streaming
compilation of WebAssembly. Stops at Ctrl-C.
"""

import argparse
import http.server
import json
import sys
from functools import partial
from pathlib import Path

_SERVING = json.loads(Path(__file__).with_name("serving.json").read_text())


class Handler(http.server.SimpleHTTPRequestHandler):
    """Static files with the media types and the isolation headers that a release needs."""

    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        **_SERVING["mediaTypes"],
    }

    def end_headers(self) -> None:
        """Adds the headers to each answer."""
        for name, value in _SERVING["headers"].items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


def main() -> None:
    """Parses the command line and serves until interrupted."""
    parser = argparse.ArgumentParser(prog="serve", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="the release folder")
    parser.add_argument("--port", type=int, default=0, help="TCP port; default: one that is free")
    arguments = parser.parse_args()
    if not (arguments.folder / "manifest.json").is_file():
        sys.exit(f"{arguments.folder} has no manifest.json: build //dist:all")
    try:
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", arguments.port), partial(Handler, directory=str(arguments.folder))
        )
    except OverflowError:
        sys.exit(f"port {arguments.port}: ports are 0 to 65535. Name another with --port.")
    except OSError as error:
        sys.exit(f"port {arguments.port}: {error.strerror}. Name another with --port.")
    with server:
        port = server.server_address[1]
        print(f"http://127.0.0.1:{port}/console.html  (Ctrl-C stops)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
