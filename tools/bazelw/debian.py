"""Assembles Debian's Bazel, with the Java it runs on, in a folder of the user's.

The packages need a newer C library than most machines have, so their programs are made to use the
closure's own loader and libraries, by absolute path. Nothing of this is ever an input of an action,
so the paths harm no cache.
"""

import fcntl
import hashlib
import json
import os
import shutil
import struct
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from third_party.private import archive, registry
from tools.bazelw import host, trust
from tools.bazelw.progress import Line, say

_LIBRARIES = "usr/lib/x86_64-linux-gnu"
_INSTALL_BASE = "usr/share/bazel"
_CLASS_PATH = f"{_INSTALL_BASE}/bazel_classpath_debian_depends.txt"
_TRUST_STORE = "etc/ssl/certs/java/cacerts"
#: What no part of Bazel reads.
_DROP = (
    "usr/share/doc/*",
    "usr/share/man/*",
    "usr/share/info/*",
    "usr/share/locale/*",
    "usr/share/lintian/*",
    "usr/share/maven-repo/*",
    "usr/include/*",
)


class Assembly:
    """Debian's Bazel for the workspace at `root`, in a folder named for what it is made of."""

    def __init__(self, root: Path) -> None:
        lock = json.loads((root / "third_party/debian/lock.json").read_text(encoding="utf-8"))
        self._packages = registry.debian_closure(lock, "bazel")
        sha = hashlib.sha256()
        for package in self._packages:
            sha.update(f"{package.name} {package.sha256}\n".encode())
        # Another way of assembling makes another folder.
        for code in (Path(__file__), Path(trust.__file__), Path(archive.__file__)):
            sha.update(code.read_bytes())
        self._base = registry.cache_root() / "bazel"
        self._folder = self._base / sha.hexdigest()[:16]

    def is_complete(self) -> bool:
        """True if it is assembled, and where it stands now: its programs hold absolute paths."""
        stamp = self._folder / "assembled-at"
        return stamp.is_file() and stamp.read_text(encoding="utf-8") == str(self._folder)

    def command(self) -> list[str]:
        """How to start it, with the options that Debian's build cannot do without."""
        return [
            str(self._folder / "usr/bin/bazel"),
            f"--install_base={self._folder / _INSTALL_BASE}",
            "--trust_install_base",
            f"--server_javabase={_java_home(self._folder)}",
        ]

    def ensure(self) -> None:
        """Assembles it unless that is done. Two at once, or an interruption, do no harm."""
        if self.is_complete():
            return
        host.check(assembling=True)
        self._base.mkdir(parents=True, exist_ok=True)
        with _exclusive(self._base / "lock"):
            if self.is_complete():
                return
            for leftover in self._base.glob("partial-*"):
                shutil.rmtree(leftover, ignore_errors=True)
            if self._folder.exists():
                shutil.rmtree(self._folder)
            staging = Path(tempfile.mkdtemp(dir=self._base, prefix="partial-"))
            try:
                self._assemble(staging)
                os.rename(staging, self._folder)
            finally:
                shutil.rmtree(staging, ignore_errors=True)

    def _assemble(self, staging: Path) -> None:
        line = Line()

        def fetching(done: int, count: int, size: int, total: int) -> None:
            line.show(
                f"bazelw: Bazel's packages from Debian: {done}/{count}, "
                f"{size / 1e6:.0f}/{total / 1e6:.0f} MB",
                final=done == count,
            )

        def unpacking(done: int, count: int) -> None:
            line.show(f"bazelw: unpacking {done}/{count}", final=done == count)

        debs = registry.fetch_debian(self._packages, fetching)
        try:
            archive.unpack_all(
                debs, staging, selection=archive.Selection(drop=_DROP), progress=unpacking
            )
        except archive.ArchiveError as error:
            raise registry.FetchError(str(error)) from error
        _relocate_programs(staging, self._folder)
        _relocate_jars(staging, self._folder)
        store = staging / _TRUST_STORE
        store.parent.mkdir(parents=True, exist_ok=True)
        store.write_bytes(trust.key_store(trust.host_certificates()))
        # Bazel takes the install base's times as a sign that nobody changed it: leave them as
        # unpacked.
        (staging / "assembled-at").write_text(str(self._folder), encoding="utf-8")
        say("bazelw: Bazel is ready")


@contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("bazelw: another process is getting Bazel; waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _java_home(root: Path) -> Path:
    # An extra java-1.25.0-openjdk-amd64 is a link to the real one.
    homes = [
        path
        for path in (root / "usr/lib/jvm").glob("java-*-openjdk-amd64")
        if not path.is_symlink()
    ]
    if len(homes) != 1:
        raise registry.FetchError(
            f"the lock's closure 'bazel' has {len(homes)} Java run times; it must have one. "
            "Correct its manifest."
        )
    return homes[0]


def _relocate_programs(staging: Path, final: Path) -> None:
    """Points every program that Bazel runs at the closure's loader and libraries."""
    loader = final / "usr/lib64/ld-linux-x86-64.so.2"
    libraries = final / _LIBRARIES
    java_home = _java_home(staging)
    patcher = [
        str(staging / "usr/lib64/ld-linux-x86-64.so.2"),
        "--library-path",
        str(staging / _LIBRARIES),
        str(staging / "usr/bin/patchelf"),
    ]
    java_path = f"$ORIGIN/../lib:$ORIGIN/../lib/server:{libraries}"
    programs = {
        **{path: str(libraries) for path in [staging / "usr/bin/bazel"]},
        **{path: str(libraries) for path in (staging / "usr/libexec").glob("*/bazel/*")},
        **dict.fromkeys((java_home / "bin").iterdir(), java_path),
        java_home / "lib/jspawnhelper": java_path,
    }
    for path, search_path in programs.items():
        if path.is_symlink() or not _has_interpreter(path):
            continue
        command = [
            *patcher,
            "--set-interpreter",
            str(loader),
            "--force-rpath",
            "--set-rpath",
            search_path,
        ]
        if path.name == "java":
            # Bazel's native library is loaded from inside a jar, where no search path reaches.
            command += ["--add-needed", "libstdc++.so.6"]
        subprocess.run([*command, str(path)], check=True)


def _has_interpreter(path: Path) -> bool:
    """True for a 64-bit little-endian ELF program with a PT_INTERP header (see elf(5))."""
    with path.open("rb") as stream:
        head = stream.read(64)
        if head[:6] != b"\x7fELF\x02\x01":
            return False
        (offset,) = struct.unpack_from("<Q", head, 32)
        size, count = struct.unpack_from("<HH", head, 54)
        stream.seek(offset)
        table = stream.read(size * count)
    return any(struct.unpack_from("<I", table, index * size)[0] == 3 for index in range(count))


def _relocate_jars(staging: Path, final: Path) -> None:
    """Rewrites Bazel's list of jars, with those that the jars name in turn."""
    path = staging / _CLASS_PATH
    jars: dict[str, None] = {}
    queue = path.read_text(encoding="utf-8").split()
    seen: set[str] = set()
    while queue:
        jar = queue.pop(0).lstrip("/")
        if jar in seen:
            continue
        seen.add(jar)
        if (staging / jar).is_file():
            jars[jar] = None
            queue += _named_by(staging / jar, jar)
    path.write_text("".join(f"{final / jar}\n" for jar in jars), encoding="utf-8")


def _named_by(path: Path, place: str) -> Sequence[str]:
    """The Class-Path of a jar's manifest, absolute entries only: relative ones still hold."""
    with zipfile.ZipFile(path) as jar:
        try:
            manifest = jar.read("META-INF/MANIFEST.MF").decode("utf-8")
        except KeyError:
            return []
    for line in manifest.replace("\r\n", "\n").replace("\n ", "").split("\n"):
        if line.startswith("Class-Path:"):
            entries = [entry.replace("file://", "") for entry in line.split(":", 1)[1].split()]
            return [entry for entry in entries if entry.startswith("/")]
    return []
