"""What a back end finds when it runs: programs, libraries, headers, and the target's Python."""

import importlib.metadata
import os
import re
import shlex
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rules.private.wheel.description import BUILD_NAME, Description, WheelError

#: What commands that Meson writes call.
APPLETS = ("cp", "env", "ln", "mkdir", "mv", "rm", "sh", "touch", "true")

#: What of a wheel runs in the Python that builds; all else is compiled or linked against, or read.
RUNS = re.compile(r"\.dist-info/|\.py$|\.so(\.[0-9.]+)?$")

#: Runs a console script of an installed project.
SCRIPT = "import sys; from {module} import {first}; sys.argv[0] = {path!r}; sys.exit({attr}())"

#: Where the runtime puts shared libraries: packages of the lock with `install_dir = "dynlib"`.
LIBRARIES = "/usr/lib"

# Compiling is clang's work alone, and four times as fast without emcc before it. A link is emcc's.
# What is called *.so is an extension module, from which Python takes one function. If it names a
# library, the shared ones come first, and what they have is not taken from an archive.
# There are no threads, whatever Meson believes of Emscripten: no OpenMP either.
# Any other link is a check of Meson's, of a program that nobody runs: it needs no optimisation,
# which no check can tell, and finds all libraries as archives, as they need each other.
COMPILER = """#!/bin/sh
for argument; do
    shift
    case $argument in
    -fopenmp* | -pthread | -sPTHREAD_*) ;;
    *) set -- "$@" "$argument" ;;
    esac
done
output=
previous=
for argument; do
    case $argument in
    -c | -E | -S | -fsyntax-only)
        for argument; do
            shift
            case $argument in
            -s[A-Z]* | -Wl,* | -Wno-version-check) ;;
            *) set -- "$@" "$argument" ;;
            esac
        done
        exec {clang} "$@"
        ;;
    esac
    [ "$previous" != -o ] || output=$argument
    previous=$argument
done
case $output in
*.so)
    for argument; do
        case $argument in
        {libraries}/lib*.a)
            set -- {shared} "$@"
            break
            ;;
        esac
    done
    name=${{output##*/}}
    exec {emcc} {link_flags} "$@" {module_flags} "-sEXPORTED_FUNCTIONS=_PyInit_${{name%%.*}}"
    ;;
esac
exec {emcc} {link_flags} "$@" {archives} -O0 -sASSERTIONS=0
"""

# Compiling is the work of the compiler of //toolchains/fortran. A link is the C compiler's, with
# the run-time library; Meson takes the linker for one that makes ELF, and gives flags that ours
# has not.
FORTRAN = """#!/bin/sh
for argument; do
    case $argument in
    -c | -E | -S | -v | --help | --version) exec env {environment} {flang} {flags} "$@" ;;
    -Wl,--version) exec {linker} --version ;;
    esac
done
for argument; do
    shift
    case $argument in
    -Wl,--as-needed | -Wl,--allow-shlib-undefined | -Wl,--no-undefined | -Wl,-O[0-9]) ;;
    *) set -- "$@" "$argument" ;;
    esac
done
exec emcc "$@" {libraries}
"""

# What pkg-config says of a library; links look for the name of the archive (see COMPILER). One that
# states no version has 0, and is too old for who asks for one.
PKG_CONFIG = """\
Name: {name}
Description: {name}, for WebAssembly
Version: {version}
Cflags: -I{include}
Libs: {target}
"""


