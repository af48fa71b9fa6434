r"""Writes cpython/sources.bzl: which files CPython's own build files compile, and how.

    list_sources.py --makefile Makefile --setup "Setup.bootstrap Setup.stdlib" \
        [--check OLD] [--out NEW]

The Makefile and the Setup files are those that configure makes (//cpython:configure). With
--check, compares with an existing file and fails, saying how to renew it, when that is stale.
"""

import argparse
import difflib
import json
import os
import re
import sys
from pathlib import Path

COMMAND = "./bazelw run //cpython:update_sources"

# Variables of the Makefile that list objects: name here, name there.
GROUPS = {
    "PARSER": "PARSER_OBJS",
    "OBJECTS": "OBJECT_OBJS",
    "PYTHON": "PYTHON_OBJS",
    "MAIN": "MODULE_OBJS",
    "LIBMPDEC": "LIBMPDEC_OBJS",
    "LIBEXPAT": "LIBEXPAT_OBJS",
    "LIBHACL": "LIBHACL_HMAC_OBJS",
}

# Objects that we make from a generated file.
GENERATED = {"Modules/config.c", "Python/emscripten_trampoline_wasm.c"}

# Objects of the library that no list names, by the prerequisites of the library itself.
ALONE = ["Modules/getbuildinfo.c", "Modules/getpath.c", "Python/frozen.c"]

# Definitions whose value in the Makefile is that of a developer's tree, and what they are here.
OVERRIDES = {
    "GITVERSION": "",
    "GITTAG": "",
    "GITBRANCH": "",
    "VPATH": "",
}

HEADER = f'''"""Which files CPython's build files compile. Written by `{COMMAND}`: do not edit."""
'''


def read_variables(text: str) -> dict[str, str]:
    """Returns the Makefile's variables, unexpanded; a line that ends in a backslash goes on."""
    text = re.sub(r"[ \t]*\\\n[ \t]*", " ", text)
    found = {}
    for line in text.splitlines():
        match = re.match(r"([A-Za-z_][A-Za-z_0-9]*)\s*[?:]?=\s*(.*)", line)
        if match:
            # A comment after a list belongs to no value.
            found[match.group(1)] = match.group(2).split(" #")[0].strip()
    return found


def expand(value: str, variables: dict[str, str]) -> str:
    """Expands $(NAME) and ${NAME} as make does."""
    while match := re.search(r"\$[({]([A-Za-z_0-9]+)[)}]", value):
        value = value[: match.start()] + variables.get(match.group(1), "") + value[match.end() :]
    return value


def source_of(name: str) -> str:
    """Returns the source of an object."""
    return re.sub(r"\.o$", ".c", name)


def read_definitions(text: str, variables: dict[str, str]) -> dict[str, list[str]]:
    """Returns the definitions that a rule of the Makefile gives one file alone."""
    found: dict[str, list[str]] = {}
    text = re.sub(r"\\\n", " ", text)
    for match in re.finditer(r"^(\S+\.o):[^\n;]*\n((?:\t[^\n]*\n)+)", text, re.MULTILINE):
        source, recipe = source_of(match.group(1)), match.group(2)
        recipe = recipe.replace("$(MULTIARCH_CPPFLAGS)", variables.get("MULTIARCH_CPPFLAGS", ""))
        defines = []
        for name, value in re.findall(
            r"""-D([A-Z_]+)=('[^']*'|"(?:\\.|[^"])*"|\\"[^"]*\\")""", recipe
        ):
            value = (
                OVERRIDES[name] if name in OVERRIDES else expand(value, variables).strip("'\"\\")
            )
            value = value.strip('"')
            if re.search(r"[$`\\]", value):
                sys.exit(f"{source}: cannot say what {name} is: {value}; teach {__file__}")
            defines.append(f'{name}="{value}"')
        if defines:
            found[source] = defines
    return found


def read_modules(paths: list[Path]) -> dict[str, list[str]]:
    """Returns the sources of each module that the Setup files name, built or not."""
    found: dict[str, list[str]] = {}
    for path in paths:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = re.fullmatch(r"#?(\w+)((?: +[\w/]+\.c)+) *(?:malloc_closure\.c)? *", line)
            if match:
                found[match.group(1)] = ["Modules/" + source for source in match.group(2).split()]
            elif line.strip() and not line.startswith(("#", "*")):
                sys.exit(f"{path}:{number}: not understood: {line}; teach {__file__}")
    return found


def starlark(name: str, value: object, comment: str) -> str:
    """Returns an assignment as buildifier would write it."""
    text = json.dumps(value, indent=4, sort_keys=True)
    text = re.sub(r"([\]}\"])\n", r"\1,\n", text)
    return f"\n# {comment}\n{name} = {text}\n"


def write(makefile: str, setups: list[Path]) -> str:
    """Returns the text of sources.bzl."""
    variables = read_variables(makefile)
    text = HEADER
    compiled = set(ALONE)
    for name, variable in GROUPS.items():
        objects = expand(variables[variable], variables).split()
        sources = sorted({source_of(entry) for entry in objects} - GENERATED)
        compiled.update(sources)
        text += starlark(name, sources, f"$({variable}) of the Makefile.")
    text += starlark("ALONE", ALONE, "Objects of the library that its list names one by one.")
    definitions = {
        source: values
        for source, values in read_definitions(makefile, variables).items()
        if source in compiled
    }
    text += starlark(
        "DEFINITIONS", definitions, "Definitions of one file alone, by the Makefile's rules."
    )
    frozen = {
        match.group(1): match.group(2)
        for match in re.finditer(
            r"^\t\$\(FREEZE_MODULE(?:_BOOTSTRAP)?\) (\S+) \$\(srcdir\)/(\S+) "
            r"Python/frozen_modules/\S+$",
            makefile,
            re.MULTILINE,
        )
    }
    text += starlark("FROZEN", frozen, "Frozen modules, to their sources.")
    text += starlark(
        "MODULES", read_modules(setups), "Extension modules, to their sources: Modules/Setup*."
    )
    return text


def main() -> None:
    """Writes or checks the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--makefile", type=Path, required=True)
    parser.add_argument("--setup", required=True, help="Setup files, separated by spaces")
    parser.add_argument("--check", type=Path)
    parser.add_argument("--out", type=Path, help="relative to the workspace")
    arguments = parser.parse_args()
    text = write(
        arguments.makefile.read_text(), [Path(path) for path in sorted(arguments.setup.split())]
    )
    if arguments.check:
        old = arguments.check.read_text()
        if old != text:
            sys.stdout.writelines(
                difflib.unified_diff(
                    old.splitlines(True), text.splitlines(True), "cpython/sources.bzl", "upstream's"
                )
            )
            sys.exit(f"cpython/sources.bzl is stale: {COMMAND}")
    if arguments.out:
        (Path(os.environ.get("BUILD_WORKSPACE_DIRECTORY", ".")) / arguments.out).write_text(text)


if __name__ == "__main__":
    main()
