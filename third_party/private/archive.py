"""Unpacks archives from outside, trusting nothing in them.

Runs on the host's python3 (3.9 or newer, standard library only), from repository rules and from
`bazelw`. A member whose path or link target leaves the destination is refused before a byte of it
is written. Symbolic links with absolute targets are rewritten relative to the destination, so an
unpacked Debian package works from any folder.

Command line:

    archive.py DESTINATION [--strip-prefix P] [--keep GLOB]... [--drop GLOB]... ARCHIVE...
"""

import argparse
import bz2
import contextlib
import fnmatch
import gzip
import io
import lzma
import os
import posixpath
import shutil
import stat
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Callable, Optional, Union

_AR_MAGIC = b"!<arch>\n"
_AR_HEADER = 60

#: What reading a damaged archive raises.
_DAMAGE = (EOFError, ValueError, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile, zlib.error)


class ArchiveError(Exception):
    """The archive is damaged, of an unknown kind, or tries to write outside its folder."""


class Selection:
    """Which members to unpack, by shell globs over their paths without the stripped prefix.

    `*` also matches `/`. A member is unpacked when it matches no `drop` glob, or matches one of
    `keep` (which therefore makes exceptions to `drop`).
    """

    def __init__(self, keep: Sequence[str] = (), drop: Sequence[str] = ()) -> None:
        self._keep = list(keep)
        self._drop = list(drop)

    def wants(self, name: str) -> bool:
        """True if the member of this (already stripped) path is to be unpacked."""
        if not any(fnmatch.fnmatchcase(name, glob) for glob in self._drop):
            return True
        return any(fnmatch.fnmatchcase(name, glob) for glob in self._keep)


def unpack(
    archive: Path,
    destination: Path,
    strip_prefix: str = "",
    selection: Optional[Selection] = None,
) -> None:
    """Unpacks `archive` (.deb, .tar with any compression, .zip, .whl, .tgz) into `destination`.

    The kind is told by the file's first bytes, never by its name. Files get mode 0644 or 0755, and
    keep the modification time that the archive records. Members outside `strip_prefix` are left
    out; a prefix that no member has is an error, since it means that the caller described another
    archive. When it fails, what it wrote is removed again.
    """
    target = _Target(destination, archive, strip_prefix, selection or Selection())
    try:
        _unpack(archive, target)
        if strip_prefix and not target.found:
            raise ArchiveError(
                f"nothing in {archive.name} is under '{strip_prefix}'. "
                "Correct the prefix in its lock entry."
            )
    except BaseException:
        target.remove()
        raise


def _unpack(archive: Path, target: "_Target") -> None:
    try:
        with archive.open("rb") as stream:
            magic = stream.read(8)
            stream.seek(0)
            if magic[:4] == b"PK\x03\x04":
                with zipfile.ZipFile(stream) as bundle:
                    _unpack_zip(bundle, target)
                return
            payload = _deb_payload(stream, archive) if magic == _AR_MAGIC else stream
            data = _decompressed(payload, archive)
            with tarfile.open(fileobj=data, mode="r|") as tar:
                _unpack_tar(tar, target)
            # The check sum of what is compressed comes last, after the archive's own end.
            while data.read(1 << 20):
                pass
    except (*_DAMAGE, OSError) as error:
        # The decompressors raise OSError too; that of the system has a number.
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise ArchiveError(
            f"{archive.name} is damaged ({error}). "
            "Delete it from the repository cache and try again."
        ) from error


def _deb_payload(stream: IO[bytes], archive: Path) -> IO[bytes]:
    """Finds data.tar.* in a .deb (an `ar` archive, see deb(5)) and gives its bytes."""
    stream.seek(len(_AR_MAGIC))
    while True:
        header = stream.read(_AR_HEADER)
        if len(header) < _AR_HEADER:
            raise ArchiveError(
                f"{archive.name} holds no data.tar: it is truncated or no Debian package"
            )
        name = header[:16].decode("ascii", "replace").strip().rstrip("/")
        size = int(header[48:58])
        if name.startswith("data.tar"):
            payload = stream.read(size)
            if len(payload) != size:
                raise ArchiveError(f"{archive.name} is truncated. Delete it and fetch it again.")
            return io.BytesIO(payload)
        stream.seek(size + size % 2, os.SEEK_CUR)


def _decompressed(stream: IO[bytes], archive: Path) -> Union[IO[bytes], gzip.GzipFile]:
    start = stream.tell()
    magic = stream.read(6)
    stream.seek(start)
    if magic == b"\xfd7zXZ\x00":
        return lzma.open(stream)
    if magic[:2] == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=stream)
    if magic[:3] == b"BZh":
        return bz2.BZ2File(stream)
    if magic[:4] == b"\x28\xb5\x2f\xfd":
        raise ArchiveError(
            f"{archive.name} is compressed with zstd, which python3's standard library cannot "
            "read. Lock a version of it that uses xz or gzip."
        )
    return stream


