"""Packs Python's standard library, compiled, into one zip; moves its extension modules beside it.

    python3 pack_stdlib.py STDLIB LIB

STDLIB is a folder like usr/lib/python3.14 of the running Python; LIB becomes the `lib` that Python
finds from the folder of its program: LIB/python314.zip and LIB/python3.14/lib-dynload. STDLIB is
gone afterwards.

A sandbox then holds one file in place of some thousand, and Python starts faster, since nothing is
compiled. The same library gives the same bytes: sources and code are stored uncompressed, in order,
without times; code is bound to its source by hash, and never checked again.
"""

import importlib.util
import shutil
import sys
import zipfile
from importlib import _bootstrap_external
from pathlib import Path


def pack(stdlib: Path, target: Path) -> None:
    """Writes every module of `stdlib`, source and code, into the zip `target`."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as bundle:
        for path in sorted(stdlib.rglob("*.py")):
            name = path.relative_to(stdlib).as_posix()
            source = path.read_bytes()
            # The file name in tracebacks; a path of this machine would make the bytes its own.
            code = compile(source, f"{target.name}/{name}", "exec", dont_inherit=True, optimize=0)
            data = _bootstrap_external._code_to_hash_pyc(  # type: ignore[attr-defined]
                code, importlib.util.source_hash(source), False
            )
            bundle.writestr(zipfile.ZipInfo(name), source)
            bundle.writestr(zipfile.ZipInfo(f"{name}c"), data)


def main() -> None:
    """The command line described in the module's docstring."""
    stdlib, lib = map(Path, sys.argv[1:])
    extensions = lib / stdlib.name / "lib-dynload"
    extensions.parent.mkdir(parents=True)
    pack(stdlib, lib / f"python{sys.version_info[0]}{sys.version_info[1]}.zip")
    (stdlib / "lib-dynload").rename(extensions)
    shutil.rmtree(stdlib)


if __name__ == "__main__":
    main()
