"""Writes packages/lapack/sources.bzl: which files LAPACK's own CMake files compile, and into what.

    list_sources.py --root LAPACK [--check OLD] [--out NEW]

CMake's language is read as far as these files use it: set, list, if, and calls of macros and
functions, which are taken down with their arguments. With --check, compares with an existing file
and fails, saying how to renew it, when that is stale.
"""

from __future__ import annotations

import argparse
import difflib
import json
import posixpath
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

COMMAND = "./bazelw run //packages/lapack:update_sources"

HEADER = f'"""Which files LAPACK\'s CMake files compile. Written by `{COMMAND}`: do not edit."""\n'

#: What is built: all four kinds and the deprecated routines, but not XBLAS, another library.
OPTIONS = {
    "BUILD_SINGLE": True,
    "BUILD_DOUBLE": True,
    "BUILD_COMPLEX": True,
    "BUILD_COMPLEX16": True,
    "BUILD_DEPRECATED": True,
}

#: Variables that the top of the tree sets for its folders.
VARIABLES = {
    "SECOND_SRC": ["../INSTALL/second_INT_CPU_TIME.f"],
    "DSECOND_SRC": ["../INSTALL/dsecnd_INT_CPU_TIME.f"],
}


class CMakeError(Exception):
    """Something in a CMake file that is not understood."""


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a CMake file with their arguments, unexpanded."""
    text = re.sub(r"#.*", "", text)
    for found in re.finditer(r"(\w+)\s*\(((?:[^()\"]|\"(?:\\.|[^\"\\])*\"|\([^()]*\))*)\)", text):
        yield found[1].lower(), re.findall(r"\"(?:\\.|[^\"\\])*\"|[^\s\"]+", found[2])


class Folder:
    """One CMakeLists.txt: its variables after it ran, and its calls of what it does not define."""

    def __init__(self, path: Path) -> None:
        self.variables = {name: list(value) for name, value in VARIABLES.items()}
        self.calls: list[tuple[str, list[str]]] = []
        self._run(list(commands(path.read_text(encoding="utf-8"))))

    def _expand(self, words: Sequence[str]) -> list[str]:
        expanded: list[str] = []
        for word in words:
            if found := re.fullmatch(r"\$\{(\w+)\}", word):
                expanded += self.variables.get(found[1], [])
            else:
                expanded.append(word)
        return expanded

    @staticmethod
    def _holds(condition: Sequence[str]) -> bool:
        """Options joined by AND; what is no option is off."""
        return all(OPTIONS.get(word, False) for word in condition if word != "AND")

    def _run(self, program: Sequence[tuple[str, list[str]]]) -> None:
        conditions: list[bool] = []
        skipped = 0
        for name, words in program:
            if name in ("macro", "function", "foreach"):
                skipped += 1
            elif name in ("endmacro", "endfunction", "endforeach"):
                skipped -= 1
            elif skipped:
                continue
            elif name == "if":
                conditions.append(self._holds(words))
            elif name == "else":
                conditions[-1] = not conditions[-1]
            elif name == "elseif":
                raise CMakeError("elseif is not understood")
            elif name == "endif":
                conditions.pop()
            elif not all(conditions):
                continue
            elif name == "set":
                self.variables[words[0]] = self._expand(words[1:])
            elif name == "list" and words[0] == "APPEND":
                self.variables.setdefault(words[1], []).extend(self._expand(words[2:]))
            elif name == "list" and words[0] == "REMOVE_DUPLICATES":
                self.variables[words[1]] = list(dict.fromkeys(self.variables[words[1]]))
            else:
                self.calls.append((name, self._expand(words)))


def under(folder: str, names: Sequence[str]) -> list[str]:
    """Paths from the root, sorted, each once."""
    return sorted({posixpath.normpath(f"{folder}/{name}") for name in names})


def read(root: Path) -> dict[str, object]:
    """Everything that sources.bzl says. Raises CMakeError."""
    src, blas = Folder(root / "SRC/CMakeLists.txt"), Folder(root / "BLAS/SRC/CMakeLists.txt")
    matgen = Folder(root / "TESTING/MATGEN/CMakeLists.txt")
    modules = under("SRC", src.variables["ALLMOD"])
    # The constants come before what uses them.
    modules.sort(key=lambda name: "constants" not in name)
    programs: dict[str, list[str]] = {}
    for folder in ("TESTING/LIN", "TESTING/EIG"):
        for name, words in Folder(root / folder / "CMakeLists.txt").calls:
            if name in ("add_lin_executable", "add_eig_executable"):
                programs[words[0]] = under(folder, words[1:])
    tests: list[list[str]] = []
    for name, words in Folder(root / "TESTING/CMakeLists.txt").calls:
        if name == "add_lapack_test":
            _, given, program = words
            # CMake leaves out a test whose input is not there.
            if (root / "TESTING" / given).is_file():
                tests.append([program, f"TESTING/{given}"])
    blas_tests: list[list[str]] = []
    for name, words in Folder(root / "BLAS/TESTING/CMakeLists.txt").calls:
        if name == "add_blas_test":
            source = f"BLAS/TESTING/{words[1]}"
            given = source.removesuffix(".f") + ".in"
            programs[words[0]] = [source]
            blas_tests.append([words[0], given if (root / given).is_file() else ""])
    cblas_programs: dict[str, list[str]] = {}
    cblas_tests: list[list[str]] = []
    for name, words in Folder(root / "CBLAS/testing/CMakeLists.txt").calls:
        if name == "add_executable":
            # The header is written by CMake: the copy that the sources find is as good.
            sources = [word for word in words[1:] if not word.endswith("/cblas_test.h")]
            cblas_programs[words[0]] = under("CBLAS/testing", sources)
        elif name == "add_cblas_test":
            _, given, program = words
            cblas_tests.append([program, f"CBLAS/testing/{given}" if given != '""' else ""])
    found: dict[str, object] = {
        "BLAS": under("BLAS/SRC", blas.variables["SOURCES"]),
        "BLAS_TESTS": blas_tests,
        "CBLAS_PROGRAMS": cblas_programs,
        "CBLAS_TESTS": cblas_tests,
        "LAPACK": [name for name in under("SRC", src.variables["SOURCES"]) if name not in modules],
        "LAPACK_MODULES": modules,
        "LAPACK_TESTS": tests,
        "MATGEN": under("TESTING/MATGEN", matgen.variables["SOURCES"]),
        "PROGRAMS": programs,
    }
    for name, value in found.items():
        if not value:
            raise CMakeError(f"{name} would be empty")
    return found


def starlark(found: dict[str, object]) -> str:
    """The text of sources.bzl, as buildifier has it."""

    def literal(value: object, indent: str) -> str:
        inner = indent + "    "
        if isinstance(value, dict):
            items = [f"{json.dumps(key)}: {literal(value[key], inner)}" for key in sorted(value)]
            brackets = "{}"
        elif isinstance(value, list):
            items = [literal(item, inner) for item in value]
            brackets = "[]"
        else:
            return json.dumps(value)
        return "\n".join(
            [brackets[0], *(f"{inner}{item}," for item in items), indent + brackets[1]]
        )

    return HEADER + "".join(f"\n{name} = {literal(found[name], '')}\n" for name in sorted(found))


def main() -> None:
    """Writes or checks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--root", type=Path, required=True, help="LAPACK's source tree, or a file in it"
    )
    parser.add_argument("--check", type=Path, help="the file that should be the same")
    parser.add_argument("--out", type=Path, help="the file to write")
    options = parser.parse_args()
    root = options.root if options.root.is_dir() else options.root.parent
    try:
        text = starlark(read(root))
    except CMakeError as error:
        sys.exit(f"LAPACK's CMake files: {error}: mend packages/lapack/private/list_sources.py")
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    if options.check and (old := options.check.read_text(encoding="utf-8")) != text:
        difference = difflib.unified_diff(
            old.splitlines(),
            text.splitlines(),
            "packages/lapack/sources.bzl",
            "LAPACK",
            lineterm="",
        )
        print("\n".join(difference))
        sys.exit(f"packages/lapack/sources.bzl is stale. Renew it with\n\n    {COMMAND}\n")


if __name__ == "__main__":
    main()