def write_script(path: Path, text: str) -> None:
    """Writes an executable file."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def console_scripts(it: Description, root: Path) -> list[importlib.metadata.EntryPoint]:
    """Gives the commands that the projects of `back_end` have, as cython and numpy-config."""
    folders = [str(root / entry) for entry in it.host_path]
    found = {
        entry.name: entry
        for project in importlib.metadata.distributions(path=folders)
        for entry in project.entry_points.select(group="console_scripts")
    }
    return [found[name] for name in sorted(found)]


def lay_out_target_wheel(native: Path, wheel: Path, folder: Path) -> None:
    """Lays out a project as the Python that builds can import it, to compile for the target with.

    Modules and shared libraries are those of `native`, where the machine's wheel is unpacked.
    All other files, as headers, static libraries and Cython's declarations, are those of `wheel`.
    """
    for parent, _, names in os.walk(native):
        for name in names:
            file = Path(parent, name)
            inner = file.relative_to(native)
            if RUNS.search(inner.as_posix()):
                (folder / inner.parent).mkdir(parents=True, exist_ok=True)
                (folder / inner).symlink_to(file)
    with zipfile.ZipFile(wheel) as bundle:
        for member in bundle.namelist():
            if not member.endswith("/") and not RUNS.search(member):
                (folder / member).parent.mkdir(parents=True, exist_ok=True)
                (folder / member).write_bytes(bundle.read(member))


def make_host_path(it: Description, root: Path, work: Path) -> list[Path]:
    """Gives the folders in which Python finds the back end, and what that imports.

    For a project of `target_wheels`, that is a folder of its own in which `numpy.get_include()`,
    `numpy-config` and Cython find what the target's wheel has.
    """
    folders = []
    for entry in it.host_path:
        folder = root / entry
        for name, facts in it.target_wheels.items():
            if facts["native"] == entry:
                folder = work / "projects" / name
                lay_out_target_wheel(root / entry, root / facts["wheel"], folder)
        folders.append(folder)
    return folders


def make_tools(it: Description, root: Path, work: Path) -> None:
    """Fills the folder that is PATH."""
    folder = work / "bin"
    folder.mkdir()
    for applet in APPLETS:
        (folder / applet).symlink_to(root / it.busybox)
    # emcc writes down, once and not at every link, which functions its JavaScript libraries have;
    # a cache that is declared frozen would forbid it.
    cache = work / "cache"
    cache.mkdir()
    for entry in (root / it.cache).iterdir():
        (cache / entry.name).symlink_to(entry)

    python = shlex.quote(str(root / it.python))
    for name in ("python", "python3"):
        write_script(folder / name, f'#!/bin/sh\nexec {python} "$@"\n')
    for name, program in {"ninja": it.ninja, "ar": it.ar, "pkg-config": it.pkgconf}.items():
        write_script(folder / name, f'#!/bin/sh\nexec {shlex.quote(str(root / program))} "$@"\n')
    clang = [flag.replace("{root}", str(root)) for flag in it.clang_flags]
    clang += [f"-ffile-prefix-map={work}={BUILD_NAME}", *it.compile_flags]
    cxx = [flag.replace("{root}", str(root)) for flag in it.cxx_flags]
    for name, own in {"emcc": [], "em++": ["--driver-mode=g++", *cxx]}.items():
        emcc = root / it.emcc
        write_script(
            folder / name,
            COMPILER.format(
                clang=shlex.join([str(root / it.clang), *own, *clang]),
                emcc=shlex.quote(str(emcc.with_name(name))),
                libraries=work / "lib",
                archives=shlex.join(f"{work}/lib/lib{name}.a" for name in it.libraries),
                shared=shlex.join(
                    [
                        *(
                            f"{work}/lib/shared/{Path(file).name}"
                            for file in it.shared_libraries.values()
                        ),
                        f"-Wl,-rpath,{LIBRARIES}",
                    ]
                ),
                link_flags=shlex.join(it.link_flags),
                module_flags=shlex.join(it.module_flags),
            ),
        )

    for script in console_scripts(it, root):
        path = folder / script.name
        if path.exists():
            continue
        text = SCRIPT.format(
            module=script.module,
            first=script.attr.partition(".")[0],
            path=str(path),
            attr=script.attr,
        )
        # -P: else the folder that it is started in would come before the standard library.
        write_script(path, f'#!/bin/sh\nexec {python} -P -c {shlex.quote(text)} "$@"\n')
    if it.fortran:
        write_script(folder / "flang", fortran_script(it.fortran, root))


def fortran_script(fortran: dict[str, Any], root: Path) -> str:
    """Gives the launcher of the Fortran compiler; paths in the description are relative to root."""
    variables = {name: str(root / value) for name, value in fortran["environment"].items()}
    return FORTRAN.format(
        environment=shlex.join(f"{name}={value}" for name, value in variables.items()),
        flags=shlex.join(fortran["flags"]),
        flang=shlex.quote(str(root / fortran["flang"])),
        libraries=shlex.join(str(root / library) for library in fortran["libraries"]),
        linker=shlex.quote(str(root / fortran["linker"])),
    )


def make_libraries(it: Description, root: Path, work: Path) -> None:
    """Makes one archive of each library, for links to find, and puts shared ones beside them.

    The headers of all libraries are in one folder, as they were if they were installed.
    """
    folder = work / "lib"
    (folder / "shared").mkdir(parents=True)
    (folder / "pkgconfig").mkdir()
    (work / "include").mkdir()
    for name, file in it.library_headers.items():
        header = work / "include" / name
        header.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / file, header)
    for name, archives in it.libraries.items():
        target = folder / f"lib{name}.a"
        subprocess.run([root / it.ar, "qcLD", target, *archives], check=True)
        (folder / "pkgconfig" / f"{name}.pc").write_text(
            PKG_CONFIG.format(
                name=name,
                version=it.library_versions.get(name, "0"),
                include=work / "include",
                target=target,
            ),
            encoding="utf-8",
        )
    for name, file in it.shared_libraries.items():
        if name not in it.libraries:
            raise WheelError(f"`shared_libraries` has {name}, and `libraries` has not: name both")
        # A module that needs it names it as its file is called here.
        (folder / "shared" / Path(file).name).symlink_to(root / file)


def make_target_python(it: Description, work: Path) -> Path:
    """Gives a folder for Python's path, whose sysconfig data are the target's.

    They say, too, that Python is installed in the build's folder: there its headers are.
    """
    installed = work / "python"
    headers = installed / "include" / "python3.14"
    for name, file in it.headers.items():
        (headers / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, headers / name)
    modules = installed / "sysconfig"
    modules.mkdir(parents=True)
    text = Path(it.sysconfigdata).read_text(encoding="utf-8")
    changes = {
        "INCLUDEPY": str(headers),
        "CONFINCLUDEPY": str(headers),
        "INCLUDEDIR": str(installed / "include"),
        "LIBDIR": str(installed / "lib"),
        "LIBPC": str(installed / "lib" / "pkgconfig"),
        "installed_base": str(installed),
        "installed_platbase": str(installed),
    }
    (modules / "_sysconfigdata_wheel.py").write_text(
        f"{text}\nbuild_time_vars.update({changes!r})\n", encoding="utf-8"
    )
    return modules


def write_cross_file(
    path: Path, libraries: Sequence[str], programs: Sequence[str], *, fortran: bool
) -> None:
    """Writes what Meson is to know of the platform, its tools and its libraries."""
    binaries = {
        "c": "emcc",
        "cpp": "em++",
        "ar": "ar",
        "cython": "cython",
        "pkg-config": "pkg-config",
        "python": "python3",
        "strip": "true",
        # What dependency() asks for flags; for the target, Meson takes none that is not named.
        **{name: name for name in programs if name.endswith("-config")},
    }
    if fortran:
        binaries["fortran"] = "flang"
    lines = ["[binaries]", *(f"{name} = '{value}'" for name, value in binaries.items())]
    lines += [
        "[host_machine]",
        "system = 'emscripten'",
        "cpu_family = 'wasm32'",
        "cpu = 'wasm32'",
        "endian = 'little'",
        "[properties]",
        "needs_exe_wrapper = true",
        "skip_sanity_check = true",
        "longdouble_format = 'IEEE_QUAD_LE'",
    ]
    for name in libraries:
        lines.append(f"{name}_includedir = '{path.parent / 'include'}'")
        lines.append(f"{name}_librarydir = '{path.parent / 'lib'}'")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
