"""Packs Python modules into a zip file that is importable, and the same wherever it is built.

Run by //cpython:stdlib_zip and its like in an action, by the build Python, whose bytecode is
that of the target.
"""

import argparse
import importlib.util
import marshal
import sys
import tomllib
import zipfile
from importlib._bootstrap_external import (  # type: ignore[attr-defined]
    _code_to_hash_pyc,
)
from pathlib import Path, PurePosixPath


def read_choice(path: Path, available: set[str]) -> tuple[set[str], set[str]]:
    """Returns the files to leave out and those to compile.

    What matches nothing, or has no reason, is an error.
    """
    excluded: set[str] = set()
    compiled: set[str] = set()
    problems = []
    lines = path.read_text().splitlines()

    def at(name: str) -> str:
        found = (number for number, line in enumerate(lines, 1) if f'"{name}"' in line)
        return f"{path}:{next(found, 1)}"

    for kind, entries in tomllib.loads(path.read_text()).items():
        if kind not in ("exclude", "bytecode"):
            problems.append(f"{path}: [[{kind}]]: only exclude and bytecode are known")
            continue
        for entry in entries:
            names = entry.get("paths" if kind == "exclude" else "modules", [])
            if not names or not entry.get("reason"):
                problems.append(f"{path}: a [[{kind}]] has no names or no reason")
            for name in names:
                if kind == "exclude":
                    found = {
                        file for file in available if file == name or file.startswith(name + "/")
                    }
                    excluded |= found
                else:
                    stem = name.replace(".", "/")
                    found = available & {f"{stem}.py", f"{stem}/__init__.py"}
                    compiled |= found
                if not found:
                    problems.append(f"{at(name)}: there is no {name}: remove it")
    if problems:
        sys.exit("\n".join(problems))
    return excluded, compiled


def bytecode(source: bytes, where: str) -> bytes:
    """Compiles a module, so that nothing is checked when it is imported."""
    code = compile(source, where, "exec", dont_inherit=True, optimize=0)
    # What has been through marshal once has no trace left of how the compiler shared its constants.
    code = marshal.loads(marshal.dumps(code))
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), checked=False))


def pack(out: Path, files: dict[str, bytes], compression: int) -> None:
    """Writes the zip file."""
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, files[name], compress_type=compression, compresslevel=9)


def main() -> None:
    """Parses the command line and packs."""
    parser = argparse.ArgumentParser(description=__doc__, fromfile_prefix_chars="@")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--root", type=PurePosixPath, required=True, help="folder that the names start from"
    )
    parser.add_argument("--choice", type=Path, help="what to leave out and what to compile")
    parser.add_argument("--extra", nargs=2, action="append", default=[], metavar=("NAME", "FILE"))
    parser.add_argument("--tree", nargs=2, action="append", default=[], metavar=("ROOT", "FILE"))
    parser.add_argument(
        "--magic", type=Path, required=True, help="upstream's header of the version to build for"
    )
    parser.add_argument(
        "--run-time-path", required=True, help="where the zip file is when Python runs"
    )
    parser.add_argument("--compression", choices=["deflate", "store"], default="deflate")
    parser.add_argument("--bytecode", choices=["none", "listed", "all"], default="none")
    parser.add_argument("files", type=PurePosixPath, nargs="*")
    arguments = parser.parse_args()

    magic = int.from_bytes(importlib.util.MAGIC_NUMBER[:2], "little")
    if f"#define PYC_MAGIC_NUMBER {magic}" not in arguments.magic.read_text():
        sys.exit(
            f"The build Python {sys.version.split()[0]} writes bytecode of number {magic}, which "
            f"{arguments.magic} does not: lock one of the target's minor version "
            "(./bazelw run //tools/lock -- debian)"
        )

    sources = {str(file.relative_to(arguments.root)): Path(file) for file in arguments.files}
    excluded: set[str] = set()
    compiled: set[str] = set()
    if arguments.choice:
        excluded, compiled = read_choice(arguments.choice, set(sources))
    files = {name: path.read_bytes() for name, path in sources.items() if name not in excluded}
    for name, file in arguments.extra:
        files[name] = Path(file).read_bytes()
    for root, file in arguments.tree:
        name = str(PurePosixPath(file).relative_to(root))
        if name in files:
            sys.exit(f"{file}: the standard library has a {name} too")
        files[name] = Path(file).read_bytes()
        compiled.add(name)
    if arguments.bytecode != "none":
        for name in [name for name in files if name.endswith(".py")]:
            if arguments.bytecode == "all" or name in compiled:
                files[name + "c"] = bytecode(files[name], f"{arguments.run_time_path}/{name}")
    pack(
        arguments.out,
        files,
        zipfile.ZIP_DEFLATED if arguments.compression == "deflate" else zipfile.ZIP_STORED,
    )


if __name__ == "__main__":
    main()