class _Target:
    """Where an archive goes: proves that each member stays inside, and knows what was written."""

    def __init__(self, root: Path, archive: Path, strip_prefix: str, selection: Selection) -> None:
        self._root = root
        self._archive = archive.name
        self._prefix = strip_prefix.strip("/")
        self._selection = selection
        self._made: list[Path] = []
        if not root.is_dir():
            root.mkdir(parents=True)
            self._made.append(root)
        self._real_root = os.path.realpath(root)
        #: How many members are under the prefix.
        self.found = 0

    def wanted(self, name: str) -> Optional[str]:
        """The place of a member below the root; None if it is not to be unpacked."""
        place = self.place(name)
        if place is None:
            return None
        self.found += 1
        return place if self._selection.wants(place) else None

    def place(self, name: str) -> Optional[str]:
        """The clean relative path of a member; None if it is the root or outside the prefix."""
        clean = posixpath.normpath(name)
        if name.startswith("/") or clean == ".." or clean.startswith("../"):
            raise self._refusal(f"wants to write outside its folder: '{name}'")
        if self._prefix:
            if not clean.startswith(self._prefix + "/"):
                return None
            clean = clean[len(self._prefix) + 1 :]
        return None if clean in ("", ".") else clean

    def folder(self, place: str) -> None:
        """Makes a folder. A link in its place stays, as another package may have made one."""
        path = self._inside(place)
        if not path.is_dir():
            path.mkdir()
            self._made.append(path)

    def file(
        self, place: str, content: IO[bytes], executable: bool, mtime: Optional[float]
    ) -> None:
        """Writes a file, in the place of another one if need be."""
        path = self._free(place)
        with path.open("wb") as out:
            shutil.copyfileobj(content, out, 1 << 20)
        path.chmod(0o755 if executable else 0o644)
        if mtime is not None:
            os.utime(path, (mtime, mtime))

    def copy(self, place: str, name: str) -> None:
        """Makes a copy of the member `name`, which comes earlier in the archive: a hard link."""
        source = self.place(name)
        if source is None or not (self._root / source).is_file():
            raise ArchiveError(
                f"{self._archive}: '{place}' is a link to '{name}', which is not here"
            )
        if not self._is_inside(os.path.realpath(self._root / source)):
            raise self._refusal(f"links outside its folder: '{place}' -> '{name}'")
        shutil.copy2(self._inside(source), self._free(place))

    def link(self, place: str, target: str) -> None:
        """Makes a symbolic link; an absolute one becomes relative, as if the root were `/`."""
        folder = posixpath.dirname(place)
        if target.startswith("/"):
            target = posixpath.relpath(target.lstrip("/") or ".", folder or ".")
        path = self._free(place)
        # By the real folders: another link may be on the way.
        if not self._is_inside(os.path.realpath(path.parent / target)):
            raise self._refusal(f"links outside its folder: '{place}' -> '{target}'")
        path.symlink_to(target)

    def refuse_kind(self, name: str) -> None:
        """Refuses what is no file, folder or link."""
        raise self._refusal(f"holds a device or pipe: '{name}'")

    def remove(self) -> None:
        """Removes everything that was written."""
        for path in reversed(self._made):
            with contextlib.suppress(OSError):
                if path.is_dir() and not path.is_symlink():
                    path.rmdir()
                else:
                    path.unlink()

    def _free(self, place: str) -> Path:
        path = self._inside(place)
        if path.is_symlink() or path.is_file():
            path.unlink()
        self._made.append(path)
        return path

    def _inside(self, place: str) -> Path:
        """Makes the folders above `place`, but not through a link that leaves the root."""
        path = self._root / place
        missing = []
        for parent in path.parents:
            if parent.is_dir():
                break
            missing.append(parent)
        for parent in reversed(missing):
            self._check(parent.parent, place)
            parent.mkdir(exist_ok=True)
            self._made.append(parent)
        self._check(path.parent, place)
        return path

    def _is_inside(self, real: str) -> bool:
        return real == self._real_root or real.startswith(self._real_root + os.sep)

    def _check(self, folder: Path, place: str) -> None:
        if not self._is_inside(os.path.realpath(folder)):
            raise self._refusal(f"writes through a link out of its folder: '{place}'")

    def _refusal(self, what: str) -> ArchiveError:
        return ArchiveError(f"{self._archive} {what}. Refused.")


def _unpack_tar(tar: tarfile.TarFile, target: _Target) -> None:
    for member in tar:
        place = target.wanted(member.name)
        if place is None:
            continue
        if member.isdir():
            target.folder(place)
        elif member.issym():
            target.link(place, member.linkname)
        elif member.islnk():
            target.copy(place, member.linkname)
        elif member.isreg():
            content = tar.extractfile(member)
            assert content is not None
            target.file(place, content, bool(member.mode & stat.S_IXUSR), member.mtime)
        else:
            target.refuse_kind(member.name)


def _unpack_zip(bundle: zipfile.ZipFile, target: _Target) -> None:
    for member in bundle.infolist():
        place = target.wanted(member.filename)
        if place is None:
            continue
        mode = member.external_attr >> 16
        if member.is_dir():
            target.folder(place)
        elif stat.S_ISLNK(mode):
            target.link(place, bundle.read(member).decode("utf-8"))
        else:
            with bundle.open(member) as content:
                target.file(place, content, bool(mode & stat.S_IXUSR), None)


def unpack_all(
    archives: Sequence[Path],
    destination: Path,
    strip_prefix: str = "",
    selection: Optional[Selection] = None,
    progress: Optional[Callable[[int, int], None]] = None,
) -> None:
    """Unpacks archives over each other, in the order given; calls `progress(done, total)`."""
    for index, archive in enumerate(archives):
        unpack(archive, destination, strip_prefix, selection)
        if progress:
            progress(index + 1, len(archives))


def main(arguments: list[str]) -> int:
    """The command line described in the module's docstring."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("destination", type=Path)
    parser.add_argument("archives", nargs="+", type=Path)
    parser.add_argument("--strip-prefix", default="")
    parser.add_argument("--keep", action="append", default=[])
    parser.add_argument("--drop", action="append", default=[])
    options = parser.parse_args(arguments)
    options.destination.mkdir(parents=True, exist_ok=True)
    try:
        unpack_all(
            options.archives,
            options.destination,
            options.strip_prefix,
            Selection(options.keep, options.drop),
        )
    except (ArchiveError, OSError) as error:
        print(f"archive: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
