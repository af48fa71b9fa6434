"""Unpacks archives from outside, trusting nothing in them.

Runs on the host's python3 (3.9 or newer, standard library only), from repository rules and from
`bazelw`. A member whose path or link target leaves the destination is refused before a byte of it is
written. Symbolic links with absolute targets are rewritten relative to the destination, so an
unpacked Debian package works from any folder.

Command line:

    archive.py DESTINATION [--strip-prefix P] [--keep GLOB]... [--drop GLOB]... ARCHIVE...
"""

import argparse
import fnmatch
import io
import lzma
import os
import posixpath
import shutil
import stat
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import IO, Callable, List, Optional, Sequence

_AR_MAGIC = b"!<arch>\n"
_AR_HEADER = 60


class ArchiveError(Exception):
    """The archive is damaged, of an unknown kind, or tries to write outside its folder."""


class Selection:
    """Which members to unpack, by shell globs over their paths without the stripped prefix.

    `*` also matches `/`. A member is unpacked when it matches no `drop` glob, or matches one of `keep`
    (which therefore makes exceptions to `drop`).
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

    The kind is told by the file's first bytes, never by its name. Files get mode 0644 or 0755, and keep
    the modification time that the archive records. Members outside `strip_prefix` are left out; a prefix
    that no member has is an error, since it means that the caller described another archive.
    """
    selection = selection or Selection()
    with archive.open("rb") as stream:
        magic = stream.read(8)
        stream.seek(0)
        try:
            if magic == _AR_MAGIC:
                data = _deb_payload(stream, archive)
                with tarfile.open(fileobj=data, mode="r|") as tar:
                    found = _unpack_tar(tar, destination, strip_prefix, selection, archive)
            elif magic[:4] == b"PK\x03\x04":
                with zipfile.ZipFile(stream) as bundle:
                    found = _unpack_zip(bundle, destination, strip_prefix, selection, archive)
            else:
                with tarfile.open(fileobj=_decompressed(stream, archive), mode="r|") as tar:
                    found = _unpack_tar(tar, destination, strip_prefix, selection, archive)
        except (tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, EOFError) as error:
            raise ArchiveError(
                f"{archive.name} is damaged ({error}). Delete it from the repository cache and try again."
            ) from error
    if strip_prefix and not found:
        raise ArchiveError(
            f"nothing in {archive.name} is under '{strip_prefix}'. Correct the prefix in its lock entry."
        )


def _deb_payload(stream: IO[bytes], archive: Path) -> IO[bytes]:
    """Finds data.tar.* in a .deb (an `ar` archive, see deb(5)) and gives its uncompressed stream."""
    stream.seek(len(_AR_MAGIC))
    while True:
        header = stream.read(_AR_HEADER)
        if len(header) < _AR_HEADER:
            raise ArchiveError(f"{archive.name} holds no data.tar: it is truncated or no Debian package")
        name = header[:16].decode("ascii", "replace").strip().rstrip("/")
        size = int(header[48:58])
        if name.startswith("data.tar"):
            payload = io.BytesIO(stream.read(size))
            if payload.getbuffer().nbytes != size:
                raise ArchiveError(f"{archive.name} is truncated. Delete it and fetch it again.")
            return _decompressed(payload, archive)
        stream.seek(size + size % 2, os.SEEK_CUR)


def _decompressed(stream: IO[bytes], archive: Path) -> IO[bytes]:
    start = stream.tell()
    magic = stream.read(6)
    stream.seek(start)
    if magic == b"\xfd7zXZ\x00":
        return lzma.open(stream)
    if magic[:2] == b"\x1f\x8b":
        import gzip

        return gzip.GzipFile(fileobj=stream)
    if magic[:3] == b"BZh":
        import bz2

        return bz2.BZ2File(stream)
    if magic[:4] == b"\x28\xb5\x2f\xfd":
        raise ArchiveError(
            f"{archive.name} is compressed with zstd, which python3's standard library cannot read. "
            "Lock a version of it that uses xz or gzip."
        )
    return stream


