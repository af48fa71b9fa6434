"""Unpacking archives so that nothing lands outside of the folder asked for."""

import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO

    from _terrarium_core import JsBuffer

_SYNONYMS = {
    "zip": "zip",
    "wheel": "zip",
    "whl": "zip",
    "tar": "tar",
    "gztar": "tar",
    "tar.gz": "tar",
    "tgz": "tar",
    "bztar": "tar",
    "tar.bz2": "tar",
    "tbz2": "tar",
    "tbz": "tar",
    "xztar": "tar",
    "tar.xz": "tar",
    "txz": "tar",
    "zstdtar": "tar",
    "tar.zst": "tar",
    "tzst": "tar",
}


def _check(name: str, root: str) -> str:
    """Refuse a member that would be outside of `root`; give its path."""
    target = os.path.realpath(os.path.join(root, name))
    if target != root and not target.startswith(root.rstrip("/") + "/"):
        raise ValueError(
            f"The archive has the file {name!r}, which would be outside of {root!r}: "
            "nothing was unpacked"
        )
    return target


def check_members(names: Iterable[str], root: str) -> list[str]:
    """Refuse names of members that would be outside of the folder; give the members' paths."""
    root = os.path.realpath(root)
    return [_check(name, root) for name in names]


def _unpack_zip(file: IO[bytes], root: str) -> None:
    import zipfile

    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            _check(info.filename, root)
        archive.extractall(root)


def _unpack_tar(file: IO[bytes], root: str) -> None:
    import tarfile

    with tarfile.open(fileobj=file) as archive:
        for member in archive.getmembers():
            _check(member.name, root)
            try:
                tarfile.data_filter(member, root)
            except tarfile.FilterError as error:
                # A link that leads out, or a device.
                raise ValueError(f"{error}: nothing was unpacked") from None
        archive.extractall(root, filter="data")


def unpack(data: JsBuffer, format: str, extract_dir: str | None = None) -> None:
    """Unpack the archive in the buffer `data` into `extract_dir`, or the current folder.

    Raises ValueError when the format is not known or a member would be outside; nothing is written
    then.
    """
    kind = _SYNONYMS.get(format.removeprefix("."))
    if kind is None:
        raise ValueError(f"Unknown archive format {format!r}: choose from {sorted(_SYNONYMS)}")
    root = os.path.realpath(extract_dir or os.getcwd())
    os.makedirs(root, exist_ok=True)
    file = io.BytesIO(data.to_bytes())
    if kind == "zip":
        _unpack_zip(file, root)
    else:
        _unpack_tar(file, root)
    # Finders remember what a folder held, and that there was none.
    sys.path_importer_cache.clear()
