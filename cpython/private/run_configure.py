"""Runs CPython's configure in a Bazel action, with nothing of the machine's in reach.

configure sees a PATH of two things: BusyBox's applets, and launchers called `emcc`, `em++`, `emar`
and `python3.14` (the names that then stand in the Makefile). What it cannot find out by itself, or
would get wrong, it is told by configure_facts.toml. What names the temporary folder in its outputs
is replaced by fixed names, so that the outputs are the same in every folder.

Run from Bazel's execution root; paths are relative to it.
"""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

# What stands in the outputs for the folders of the source and of the build.
SOURCE_NAME = "/usr/src/cpython"
BUILD_NAME = "/usr/src/cpython-build"

# What configure, config.status and makesetup call. No uname, no hostname: they would tell of the
# machine.
APPLETS = """
    ash awk basename cat chmod cmp cp cut date diff dirname echo egrep env expr false find grep head
    install ln ls mkdir mktemp mv printf pwd rm rmdir sed sh sleep sort tail tee test touch tr true
    uniq wc
"""

# Compiling is clang's work alone, and four times as fast without emcc before it. A link is emcc's:
# its JavaScript libraries decide which functions there are. It links without optimising, which no
# check can tell.
COMPILER = """#!/bin/sh
for argument; do
    case $argument in
    -c | -E)
        left=$#
        while [ "$left" -gt 0 ]; do
            argument=$1
            shift
            left=$((left - 1))
            case $argument in
            -s[A-Z]* | -Wl,* | -Wno-version-check) ;;
            *) set -- "$@" "$argument" ;;
            esac
        done
        exec {clang} "$@"
        ;;
    esac
done
exec {emcc} "$@" -O0 -sASSERTIONS=0
"""


@dataclass(frozen=True)
class Fact:
    """What configure is told: the result of a check, an argument or an environment variable."""

    kind: str
    name: str
    value: str


def read_facts(path: Path, configure: str) -> list[Fact]:
    """Reads the facts; one without a reason, or that configure never asks for, is an error."""
    text = path.read_text()
    lines = text.splitlines()
    found: list[Fact] = []
    problems: list[str] = []

    def line_of(needle: str) -> int:
        return next((number for number, line in enumerate(lines, 1) if needle in line), 1)

    for kind, entries in tomllib.loads(text).items():
        if kind not in ("argument", "variable", "result"):
            problems.append(
                f"{path}:{line_of(kind)}: [[{kind}]]: only argument, variable and result are known"
            )
            continue
        for entry in entries:
            unknown = sorted(set(entry) - {"names", "value", "reason"})
            names = entry.get("names", [])
            where = f"{path}:{line_of(json_string(names[0])) if names else 1}"
            if unknown:
                problems.append(f"{where}: unknown keys {unknown}")
            if not names or not isinstance(entry.get("value"), str) or not entry.get("reason"):
                problems.append(f"{where}: a fact needs names, a value (a string) and a reason")
                continue
            for name in names:
                asked = name.removeprefix("--").split("=")[0]
                asked = re.sub("^(enable|disable|with|without)-", "", asked).replace("-", "_")
                if asked not in configure:
                    problems.append(
                        f"{path}:{line_of(json_string(name))}: configure never asks for {name}: "
                        "remove the fact"
                    )
                if any(fact.name == name for fact in found):
                    problems.append(f"{path}:{line_of(json_string(name))}: {name} is there twice")
                found.append(Fact(kind, name, entry["value"]))
    if problems:
        sys.exit("\n".join(problems))
    return found


def json_string(name: str) -> str:
    """Returns the name as TOML writes it."""
    return f'"{name}"'


def write_script(path: Path, text: str) -> None:
    """Writes an executable file."""
    path.write_text(text)
    path.chmod(0o755)


