"""flang for WebAssembly: the command line of flang, from Fortran sources to objects.

    flang -c FILE.f90 -o FILE.o [OPTION]...

A source goes through four programs: flang makes FIR of it for 32-bit x86, tco LLVM IR of that,
retarget.py IR for wasm32, and clang an object. Links are emcc's, with the Fortran run-time library
(//toolchains/fortran/runtime).

Beside flang's options there are

    -fkeep-lengths=NAME[,NAME]...  procedures (`xerbla_`) whose Fortran callers give hidden lengths
    -save-temps                    leave the FIR and both IRs beside the object

The programs are found from this file's place in the execution root; TERRARIUM_FORTRAN_MODULES names
the folder of the intrinsic modules, and TERRARIUM_FORTRAN_TYPES the types of the run-time library
and of C.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from front_end import install
from retarget import LENGTH, RefusedError, retarget
from source_paths import make_relative
from wasm_types import undefined_functions

ROOT = Path(__file__).absolute().parents[3]
_FLANG = ROOT / "external/debian_fortran/bin"
_LLVM = ROOT / "external/debian_emscripten/bin"

#: What flang takes to be Fortran, and which of it goes through the preprocessor.
SOURCES = (".f", ".for", ".ftn", ".f90", ".f95", ".f03", ".f08")
PREPROCESSED = (".F", ".FOR", ".fpp", ".FPP", ".F90", ".F95", ".F03", ".F08")

#: Options whose value is the next argument.
_WITH_VALUE = (
    "-o",
    "-I",
    "-J",
    "-module-dir",
    "-D",
    "-U",
    "-MF",
    "-MT",
    "-MQ",
    "-x",
    "-L",
    "-l",
    "-Xlinker",
)

#: Those among them whose value says nothing here.
_UNREAD = ("-MT", "-MQ", "-x", "-L", "-l", "-Xlinker")

#: Options of flang's front end, by how they start.
_FRONT_END = (
    "-D",
    "-I",
    "-U",
    "-cpp",
    "-nocpp",
    "-fbackslash",
    "-fno-backslash",
    "-fdefault-",
    "-ffixed-",
    "-ffree-form",
    "-fimplicit-none",
    "-fno-implicit-none",
    "-flogical-abbreviations",
    "-fno-logical-abbreviations",
    "-fxor-operator",
    "-fno-xor-operator",
    "-pedantic",
    "-std=",
    "-w",
)

#: What says nothing here: the object is position-independent and made for one platform anyway, and
#: build systems give compilations what is for links.
_IGNORED = re.compile(
    r"-(?:f(?:no-)?(?:PIC|pic|PIE|pie|stack-arrays|math-errno|color-diagnostics)"
    r"|fdiagnostics-color.*|fvisibility=.*|g\d?|ggdb\d?|m.*|W.*|pipe|O.*|[Lls].*)"
)

#: clang's, for an object that a side module may hold: //toolchains/emscripten:flags.bzl says why.
_CLANG = (
    "-x",
    "ir",
    "-target",
    "wasm32-unknown-emscripten",
    "-fPIC",
    "-fwasm-exceptions",
    "-msimd128",
    "-Wno-override-module",
)


class UsageError(Exception):
    """A command line that can't be followed; the message says why."""


@dataclass
class CommandLine:
    """What a command line asks for."""

    sources: list[str] = field(default_factory=list)
    front_end: list[str] = field(default_factory=list)
    keep_lengths: list[str] = field(default_factory=list)
    output: str = ""
    modules: str = "."
    optimize: str = "-O0"
    dependencies: str = ""
    preprocess: bool = False
    compile: bool = False
    save: bool = False


def parse(arguments: Sequence[str]) -> CommandLine:
    """Reads a command line of flang. Raises UsageError for what this flang does not have."""
    line = CommandLine()
    words = iter(arguments)
    for word in words:
        value = ""
        option = next((name for name in _WITH_VALUE if word == name), "")
        if option and not (value := next(words, "")):
            raise UsageError(f"{option} needs a value after it")
        if word.startswith("-J") and not option:
            option, value = "-J", word[2:]
        elif word.startswith("-module-dir=") or (word.startswith("-o") and not option):
            option, _, value = word.partition("=") if "=" in word else ("-o", "", word[2:])
        if option == "-o":
            line.output = value
        elif option in ("-J", "-module-dir"):
            line.modules = value
        elif option in ("-D", "-I", "-U"):
            line.front_end += [option + value]
        elif option == "-MF":
            line.dependencies = value
        elif option in _UNREAD or word in ("-MD", "-MMD", "-MP"):
            pass
        elif word == "-c":
            line.compile = True
        elif word == "-E":
            line.preprocess = True
        elif word == "-save-temps":
            line.save = True
        elif word.startswith("-fkeep-lengths="):
            line.keep_lengths += word.partition("=")[2].split(",")
        elif word.startswith(("-fopenmp", "-fopenacc")):
            raise UsageError(f"{word}: there are no threads on this platform; leave the option out")
        elif re.fullmatch(r"-O[0-3sgz]?|-Ofast", word):
            line.optimize = {"-O": "-O2", "-Ofast": "-O3", "-Og": "-O1"}.get(word, word)
        elif word.startswith(_FRONT_END):
            line.front_end.append(word)
        elif word.endswith(SOURCES + PREPROCESSED):
            line.sources.append(word)
        elif not _IGNORED.fullmatch(word):
            what = "an option" if word.startswith("-") else "an option or a source"
            raise UsageError(f"{word}: not {what} that flang for WebAssembly knows")
    if not line.compile and not line.preprocess:
        raise UsageError("this flang makes objects: give -c. Links are emcc's, with objects alone")
    if not line.sources:
        raise UsageError("no input files")
    if line.compile and line.output and len(line.sources) > 1:
        raise UsageError("-o with -c takes one source")
    return line


