"""Brings outside bytes to this machine through each ecosystem's own client, checked by SHA-256.

Runs on the host's python3 (3.9 or newer, standard library only), from repository rules and from
`bazelw`. Every file ends in Bazel's repository cache, in Bazel's own layout, before anyone reads
it: `content_addressable/sha256/<hex>/file`. A file that is there already is never asked for again;
one whose hash does not match never gets there.

No address of a package registry is written here. apt knows its mirror (`apt-get indextargets`), pip
its index and npm its registry; these settings of the machine are used as they are.

Environment:

    TERRARIUM_REPOSITORY_CACHE  the repository cache; default
    ${XDG_CACHE_HOME:-~/.cache}/terrarium/repository TERRARIUM_DEBIAN_MIRROR     address of a Debian
    mirror to use in place of apt's

Command line:

    registry.py debian --lock third_party/debian/lock.json CLOSURE
        fetches a closure and prints one path a line, in the lock's order
"""

import argparse
import contextlib
import fcntl
import hashlib
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Optional

#: Files asked for in one call of apt's downloader: enough to keep the connection busy, few enough
#: that progress is visible and an interruption loses little.
_DEBIAN_BATCH = 12

#: apt's downloader of single files.
APT_HELPER = Path("/usr/lib/apt/apt-helper")

#: What opening an address and reading from it may raise: an HTTPException when a body breaks off.
DOWNLOAD_ERRORS = (http.client.HTTPException, OSError, ValueError)

Progress = Callable[[int, int, int, int], None]


class FetchError(Exception):
    """A file could not be had, or has other bytes than its lock says, and what to do about it."""


@dataclass(frozen=True)
class Wanted:
    """A file to fetch.

    name: how messages call it; where: its place in its ecosystem (a pool path, a URL); sha256:
    lower-case hex; size: in bytes, 0 if unknown.
    """

    name: str
    where: str
    sha256: str
    size: int = 0


