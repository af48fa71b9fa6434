"""Builds parts of Emscripten's sysroot with its own embuilder, each in its own cache folder.

    build_sysroot.py headers OUT
    build_sysroot.py library OUT NAME [--pic]
    build_sysroot.py merge OUT PART...

Every OUT is a folder with the layout of an Emscripten cache, holding only what was asked for.
Run from Bazel's execution root, in an action.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EMSCRIPTEN = Path("external/debian_emscripten/usr/share/emscripten")
CONFIG = Path("toolchains/emscripten/emscripten.config")


def embuilder(cache: Path, arguments: list[str]) -> None:
    """Runs embuilder on the given cache folder; on failure shows its output and stops."""
    environment = {
        "EM_CACHE": str(cache.absolute()),
        "EM_CONFIG": str(CONFIG.absolute()),
        "EMSDK_PYTHON": sys.executable,
        "EMCC_SKIP_SANITY_CHECK": "1",
        "EMCC_CORES": str(os.cpu_count() or 1),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "NODE_OPTIONS": "--preserve-symlinks --preserve-symlinks-main",
        "TMPDIR": tempfile.gettempdir(),
    }
    command = [str((EMSCRIPTEN / "embuilder").absolute()), *arguments]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        sys.exit(f"embuilder {' '.join(arguments)} failed:\n{done.stdout}")


def build_headers(out: Path) -> None:
    """Installs the system headers at OUT/sysroot/include."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        embuilder(cache, ["build", "sysroot"])
        shutil.copytree(cache / "sysroot", out / "sysroot", dirs_exist_ok=True)
        (out / "sysroot_install.stamp").write_text("")


def build_library(out: Path, name: str, pic: bool) -> None:
    """Builds the library NAME at OUT/sysroot/lib/…"""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        embuilder(cache, [*(["--pic"] if pic else []), "build", name])
        built = cache / "sysroot" / "lib"
        shutil.copytree(
            built,
            out / "sysroot" / "lib",
            dirs_exist_ok=True,
            ignore=lambda directory, names: [
                entry
                for entry in names
                if not (Path(directory) / entry).is_dir() and not entry.endswith((".a", ".o"))
            ],
        )
    if not any(out.rglob("*.[ao]")):
        sys.exit(f"embuilder built nothing for {name}: is that a name `embuilder` lists?")


def merge(out: Path, parts: list[Path]) -> None:
    """Copies the parts into one cache folder; two that bring a file differently are an error."""
    for part in parts:
        for source in sorted(part.rglob("*")):
            if source.is_dir():
                continue
            target = out / source.relative_to(part)
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                if target.read_bytes() != source.read_bytes():
                    sys.exit(f"{target}: two parts of the sysroot disagree on it ({part})")
                continue
            shutil.copyfile(source, target)


def main() -> None:
    """Parses the command line and runs what it asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    headers = commands.add_parser("headers")
    headers.add_argument("out", type=Path)
    library = commands.add_parser("library")
    library.add_argument("out", type=Path)
    library.add_argument("name")
    library.add_argument("--pic", action="store_true")
    merged = commands.add_parser("merge")
    merged.add_argument("out", type=Path)
    merged.add_argument("parts", type=Path, nargs="+")
    arguments = parser.parse_args()
    if arguments.command == "headers":
        build_headers(arguments.out)
    elif arguments.command == "library":
        build_library(arguments.out, arguments.name, arguments.pic)
    else:
        merge(arguments.out, arguments.parts)


if __name__ == "__main__":
    main()