def run(*command: str) -> None:
    """Runs a program; ends with its exit status if it fails."""
    done = subprocess.run(command)
    if done.returncode:
        sys.exit(done.returncode)


def front_end(line: CommandLine, source: str, scratch: str) -> list[str]:
    """The command of flang's front end for a source, without what it is to make.

    scratch: a folder of its own for the copy of flang that has our intrinsic modules.
    """
    flang = _FLANG / "flang-new"
    if modules := os.environ.get("TERRARIUM_FORTRAN_MODULES"):
        flang = install(_FLANG, Path(modules), Path(scratch, "flang"))
    command = [str(flang), "-fc1", "-triple", "i686-unknown-linux-gnu"]
    if source.endswith(PREPROCESSED) and "-nocpp" not in line.front_end:
        command.append("-cpp")
    return [*command, *line.front_end]


def compile_source(line: CommandLine, source: str, output: str) -> None:
    """Makes an object of a source."""
    types_file = os.environ.get("TERRARIUM_FORTRAN_TYPES")
    types = json.loads(Path(types_file).read_text(encoding="utf-8")) if types_file else None
    Path(line.modules).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="flang-") as scratch:
        stem = output.removesuffix(".o") if line.save else f"{scratch}/module"
        fir, x86, wasm = f"{stem}.fir", f"{stem}.i686.ll", f"{stem}.wasm32.ll"
        optimize = line.optimize if line.optimize in ("-O0", "-O1", "-O3") else "-O2"
        run(
            *front_end(line, source, scratch),
            *("-module-dir", line.modules, optimize, "-emit-fir", source, "-o", fir),
        )
        run(f"{_FLANG}/tco", "--target=i686-unknown-linux-gnu", fir, "-o", x86)
        here = Path.cwd()
        folders = [flag[2:] for flag in line.front_end if flag.startswith("-I")]
        folders += [".", str(Path(source).parent)]
        places = [Path(os.path.normpath(here / folder)) for folder in folders]
        ir = make_relative(Path(x86).read_text(encoding="utf-8"), here, places)
        try:
            text = retarget(
                Path(fir).read_text(encoding="utf-8"),
                ir,
                line.keep_lengths,
                types,
            )
        except RefusedError as refusal:
            sys.exit(f"{source}: {refusal}")
        Path(wasm).write_text(text, encoding="utf-8")
        # Lengths that nobody uses go away with optimisation, so there is always some.
        level = "-O1" if optimize == "-O0" else line.optimize
        run(f"{_LLVM}/clang", *_CLANG, level, "-c", wasm, "-o", output)
    for name in undefined_functions(Path(output).read_bytes()):
        if name.startswith(LENGTH + "."):
            procedure = name[len(LENGTH) + 1 :].rpartition(".")[0]
            Path(output).unlink()
            sys.exit(
                f"{source}: {procedure} needs the length of a CHARACTER(*) argument, which callers "
                f"in C do not give: compile it and what calls it with -fkeep-lengths={procedure}"
            )


def main(arguments: Sequence[str]) -> None:
    """Follows a command line."""
    # The launcher's, for the modules beside this one; the programs started here have no use for it.
    os.environ.pop("PYTHONPATH", None)
    if "--help" in arguments:
        # The first line is what Meson knows flang by.
        print(f"OVERVIEW: flang LLVM compiler\n\n{__doc__}")
        return
    if "--version" in arguments or ("-v" in arguments and len(arguments) == 1):
        run(f"{_FLANG}/flang-new", "--version")
        print("Target for WebAssembly: wasm32-unknown-emscripten")
        return
    try:
        line = parse(arguments)
    except UsageError as error:
        sys.exit(f"flang: error: {error}")
    for source in line.sources:
        if line.preprocess:
            with tempfile.TemporaryDirectory(prefix="flang-") as scratch:
                run(*front_end(line, source, scratch), "-E", source, "-o", line.output or "-")
            continue
        output = line.output or f"{Path(source).stem}.o"
        compile_source(line, source, output)
        if line.dependencies:
            Path(line.dependencies).write_text(f"{output}: {source}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