def cache_root() -> Path:
    """Where Terrarium keeps what it can fetch or build again."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "terrarium"


def repository_cache() -> Path:
    """The folder that Bazel gets as its --repository_cache."""
    setting = os.environ.get("TERRARIUM_REPOSITORY_CACHE")
    return Path(setting) if setting else cache_root() / "repository"


def cached(sha256: str) -> Optional[Path]:
    """The file of this hash in the repository cache, or None.

    What lies there with other bytes, as people put it or as a crash left it, is thrown away.
    """
    path = _slot(sha256)
    if not path.is_file():
        return None
    if digest(path) == sha256:
        return path
    with contextlib.suppress(OSError):
        path.unlink()
    return None


def store(path: Path, wanted: Wanted) -> Path:
    """Checks the file at `path` against `wanted` and moves it into the repository cache."""
    found = digest(path)
    if found != wanted.sha256:
        size = path.stat().st_size
        raise FetchError(
            f"{wanted.name}: its bytes are not those that the lock names\n"
            f"  expected sha256 {wanted.sha256}"
            + (f" ({wanted.size} bytes)" if wanted.size else "")
            + "\n"
            f"  found    sha256 {found} ({size} bytes)\n"
            f"  from     {wanted.where}\n"
            "  Nothing was kept. If the file was replaced on purpose, lock it anew\n"
            "  (./bazelw run //tools/lock:update); else use another mirror."
        )
    slot = _slot(wanted.sha256)
    with staging() as folder:
        complete = folder / "file"
        shutil.copyfile(path, complete)
        complete.chmod(0o644)
        slot.parent.mkdir(parents=True, exist_ok=True)
        complete.replace(slot)
    return slot


def digest(path: Path) -> str:
    """The SHA-256 of a file, as lower-case hex."""
    sha = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            sha.update(block)
    return sha.hexdigest()


def outer_environment() -> dict[str, str]:
    """The environment for programs of the machine: without what Bazel set for a Python of ours."""
    if "RUNFILES_DIR" not in os.environ:
        return dict(os.environ)
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


def _slot(sha256: str) -> Path:
    return repository_cache() / "content_addressable" / "sha256" / sha256 / "file"


# Debian -------------------------------------------------------------------------------------------


def debian_mirror() -> str:
    """The address of the Debian mirror that apt is set up for here, without a final slash."""
    setting = os.environ.get("TERRARIUM_DEBIAN_MIRROR")
    if setting:
        return setting.rstrip("/")
    if not shutil.which("apt-get"):
        raise FetchError(
            "Debian packages are needed and there is no apt here.\n"
            "  Install apt, or set TERRARIUM_DEBIAN_MIRROR to the address of a Debian mirror."
        )
    listing = _apt_get(
        "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(ORIGIN)", "Created-By: Packages"
    )
    targets = listing.stdout.splitlines()
    if not targets:
        # Where the lists are empty, as in most container images, apt knows what it would ask for.
        wanted = re.finditer(
            r"^'(.+)/dists/([^/']+)/InRelease' ", _apt_get("update", "--print-uris").stdout, re.M
        )
        targets = [f"{match[1]} {match[2]}" for match in wanted]
    mirrors = []
    for line in targets:
        fields = line.split()
        # Security and third-party archives have pools of their own.
        if len(fields) < 2 or fields[1].endswith("-security") or "security" in fields[0]:
            continue
        # ORIGIN comes from a downloaded Release file; before `apt-get update` it is not expanded.
        if len(fields) < 3 or fields[2] == "Debian" or fields[2].startswith("$"):
            mirrors.append(fields[0].rstrip("/"))
    if not mirrors:
        raise FetchError(
            "apt is set up for no Debian mirror here"
            + (f" ({listing.stderr.strip()})" if listing.returncode else "")
            + ".\n  Add one to /etc/apt/sources.list.d, or set TERRARIUM_DEBIAN_MIRROR."
        )
    return mirrors[0]


def _apt_get(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["apt-get", *arguments], capture_output=True, text=True)


def fetch_debian(files: Sequence[Wanted], progress: Optional[Progress] = None) -> list[Path]:
    """Brings files of the Debian pool into the repository cache.

    Takes files whose `where` is a pool path (`pool/main/…`). Gives their paths in the cache, in the
    same order. Calls `progress(files done, files, bytes done, bytes)` as it goes.
    """
    missing = [wanted for wanted in files if cached(wanted.sha256) is None]
    total = sum(wanted.size for wanted in files)
    done = len(files) - len(missing)
    done_bytes = total - sum(wanted.size for wanted in missing)
    if progress:
        progress(done, len(files), done_bytes, total)
    if missing:
        mirror = debian_mirror()
        with staging() as folder:
            for start in range(0, len(missing), _DEBIAN_BATCH):
                batch = missing[start : start + _DEBIAN_BATCH]
                _fetch_debian_batch(mirror, batch, folder)
                done += len(batch)
                done_bytes += sum(wanted.size for wanted in batch)
                if progress:
                    progress(done, len(files), done_bytes, total)
    return [_slot(wanted.sha256) for wanted in files]


def _fetch_debian_batch(mirror: str, batch: Sequence[Wanted], folder: Path) -> None:
    log = ""
    if APT_HELPER.exists():
        command = [str(APT_HELPER), "download-file", "-o", "Acquire::Check-Valid-Until=false"]
        if os.geteuid() == 0:
            # The helper would else switch to a user who cannot write to our folder.
            command += ["-o", "APT::Sandbox::User=root"]
        for wanted in batch:
            command += [
                f"{mirror}/{_quoted(wanted.where)}",
                str(folder / wanted.sha256),
                f"SHA256:{wanted.sha256}",
            ]
        result = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        log = result.stdout
    for wanted in batch:
        path = folder / wanted.sha256
        if not APT_HELPER.exists():
            try:
                _download(f"{mirror}/{_quoted(wanted.where)}", path)
            except FetchError as error:
                log = f"E: {error}"
        # The helper leaves a file that fails its check under another name.
        failed = folder / (wanted.sha256 + ".FAILED")
        if not path.exists() and failed.exists():
            path = failed
        if not path.exists():
            tail = "\n  ".join(
                line for line in log.splitlines() if line.startswith(("E:", "W:", "Err:"))
            )
            raise FetchError(
                f"{wanted.name}: the Debian mirror {mirror} does not give\n"
                f"  {wanted.where}\n  {tail}\n"
                "  Check the network (apt-get update), set TERRARIUM_DEBIAN_MIRROR to the address\n"
                "  of another mirror, or, when Debian replaced the package, lock its successor:\n"
                "  ./bazelw run //tools/lock:update -- debian"
            )
        store(path, wanted)
        path.unlink()


def _quoted(pool_path: str) -> str:
    # apt decodes a URI's escapes and encodes them again as it sees fit; only these two mislead it.
    return pool_path.replace("%", "%25").replace(" ", "%20")


@contextlib.contextmanager
def staging() -> Iterator[Path]:
    """A temporary folder beside the cache, so that a file is complete before it is seen.

    Removes what processes left behind that were killed: whoever uses a folder holds its lock.
    """
    base = repository_cache()
    base.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        with _locked(base, wait=True):
            for leftover in base.glob("staging-*"):
                with contextlib.suppress(OSError), _locked(leftover):
                    shutil.rmtree(leftover)
            folder = stack.enter_context(tempfile.TemporaryDirectory(dir=base, prefix="staging-"))
            stack.enter_context(_locked(Path(folder)))
        yield Path(folder)


@contextlib.contextmanager
def _locked(folder: Path, wait: bool = False) -> Iterator[None]:
    """Holds the lock of a folder; while another process does, waits or raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(handle)


