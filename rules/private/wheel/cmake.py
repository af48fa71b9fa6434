"""What scikit-build-core needs besides: CMake, and what that is to know."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

# What CMake is told of the platform; its own modules know Emscripten.
TOOLCHAIN = """\
set(CMAKE_SYSTEM_NAME Emscripten)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_C_COMPILER emcc)
set(CMAKE_CXX_COMPILER em++)
set(CMAKE_AR ar)
# ar writes the index itself.
set(CMAKE_RANLIB true)
set(CMAKE_STRIP true)
set(CMAKE_MAKE_PROGRAM ninja)
# A check links no program, as the libraries of Python's main module are missing from all of them.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
# Libraries and headers are those of the target; programs are the machine's.
set(CMAKE_FIND_ROOT_PATH "{work}" "{root}")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_USE_SYSTEM_ENVIRONMENT_PATH OFF)
set(CMAKE_FIND_USE_CMAKE_SYSTEM_PATH OFF)
list(APPEND CMAKE_PROGRAM_PATH "{work}/bin")
"""

# Included by each project, when CMake's own module for the platform has said that there are no
# modules to load.
MODULES = """\
set_property(GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS TRUE)
set(CMAKE_SHARED_LIBRARY_SUFFIX ".so")
set(CMAKE_SHARED_MODULE_SUFFIX ".so")
"""

#: Names that CMake's own module for Python goes by.
PYTHON = ("Python", "Python3")


def prepare(
    files: Mapping[str, str], options: Mapping[str, str], root: Path, work: Path
) -> tuple[dict[str, str], dict[str, str]]:
    """Puts cmake on PATH; gives scikit-build-core's settings, and variables of its environment.

    `files` are paths below root: `data` is where PyPI's wheel has cmake and its modules, `patchelf`
    a program, `loader` and `libraries` those of a C library, `packages` folders of Python modules,
    with a space between, which may hold packages of CMake's. `options` are variables of CMake's.
    """
    # It finds its modules, and itself, from where it is started; so a loader can't start it.
    installed = work / "cmake"
    (installed / "bin").mkdir(parents=True)
    (installed / "share").symlink_to(root / files["data"] / "share")
    program = installed / "bin" / "cmake"
    shutil.copyfile(root / files["data"] / "bin" / "cmake", program)
    program.chmod(0o755)
    subprocess.run(
        [
            root / files["patchelf"],
            "--set-interpreter",
            root / files["loader"],
            "--force-rpath",
            "--set-rpath",
            root / files["libraries"],
            program,
        ],
        check=True,
    )
    launcher = work / "bin" / "cmake"
    launcher.unlink(missing_ok=True)
    launcher.symlink_to(program)
    toolchain, modules = work / "toolchain.cmake", work / "modules.cmake"
    toolchain.write_text(TOOLCHAIN.format(work=work, root=root), encoding="utf-8")
    modules.write_text(MODULES, encoding="utf-8")
    prefixes = [work]
    for folder in files["packages"].split():
        prefixes += [found.parents[1] for found in sorted((root / folder).glob("*/share/cmake"))]
    defines = {
        "CMAKE_PREFIX_PATH": ";".join(map(str, prefixes)),
        "CMAKE_PROJECT_INCLUDE": str(modules),
        "CMAKE_TOOLCHAIN_FILE": str(toolchain),
        # What CMake runs is the machine's Python, and what it compiles against is the target's.
        **{f"{name}_EXECUTABLE": str(work / "bin" / "python3") for name in PYTHON},
        **{f"{name}_INCLUDE_DIR": str(work / "python/include/python3.14") for name in PYTHON},
        **options,
    }
    settings = {f"cmake.define.{name}": value for name, value in sorted(defines.items())}
    settings["build-dir"] = str(work / "build")
    return settings, {"CMAKE_GENERATOR": "Ninja"}
