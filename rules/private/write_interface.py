"""Writes the interface of a shared library: a source in C that has its functions, and does nothing.

    python -m rules.private.write_interface OUT.c EXPORTS ARCHIVE...

EXPORTS is a file with a name on each line. Each function has the WebAssembly type that it has in
the archives; a call traps. What is compiled and linked against the result is the same as with the
library itself, and need not be built anew when the library computes something in another way.
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from toolchains.fortran.private.wasm_types import FormatError, archive_types

#: WebAssembly's types in C.
_IN_C = {"void": "void", "i32": "int", "i64": "long long", "f32": "float", "f64": "double"}


class InterfaceError(Exception):
    """A library has no interface that can be written in C."""


def write(exports: Iterable[str], types: Mapping[str, str]) -> str:
    """Gives the source. `types` are as wasm_types.py gives them: `i32 (i32, f64)`.

    Raises InterfaceError for a name without a function, or for a type that is not C's.
    """
    lines = []
    for name in sorted(exports):
        if name not in types:
            raise InterfaceError(f"{name} is exported, and nothing defines it: correct `exports`")
        result, _, rest = types[name].partition(" (")
        parameters = [word for word in rest.removesuffix(")").split(", ") if word]
        unknown = [word for word in [result, *parameters] if word not in _IN_C]
        if unknown:
            raise InterfaceError(f"{name} has a {unknown[0]} in its type, {types[name]}")
        declared = ", ".join(f"{_IN_C[word]} a{n}" for n, word in enumerate(parameters)) or "void"
        lines.append(f"{_IN_C[result]} {name}({declared}) {{ __builtin_trap(); }}\n")
    return "".join(lines)


def main(arguments: list[str]) -> int:
    """The command line described in the module's docstring."""
    out, exports, *archives = map(Path, arguments)
    try:
        source = write(exports.read_text().split(), archive_types(archives))
    except (FormatError, InterfaceError) as error:
        sys.stderr.write(f"{out.stem}: {error}\n")
        return 1
    out.write_text(source, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
