"""The machine, for tests that run Bazel itself on it: see machine_test in defs.bzl."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

#: Seconds between two lines that say how far a command is.
_HEARTBEAT = 30.0

#: Room for gigabytes, where another user of a name space may come; /tmp is often in memory.
_SCRATCH = Path("/var/tmp")


def parser(description: str | None) -> argparse.ArgumentParser:
    """The arguments that every such test has."""
    result = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    result.add_argument(
        "--workspace", type=Path, required=True, help="any file of the workspace's root"
    )
    return result


def settings(*groups: str) -> dict[str, str]:
    """The variables that the machine has set, of the groups named in defs.bzl."""
    names = json.loads(os.environ["MACHINE_SETTINGS"])
    return {
        name: os.environ[name] for group in groups for name in names[group] if name in os.environ
    }


def path() -> str:
    """The machine's PATH, without the folder that Bazel puts before it for tests."""
    return os.environ["PATH"].removeprefix(".:")


def home() -> str:
    """The home folder of the machine's user."""
    return os.environ["HOME"]


def workspace(arguments: argparse.Namespace) -> Path:
    """The root of the workspace that the test is of."""
    file: Path = arguments.workspace
    return file.resolve().parent


def clone(workspace: Path, target: Path) -> None:
    """A clone of the workspace as it is committed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "clone", "--quiet", str(workspace), str(target)], check=True)


def uncommitted(workspace: Path) -> list[str]:
    """What a clone does not have: files that are changed or new, as git names them."""
    done = subprocess.run(
        ["git", "status", "--porcelain"],
        cwd=workspace,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout.splitlines()


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file under `folder`, by relative path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(first: Mapping[str, str], second: Mapping[str, str]) -> list[str]:
    """The names of files that are not the same in both, or in one alone."""
    return sorted(
        name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
    )


def output(name: str) -> Path:
    """A file among the test's outputs."""
    return Path(os.environ.get("TEST_UNDECLARED_OUTPUTS_DIR", "."), name)


@contextlib.contextmanager
def scratch(prefix: str, keep: bool = False) -> Iterator[Path]:
    """A folder for gigabytes; removed at the end, also when the test is interrupted."""
    # Bazel ends a test that takes too long by this signal.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by a signal, as after a timeout"))
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=_SCRATCH))
    try:
        yield folder
    finally:
        if keep:
            print(f"kept: {folder}", flush=True)
        else:
            subprocess.run(["chmod", "-R", "u+w", str(folder)], stderr=subprocess.DEVNULL)
            shutil.rmtree(folder, ignore_errors=True)


def run(
    title: str,
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    folder: Path,
    log: Path,
) -> str:
    """Runs a command, and gives what it printed; ends the test if it fails.

    Prints `title`, at times the newest line of the command, and at the end the seconds that it
    took. Everything that the command prints is added to `log`.
    """
    print(f"{title} …", flush=True)
    started = said = time.monotonic()
    lines = []
    with (
        log.open("a", encoding="utf-8") as stream,
        subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        try:
            assert process.stdout is not None
            stream.write(f"=== {title}\n")
            for line in process.stdout:
                lines.append(line)
                now = time.monotonic()
                stream.write(f"{now - started:7.1f} {line}")
                stream.flush()
                if now - said >= _HEARTBEAT:
                    said = now
                    print(f"{now - started:5.0f} s  {line.strip()[:120]}", flush=True)
        except BaseException:
            process.terminate()
            raise
    seconds = time.monotonic() - started
    if process.returncode:
        sys.exit(
            f"failed after {seconds:.0f} s, with status {process.returncode}: {title}\n\n"
            + "".join(lines[-60:])
            + f"\nAll that it printed is in {log}"
        )
    print(f"{title}: {seconds:.0f} s", flush=True)
    return "".join(lines)
