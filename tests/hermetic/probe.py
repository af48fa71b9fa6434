"""Writes what the process that runs it can see and reach, as JSON.

    probe.py OUTPUT

An action runs it, and so do tests: what they see is what every other action of the build sees.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import socket
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

#: Addresses that are kept for documentation (RFC 5737, RFC 3849): nobody has them, but whoever has
#: a network has a way there.
_ELSEWHERE = (
    (socket.AF_INET, socket.SOCK_STREAM, "192.0.2.1"),
    (socket.AF_INET, socket.SOCK_DGRAM, "192.0.2.1"),
    (socket.AF_INET6, socket.SOCK_DGRAM, "2001:db8::1"),
)

#: The kernel's own file systems, and what Bazel makes anew for each action.
_NOT_FILES = {"/dev", "/proc", "/sys", "/tmp"}

#: As many names as a message may hold.
_ENOUGH = 40


def view() -> dict[str, Any]:
    """What this process sees.

    `connections` has the outcome of each attempt to get out, "connected" or the name of the error;
    `listening` the addresses, in the kernel's notation, at which anybody listens; `files` the first
    files outside the folder that the process runs in.
    """
    return {
        "connections": {
            f"{address} {kind.name}": _attempt(family, kind, address)
            for family, kind, address in _ELSEWHERE
        },
        "files": list(itertools.islice(_files(Path("/"), Path.cwd()), _ENOUGH)),
        "listening": listening(),
    }


def ways_out(seen: Mapping[str, Any]) -> list[str]:
    """What of a view is a network: attempts that did not end as they must, and who listens."""
    # A kernel without IPv6 knows no such address.
    closed = ("ENETUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT")
    found = [f"{to}: {end}" for to, end in seen["connections"].items() if end not in closed]
    return found + [f"a server at {address}" for address in seen["listening"]]


def _attempt(family: int, kind: socket.SocketKind, address: str) -> str:
    try:
        with socket.socket(family, kind) as attempt:
            attempt.settimeout(2)
            # For datagrams this sends nothing: it asks for a way there.
            attempt.connect((address, 9))
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, str(error))
    return "connected"


def listening() -> list[str]:
    """The addresses at which a TCP server listens in this network name space.

    Outside every sandbox there is at least one: Bazel's own server, on loopback.
    """
    found = []
    for table in ("tcp", "tcp6"):
        path = Path("/proc/net", table)
        # A kernel without IPv6 has no tcp6.
        lines = path.read_text(encoding="ascii").splitlines()[1:] if path.exists() else []
        for fields in map(str.split, lines):
            # 0A is TCP_LISTEN (linux/tcp_states.h).
            if fields[3] == "0A":
                found.append(fields[1])
    return found


def _files(top: Path, without: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(
            name
            for name in folders
            if os.path.join(folder, name) not in _NOT_FILES | {str(without)}
        )
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in sorted(files + links):
            yield os.path.join(folder, name)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(view(), indent=1), encoding="utf-8")