def make_tools(arguments: argparse.Namespace, bin_folder: Path, cache: Path) -> dict[str, str]:
    """Fills the folder that is configure's PATH; returns the environment that its programs need."""
    root = Path.cwd()
    bin_folder.mkdir()
    for applet in APPLETS.split():
        (bin_folder / applet).symlink_to(root / arguments.busybox)

    # emcc writes down, once and not at every link, which functions its JavaScript libraries have;
    # a cache that is declared frozen would forbid it.
    cache.mkdir()
    for entry in (root / arguments.cache).iterdir():
        (cache / entry.name).symlink_to(entry)

    python = shlex.quote(str(root / arguments.python))
    write_script(bin_folder / "python3.14", f'#!/bin/sh\nexec {python} "$@"\n')
    for tool in ("em++", "emar", "emranlib"):
        launcher = shlex.quote(str(root / arguments.emscripten_bin / tool))
        write_script(bin_folder / tool, f'#!/bin/sh\nexec {launcher} "$@"\n')
    clang = [str(root / arguments.clang)]
    for flag in arguments.clang_flag:
        clang.append(flag.replace("{root}", str(root)))
    emcc = shlex.quote(str(root / arguments.emcc))
    write_script(bin_folder / "emcc", COMPILER.format(clang=shlex.join(clang), emcc=emcc))
    return {
        "EM_CACHE": str(cache),
        "EM_CONFIG": str(root / arguments.emscripten_config),
        "EMCC_SKIP_SANITY_CHECK": "1",
        "EMSDK_PYTHON": str(root / arguments.python),
        "LC_ALL": "C",
        "NODE_OPTIONS": "--preserve-symlinks --preserve-symlinks-main",
        "PATH": str(bin_folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "0",
    }


def normalise(text: str, work: Path) -> str:
    """Replaces the temporary folder in an output by the fixed names."""
    for folder in {str(work), str(work.resolve())}:
        text = text.replace(f"{folder}/build/../src", SOURCE_NAME)
        text = text.replace(f"{folder}/src", SOURCE_NAME)
        text = text.replace(f"{folder}/build", BUILD_NAME)
        text = text.replace(f"{folder}/bin/", "").replace(f"{folder}/", "")
    return text


def copy_source(arguments: argparse.Namespace, source: Path) -> None:
    """Puts what configure reads of the source into a folder that `../src` leads to."""
    for file in arguments.source:
        target = source / file.relative_to(arguments.source_root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)


def main() -> None:
    """Runs configure and writes its outputs."""
    parser = argparse.ArgumentParser(description=__doc__, fromfile_prefix_chars="@")
    parser.add_argument("--facts", type=Path, required=True)
    parser.add_argument("--source-root", type=Path, required=True)
    parser.add_argument("--source", type=Path, action="append", required=True)
    parser.add_argument("--busybox", type=Path, required=True)
    parser.add_argument("--python", type=Path, required=True)
    parser.add_argument("--clang", type=Path, required=True)
    parser.add_argument("--clang-flag", action="append", default=[])
    parser.add_argument("--emcc", type=Path, required=True)
    parser.add_argument("--emscripten-bin", type=Path, required=True)
    parser.add_argument("--emscripten-config", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--compile-flag", action="append", default=[])
    parser.add_argument("--link-flag", action="append", default=[])
    parser.add_argument(
        "--output",
        nargs=2,
        action="append",
        default=[],
        metavar=("FILE", "OUT"),
        help="FILE of the build folder",
    )
    parser.add_argument("--log", type=Path, required=True)
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder).resolve()
        source, build = work / "src", work / "build"
        build.mkdir()
        copy_source(arguments, source)
        facts = read_facts(arguments.facts, (source / "configure").read_text())
        environment = make_tools(arguments, work / "bin", work / "cache")
        site = work / "site"
        upstream = source / "Platforms/emscripten/config.site-wasm32-emscripten"
        site.write_text(
            upstream.read_text()
            + "".join(
                f"{fact.name}={shlex.quote(fact.value)}\n"
                for fact in facts
                if fact.kind == "result"
            )
        )
        shell = str(work / "bin" / "sh")
        command = [shell, "../src/configure"]
        for fact in facts:
            if fact.kind == "argument":
                command.append(fact.name + (f"={fact.value}" if fact.value else ""))
            elif fact.kind == "variable":
                environment[fact.name] = fact.value
        # Autoconf declares every function it looks for as `char name(void)`: the linker warns of
        # the wrong type.
        link_flags = [flag for flag in arguments.link_flag if flag != "-Wl,--fatal-warnings"]
        command += ["CFLAGS=" + " ".join(arguments.compile_flag), "LDFLAGS=" + " ".join(link_flags)]
        environment |= {"CONFIG_SITE": str(site), "CONFIG_SHELL": shell, "TMPDIR": str(work)}
        done = subprocess.run(
            command,
            cwd=build,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode:
            log = build / "config.log"
            if log.exists():
                sys.stderr.write(log.read_text(errors="replace")[-20000:])
            sys.exit(
                f"{done.stdout}\nconfigure failed; its log is above, its facts are in "
                f"{arguments.facts}"
            )
        arguments.log.write_text(normalise(done.stdout, work))
        for name, out in arguments.output:
            Path(out).write_text(normalise((build / name).read_text(), work))
        for out in [arguments.log, *(Path(out) for _, out in arguments.output)]:
            for number, line in enumerate(out.read_text().splitlines(), 1):
                if str(work) in line or os.getcwd() in line:
                    sys.exit(f"{out}:{number}: names a folder of this machine: {line}")


if __name__ == "__main__":
    main()
