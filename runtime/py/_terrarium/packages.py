"""Unpacking the packages that loadPackage() has fetched."""

import contextlib
import io
import os
import shutil
import sys
import zipfile
import zlib

from _terrarium.archives import check_members

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from _terrarium_core import JsBuffer

#: Where the lock file's `install_dir` is.
_FOLDERS = {
    "site": "/lib/python3.14/site-packages",
    "stdlib": "/lib/python3.14",
    "dynlib": "/usr/lib",
}


def check_tags(file_name: str, abi: str) -> None:
    """Refuse a wheel that is for another Python or another machine.

    `abi` is the version of the ABI, such as "2026_0".
    """
    stem = file_name.removesuffix(".whl").split("-")
    if len(stem) < 5:
        raise ValueError(
            f"{file_name!r} is no name of a wheel: NAME-VERSION-PYTHON-ABI-PLATFORM.whl is"
        )
    python, wheel_abi, platform = stem[-3:]
    platforms = platform.split(".")
    if f"pyemscripten_{abi}_wasm32" not in platforms and "any" not in platforms:
        raise ValueError(
            f"{file_name} is for {platform}: this is pyemscripten_{abi}_wasm32; "
            "find a wheel for that or for any"
        )
    if not any(_runs(tag, wheel_abi.split(".")) for tag in python.split(".")):
        raise ValueError(
            f"{file_name} is for the Python {python} and its ABI {wheel_abi}: "
            f"this is cp3{sys.version_info.minor}; find a wheel for that"
        )


def _runs(python: str, abis: list[str]) -> bool:
    """Whether this Python runs what a wheel has for `python`, such as "py3" or "cp314"."""
    implementation, version = python[:2], python[2:]
    if not version.startswith("3") or not version.isdecimal():
        return False
    minor = int(version[1:] or "0")
    if implementation == "py":
        return "none" in abis and minor <= sys.version_info.minor
    if implementation != "cp":
        return False
    if "abi3" in abis:
        return minor <= sys.version_info.minor
    return minor == sys.version_info.minor and ("none" in abis or python in abis)


class _Changes:
    """What an install changes in the file system, so that it can be taken back."""

    def __init__(self) -> None:
        self._folders: list[str] = []
        #: The files, and what was in them before.
        self._files: dict[str, bytes | None] = {}

    def make_folder(self, path: str) -> None:
        if not os.path.isdir(path):
            self.make_folder(os.path.dirname(path))
            # Noted first: what is noted and not there does no harm.
            self._folders.append(path)
            os.mkdir(path)

    def write(self, path: str, source: IO[bytes]) -> None:
        self.make_folder(os.path.dirname(path))
        if path not in self._files:
            before = None
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    before = file.read()
            self._files[path] = before
        with open(path, "wb") as file:
            shutil.copyfileobj(source, file)

    def take_back(self) -> list[str]:
        """Leave the file system as it was. Gives the files that are gone."""
        # One that cannot be taken back keeps none of the others.
        made = [path for path, before in self._files.items() if before is None]
        for path in made:
            with contextlib.suppress(OSError):
                os.remove(path)
        for path in reversed(self._folders):
            # It stays when somebody else has put something into it.
            with contextlib.suppress(OSError):
                os.rmdir(path)
        # Last: there is room for them again.
        for path, before in self._files.items():
            if before is not None:
                with contextlib.suppress(OSError), open(path, "wb") as file:
                    file.write(before)
        sys.path_importer_cache.clear()
        return made


#: The changes of the install that keep() or roll_back() has not ended yet.
_current = _Changes()


def install(data: JsBuffer, file_name: str, sha256: str | None, install_dir: str) -> list[str]:
    """Check and unpack a package. Gives the shared libraries in it, as absolute paths.

    Nothing is written when the hash is another than `sha256`, when a file would be outside of the
    folder, or when the archive is damaged. When unpacking fails half-way, what was written is taken
    back. What a wheel has in `NAME.data` goes where it belongs (PEP 427); scripts and headers,
    which are of no use here, are left out.

    keep() or roll_back() ends it.
    """
    global _current
    content = data.to_bytes()
    if sha256 is not None:
        import hashlib

        found = hashlib.sha256(content).hexdigest()
        if found != sha256:
            raise ValueError(
                f"{file_name} has the SHA-256 {found}, not {sha256} as the lock file says: "
                "nothing was installed; fetch the file again, or put the release's own in its place"
            )
    root = os.path.realpath(_FOLDERS.get(install_dir, _FOLDERS["site"]))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        # What has the hash of the lock file is whole; this reads and unpacks all of it.
        damaged = archive.testzip() if sha256 is None else None
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ValueError(
            f"{file_name} is no whole zip file ({error}): nothing was installed; fetch it again"
        ) from None
    with archive:
        if damaged is not None:
            raise ValueError(
                f"{damaged!r} in {file_name} is damaged: nothing was installed; "
                "fetch the file again"
            )
        names = archive.namelist()
        paths = _places(names, root)
        changes = _Changes()
        try:
            changes.make_folder(root)
            for member, path in zip(archive.infolist(), paths, strict=True):
                if path is None:
                    continue
                if member.is_dir():
                    changes.make_folder(path)
                else:
                    with archive.open(member) as source:
                        changes.write(path, source)
            _note_installer(names, root, changes)
        except BaseException:
            changes.take_back()
            raise
    _current = changes
    sys.path_importer_cache.clear()
    return [path for path in paths if path is not None and path.endswith(".so")]


def _places(names: list[str], root: str) -> list[str | None]:
    """Where each member of a package belongs; None for what is left out."""
    if not any(".data/" in name for name in names):
        return [*check_members(names, root)]
    bases: dict[str, str | None] = {
        "purelib": root,
        "platlib": root,
        "data": os.path.realpath(sys.prefix),
        "scripts": None,
        "headers": None,
    }
    places: list[str | None] = []
    for name in names:
        folder, _, rest = name.partition("/")
        base: str | None = root
        if "-" in folder and folder.endswith(".data") and rest:
            scheme, _, name = rest.partition("/")
            if scheme not in bases:
                raise ValueError(
                    f"The archive has files in {folder}/{scheme}, which no wheel has: nothing was "
                    f"installed; those that are known are {', '.join(bases)}"
                )
            base = bases[scheme]
        places += check_members([name], base) if base is not None else [None]
    return places


def _note_installer(names: list[str], root: str, changes: _Changes) -> None:
    for name in names:
        folder, _, file = name.rpartition("/")
        if file == "METADATA" and folder.endswith(".dist-info") and "/" not in folder:
            installer = os.path.join(root, folder, "INSTALLER")
            changes.write(installer, io.BytesIO(b"terrarium.loadPackage\n"))


def keep() -> None:
    """Let what the last install() wrote stay: it cannot be taken back any more."""
    global _current
    _current = _Changes()


def roll_back() -> list[str]:
    """Take back what the last install() wrote. Gives the files that are gone.

    Files that it replaced are as they were, and folders that it made are gone when nobody else has
    put anything into them.
    """
    changes = _current
    keep()
    return changes.take_back()


def missing_imports(source: str) -> list[str]:
    """The top-level modules that the code imports and that cannot be imported yet."""
    from importlib.util import find_spec

    from pyodide.code import find_imports

    missing = []
    for name in find_imports(source):
        try:
            if name not in sys.modules and find_spec(name) is None:
                missing.append(name)
        except ImportError, ValueError:
            missing.append(name)
    return missing
