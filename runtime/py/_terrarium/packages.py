"""Unpacking the packages that loadPackage() has fetched."""

import io
import os
import sys
import zipfile

from _terrarium.archives import check_members

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
    platforms = stem[-1].split(".")
    if f"pyemscripten_{abi}_wasm32" not in platforms and "any" not in platforms:
        raise ValueError(
            f"{file_name} is for {stem[-1]}: this is pyemscripten_{abi}_wasm32; find a wheel for that or for any"
        )
    version = "{}{}".format(*sys.version_info)
    pythons = stem[-3].split(".")
    fits = {f"cp{version}", f"py{version}", "py3"}
    if fits.isdisjoint(pythons) and not (stem[-2] == "abi3" and pythons[0].startswith("cp3")):
        raise ValueError(
            f"{file_name} is for the Python {stem[-3]}: this is cp{version}; find a wheel for that"
        )


def install(data, file_name: str, sha256: str | None, install_dir: str) -> list[str]:
    """Check and unpack a package. Gives the shared libraries in it, as absolute paths.

    Nothing is written when the hash is another than `sha256`, when a file would be outside of the folder, or when the
    archive is damaged.
    """
    content = data.to_bytes()
    if sha256 is not None:
        import hashlib

        found = hashlib.sha256(content).hexdigest()
        if found != sha256:
            raise ValueError(
                f"{file_name} has the SHA-256 {found}, not {sha256} as the lock file says: nothing was installed; "
                "fetch the file again, or put the release's own in its place"
            )
    root = _FOLDERS.get(install_dir, _FOLDERS["site"])
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        damaged = archive.testzip()
    except zipfile.BadZipFile as error:
        raise ValueError(
            f"{file_name} is no whole zip file ({error}): nothing was installed; fetch it again"
        ) from None
    with archive:
        if damaged is not None:
            raise ValueError(
                f"{damaged!r} in {file_name} is damaged: nothing was installed; fetch the file again"
            )
        check_members(archive.namelist(), root)
        os.makedirs(root, exist_ok=True)
        archive.extractall(root)
        names = archive.namelist()
    _note_installer(names, root)
    sys.path_importer_cache.clear()
    return [os.path.join(root, name) for name in names if name.endswith(".so")]


def _note_installer(names: list[str], root: str) -> None:
    for name in names:
        folder, _, file = name.rpartition("/")
        if file == "METADATA" and folder.endswith(".dist-info") and "/" not in folder:
            with open(os.path.join(root, folder, "INSTALLER"), "w") as installer:
                installer.write("terrarium.loadPackage\n")


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