# Plain addresses ----------------------------------------------------------------------------------


def fetch_url(urls: Sequence[str], wanted: Wanted, timeout: float = 20.0) -> Path:
    """Brings a file from the first of `urls` that gives it; `timeout`, in seconds, is for each."""
    hit = cached(wanted.sha256)
    if hit:
        return hit
    problems = []
    with staging() as folder:
        for url in urls:
            path = folder / "file"
            try:
                _download(url, path, timeout)
            except FetchError as error:
                problems.append(str(error))
                continue
            return store(path, Wanted(wanted.name, url, wanted.sha256, wanted.size))
    raise FetchError(
        f"{wanted.name}: none of its addresses gives it\n  "
        + "\n  ".join(problems)
        + "\n  Check the network and proxy settings, or put the file by hand at\n"
        + f"  {_slot(wanted.sha256)}"
    )


def _download(
    url: str, path: Path, timeout: float = 20.0, progress: Optional[Callable[[int], None]] = None
) -> None:
    try:
        with urllib.request.urlopen(url, timeout=timeout) as response, path.open("wb") as out:
            for block in iter(lambda: response.read(1 << 18), b""):
                out.write(block)
                if progress:
                    progress(len(block))
    except DOWNLOAD_ERRORS as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        with contextlib.suppress(OSError):
            path.unlink()
        raise FetchError(f"{url}: {error}") from error


# Locks --------------------------------------------------------------------------------------------


def debian_closure(lock: dict[str, Any], closure: str) -> list[Wanted]:
    """The files of one closure of third_party/debian/lock.json, in its order."""
    pins = lock["closures"].get(closure)
    if pins is None:
        raise FetchError(
            f"the Debian lock has no closure '{closure}'; it has {sorted(lock['closures'])}"
        )
    return [debian_package(lock, pin) for pin in pins]


def debian_package(lock: dict[str, Any], pin: str) -> Wanted:
    """The file of one `name=version` of third_party/debian/lock.json."""
    entry = lock["packages"][pin]
    return Wanted(pin, entry["filename"], entry["sha256"], entry["size"])


def main(arguments: list[str]) -> int:
    """The command line described in the module's docstring."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    debian = commands.add_parser("debian", help="fetch a closure of Debian packages")
    debian.add_argument("--lock", type=Path, required=True)
    debian.add_argument("closure")
    options = parser.parse_args(arguments)
    try:
        lock = json.loads(options.lock.read_text(encoding="utf-8"))
        for path in fetch_debian(debian_closure(lock, options.closure)):
            print(path)
    except (FetchError, OSError) as error:
        print(f"registry: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
