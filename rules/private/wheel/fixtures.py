"""What the tests of this folder have in common."""

from pathlib import Path

from rules.private.wheel.description import TAG, Description


def describe(folder: Path) -> Description:
    """A description in which everything is in one folder."""
    return Description(
        target="//packages/thing",
        name="thing",
        version="1.0",
        source="",
        files=[],
        wheel=str(folder / f"thing-1.0-{TAG}.whl"),
        tests="",
        log=str(folder / "build.log"),
        options={},
        pkgconf="",
        back_end={},
        lock_command="LOCK",
        host_path=[],
        python="",
        ninja="",
        clang="",
        clang_flags=[],
        cxx_flags=[],
        ar="",
        busybox="",
        emcc="",
        emscripten_config="",
        cache="",
        compile_flags=[],
        fortran={},
        link_flags=[],
        module_flags=[],
        headers={},
        sysconfigdata="",
        libraries={},
        library_headers={},
        library_versions={},
        shared_libraries={},
        target_wheels={},
        cmake={},
    )
