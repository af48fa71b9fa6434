"""Builds a wheel for the Python in WebAssembly from a source distribution, by its own back end.

    build.py DESCRIPTION

DESCRIPTION is a JSON file that rules/private/wheel.bzl writes. Run from Bazel's execution root, in
an action; paths in it are relative to that.

The back end (PEP 517) runs in the Python that builds, which is told that it is the target's: its
sysconfig has the target's variables, its folder of headers holds the target's. PATH is one folder
of launchers. Meson gets a cross file. The wheel that comes out is taken apart and packed anew, in
order and without times; what upstream's Meson tags as tests goes into a wheel of its own.

The same sources give the same bytes: nothing that is packed may name the folder that it was made
in.
"""

import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rules.private.wheel import cmake
from rules.private.wheel.archive import repack
from rules.private.wheel.description import BUILD_NAME, FOR_ELF, PLATFORM, Description, WheelError
from rules.private.wheel.environment import (
    make_host_path,
    make_libraries,
    make_target_python,
    make_tools,
    write_cross_file,
)
from toolchains.fortran.private import wasm_types

#: The first time that a zip file can hold, for files whose times mean nothing.
EPOCH = 315532800

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


def copy_source(files: list[str], root: str, target: Path) -> None:
    """Copies the sources. None stays executable: Meson then starts scripts with its own Python."""
    for name in files:
        copy = target / Path(name).relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(name, copy)


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
        programs = sorted(entry.name for entry in (work / "bin").iterdir())
        write_cross_file(cross_file, sorted(it.libraries), programs, fortran=bool(it.fortran))
        options = [f"-D{name}={value}" for name, value in it.options.items()]
        settings = {
            "builddir": str(build),
            "compile-args": [f"-j{len(os.sched_getaffinity(0))}"],
            "setup-args": ["--cross-file", str(cross_file), "-Db_colorout=never", *options],
        }
    elif back_end.startswith("scikit_build_core."):
        settings, variables = cmake.prepare(it.cmake, it.options, root, work)
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
    # Each archive once: what a library needs comes with it.
    archives = dict.fromkeys(file for files in it.libraries.values() for file in files)
    defined = wasm_types.archive_types(root / archive for archive in archives)
    problems = []
    for path in sorted(path for folder in folders for path in folder.rglob("*.o")):
        data = path.read_bytes()
        if not data.startswith(b"\0asm"):
            continue
        for name, found in sorted(wasm_types.undefined_functions(data).items()):
            if found != defined.get(name, found):
                problems.append(f"{path.name} takes {name} for {found}, it is {defined[name]}")
    if problems:
        raise WheelError(
            "; ".join(problems) + ". A call would trap: correct the declaration, by a patch in "
            "packages/NAME/patches"
        )


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
        except (WheelError, wasm_types.FormatError) as error:
            sys.stderr.write(f"{it.target}: {error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
