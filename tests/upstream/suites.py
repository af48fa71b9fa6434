"""What the drivers of other people's test suites have in common."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


class ExpectationError(Exception):
    """A file of expectations says something that cannot be."""


def run_in(
    place: str, command: Sequence[str], log: Path, timeout: float, variables: dict[str, str]
) -> int | None:
    """Runs a program to its end in a folder of its own, which is all that it is told of the host.

    `log` gets what it writes, `timeout` is in seconds, `variables` are added to its environment.
    Gives its exit status, or None when its time was over.
    """
    # PATH, too: else tests would try to start the host's programs.
    environment = {"HOME": place, "LANG": "C.UTF-8", "PATH": place, "TMPDIR": place}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=place,
            env=environment | variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            return process.wait(timeout)
        except subprocess.TimeoutExpired:
            # And what it started, as native tests do.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return None


def from_user(path: Path | None) -> Path | None:
    """Makes a path that the user wrote absolute: `bazel run` starts programs somewhere else."""
    return Path(os.environ.get("BUILD_WORKING_DIRECTORY", "."), path).absolute() if path else None


def page_path(table: Path | None, chosen: object) -> Path | None:
    """Gives where a run's page goes; ends the program if only a part was chosen to run."""
    if table and chosen:
        sys.exit("--table writes the page of a whole run: leave out the names of modules")
    return from_user(table)


def read_list(path: Path) -> list[str]:
    """Reads a file with a name on each line; `#` begins a remark."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


#: What differs from run to run, or from machine to machine: where Bazel runs tests, what unittest
#: left of a path, addresses of objects; and what stands in its place.
_CHANGING = (
    (re.compile(r"(?:/[^\s/:'\"]+)+/execroot/[^\s:'\"]*"), "…"),
    (re.compile(r"/[\w./-]*\[\d+ chars\]"), "…"),
    (re.compile(r"0x[0-9a-f]{4,}"), "0x…"),
)


def escape(text: str) -> str:
    """Makes text fit for a cell of a table in Markdown, without what differs from run to run."""
    for pattern, replacement in _CHANGING:
        text = pattern.sub(replacement, text)
    for character in "\\`*_<>[|":
        text = text.replace(character, "\\" + character)
    return text