def _place(name: str, strip_prefix: str, archive: Path) -> Optional[str]:
    """The clean relative path of a member, or None if it is the root or outside the prefix."""
    clean = posixpath.normpath(name)
    if name.startswith("/") or clean == ".." or clean.startswith("../"):
        raise ArchiveError(f"{archive.name} wants to write outside its folder: '{name}'. Refused.")
    if strip_prefix:
        prefix = strip_prefix.strip("/") + "/"
        if not clean.startswith(prefix):
            return None
        clean = clean[len(prefix) :]
    return None if clean in ("", ".") else clean


def _link_target(place: str, target: str, archive: Path) -> str:
    """A symlink's target, relative and proved to stay inside the destination."""
    folder = posixpath.dirname(place)
    if target.startswith("/"):
        target = posixpath.relpath(target.lstrip("/") or ".", folder or ".")
    landing = posixpath.normpath(posixpath.join(folder, target))
    if landing == ".." or landing.startswith("../"):
        raise ArchiveError(f"{archive.name} links outside its folder: '{place}' -> '{target}'. Refused.")
    return target


def _prepare(root: Path, place: str, archive: Path) -> Path:
    """Makes the parent folders of `place`; refuses to pass through a symlink that leaves `root`."""
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    parent = os.path.realpath(path.parent)
    inside = os.path.realpath(root)
    if parent != inside and not parent.startswith(inside + os.sep):
        raise ArchiveError(f"{archive.name} writes through a link out of its folder: '{place}'. Refused.")
    return path


def _replace(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()


def _unpack_tar(
    tar: tarfile.TarFile,
    root: Path,
    strip_prefix: str,
    selection: Selection,
    archive: Path,
) -> int:
    found = 0
    for member in tar:
        place = _place(member.name, strip_prefix, archive)
        if place is None:
            continue
        found += 1
        if not selection.wants(place):
            continue
        if member.isdir():
            folder = _prepare(root, place, archive)
            # A package may name a folder that another one made a link to (usr-merge); keep the link.
            if not folder.is_dir():
                folder.mkdir()
            continue
        if not (member.isreg() or member.issym() or member.islnk()):
            raise ArchiveError(f"{archive.name} holds a device or pipe: '{member.name}'. Refused.")
        path = _prepare(root, place, archive)
        _replace(path)
        if member.issym():
            os.symlink(_link_target(place, member.linkname, archive), path)
        elif member.islnk():
            source = _place(member.linkname, strip_prefix, archive)
            if source is None or not (root / source).is_file():
                raise ArchiveError(f"{archive.name}: '{place}' is a link to '{member.linkname}', not here.")
            shutil.copy2(_prepare(root, source, archive), path)
        else:
            content = tar.extractfile(member)
            assert content is not None
            _write(path, content, bool(member.mode & stat.S_IXUSR), member.mtime)
    return found


def _unpack_zip(
    bundle: zipfile.ZipFile,
    root: Path,
    strip_prefix: str,
    selection: Selection,
    archive: Path,
) -> int:
    found = 0
    for member in bundle.infolist():
        place = _place(member.filename, strip_prefix, archive)
        if place is None:
            continue
        found += 1
        if not selection.wants(place):
            continue
        if member.is_dir():
            _prepare(root, place, archive).mkdir(exist_ok=True)
            continue
        mode = member.external_attr >> 16
        path = _prepare(root, place, archive)
        _replace(path)
        if stat.S_ISLNK(mode):
            target = bundle.read(member).decode("utf-8")
            os.symlink(_link_target(place, target, archive), path)
            continue
        with bundle.open(member) as content:
            _write(path, content, bool(mode & stat.S_IXUSR), None)
    return found


def _write(path: Path, content: IO[bytes], executable: bool, mtime: Optional[float]) -> None:
    with path.open("wb") as out:
        shutil.copyfileobj(content, out, 1 << 20)
    path.chmod(0o755 if executable else 0o644)
    if mtime is not None:
        os.utime(path, (mtime, mtime))


def unpack_all(
    archives: Sequence[Path],
    destination: Path,
    strip_prefix: str = "",
    selection: Optional[Selection] = None,
    progress: Optional[Callable[[int, int], None]] = None,
) -> None:
    """Unpacks several archives over each other, in the order given; calls `progress(done, total)`."""
    for index, archive in enumerate(archives):
        unpack(archive, destination, strip_prefix, selection)
        if progress:
            progress(index + 1, len(archives))


def main(arguments: List[str]) -> int:
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
