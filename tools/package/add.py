"""Takes a project from PyPI: its lock entries, and a folder of packages/ that builds it.

    ./bazelw run //tools/package:add -- NAME[==VERSION]

Without a version, the newest that is no pre-release. The project's source distribution and what it
is built with (PEP 517, PEP 518) are locked, as wheels what it needs at run time and is not built
here. packages/NAME gets a target that builds its wheel by its own back end, and a first test.

Nothing is written before everything is known, and all or nothing: third_party/pypi/manifest.toml,
third_party/pypi/lock.json, packages/NAME.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from rules.private.wheel.description import FOR_ELF
from third_party.private import archive, pypi_client, registry
from tools.lock import pypi, reading
from tools.package import manifest, projects
from tools.package.files import Package, folder_files
from tools.package.manifest import BUILD, RUN_TIME, Manifest
from tools.package.projects import Facts, PackageError, Sdist


def workspace() -> Path:
    """The source tree, not its copy among runfiles."""
    setting = os.environ.get("BUILD_WORKSPACE_DIRECTORY")
    return Path(setting) if setting else Path(__file__).resolve().parents[2]


def packages_here(root: Path) -> list[str]:
    """Gives the projects that packages/ builds wheels of."""
    return sorted(
        file.parent.name
        for file in root.glob("packages/*/BUILD.bazel")
        if re.search(r"^wheel\(", file.read_text(encoding="utf-8"), re.MULTILINE)
    )


def add(root: Path, argument: str) -> None:
    """Adds the project that the command line names; says what it does on the way."""
    project, version = projects.parse_argument(argument)
    folder = root / "packages" / project
    if folder.exists():
        raise PackageError(
            f"packages/{project} is there. For a new version, change the group 'sources' of "
            f"third_party/pypi/manifest.toml, and run {pypi_client.UPDATE_COMMAND} {project}"
        )
    place = root / "third_party" / "pypi"
    it = Manifest(
        (place / pypi.MANIFEST).read_text(encoding="utf-8"),
        reading.read_json(place / "lock.json"),
    )
    pinned = it.pinned_sdist(project)
    if pinned and version and pinned != version:
        raise PackageError(
            f"third_party/pypi/manifest.toml has {project}=={pinned}: change it there, or add "
            f"{project}=={pinned}"
        )
    sdist = projects.find_sdist(
        project, version or pinned, pypi_client.Settings(pypi_client.find_pip())
    )
    facts = _read(sdist)
    print(f"{project} {sdist.version}: {sdist.file.filename}, built by {facts.back_end}")
    build = _build_requirements(facts)
    package = _plan(it, sdist, facts, build, packages_here(root))
    lock, warnings = _lock(it, project)
    for line in it.edits:
        print(f"third_party/pypi/manifest.toml: {line}")
    for line in pypi.describe_changes(it.lock, lock):
        print(f"third_party/pypi/lock.json: {line}")
    for line in warnings:
        print(f"warning: {line}", file=sys.stderr)
    files = folder_files(package)
    write_all(
        {
            place / "lock.json": pypi.serialise(lock),
            place / pypi.MANIFEST: it.serialise(),
        },
        folder,
        files,
    )
    for name in sorted(files):
        print(f"packages/{project}/{name}: new")
    for remark in package.remarks:
        print(f"note: {remark}")
    print(
        f"Next: ./bazelw build //packages/{project}, then tests of what it computes beside the "
        f"first one in packages/{project}/tests, and ./bazelw test //packages/{project}/..."
    )


def _read(sdist: Sdist) -> Facts:
    if not sdist.file.sha256:
        raise PackageError(
            f"pip's index gives no SHA-256 for {sdist.file.filename}: use another index "
            "(PIP_INDEX_URL)"
        )
    path = pypi_client.fetch(sdist.pin, sdist.file.filename, sdist.file.sha256)
    return projects.read_facts(path, f"{sdist.project} {sdist.version}")


def _build_requirements(facts: Facts) -> list[Requirement]:
    """Gives what applies to the machine that builds or to the target, the back end included."""
    build = [
        requirement
        for requirement in manifest.applying(facts.build, pypi.ENVIRONMENT, pypi.WASM_ENVIRONMENT)
        if canonicalize_name(requirement.name) not in FOR_ELF
    ]
    if facts.back_end not in {canonicalize_name(requirement.name) for requirement in build}:
        build.append(Requirement(facts.back_end))
    return manifest.merge(build)


def _plan(
    it: Manifest,
    sdist: Sdist,
    facts: Facts,
    build: Sequence[Requirement],
    here: Sequence[str],
) -> Package:
    """Edits the manifest; gives the package."""
    who = f"{sdist.project} {sdist.version}"
    it.add_sdist(sdist.pin)
    it.add_requirements(build, BUILD, f"the build of {who}")
    run_time = manifest.merge(manifest.applying(facts.run_time or [], pypi.WASM_ENVIRONMENT))
    wheels, outside = [], []
    for requirement in run_time:
        name = canonicalize_name(requirement.name)
        if name not in here:
            outside.append(requirement)
            wheels.append(f"@{_repository(name)}_wasm//:files")
            continue
        version = it.pinned_sdist(name)
        if not requirement.specifier.contains(version, prereleases=True):
            raise PackageError(
                f"{who} needs {requirement} at run time, and packages/{name} builds "
                f"{name}=={version}: they do not go together"
            )
        wheels.append(f"//packages/{name}")
    it.add_requirements(outside, RUN_TIME, f"{who}, when it runs,")
    remarks = []
    if facts.run_time is None:
        remarks.append(
            "Its source distribution does not say what it needs at run time: see Requires-Dist in "
            "the METADATA of the wheel, and name that in `wheels` of the test."
        )
    if wheels:
        remarks.append(
            "What the packages that it needs at run time need themselves, and is built here, is "
            "not in `wheels` of the test: name it there if an import fails."
        )
    names = sorted({canonicalize_name(requirement.name) for requirement in build})
    return Package(
        project=sdist.project,
        back_end=names,
        target_wheels=[f"//packages/{name}" for name in names if name in here],
        wheels=sorted(wheels),
        import_names=facts.import_names,
        remarks=remarks,
    )


def _repository(project: str) -> str:
    """The repository of a project: as third_party/pypi/names.bzl has it."""
    return "pypi_" + re.sub(r"[-.]", "_", project)


def _lock(it: Manifest, project: str) -> tuple[dict[str, Any], list[str]]:
    """Resolves the manifest that is to be, beside what is locked."""
    print("pip resolves what it needs …", flush=True)
    with tempfile.TemporaryDirectory(prefix="terrarium-add-") as name:
        path = Path(name, pypi.MANIFEST)
        path.write_text(it.serialise(), encoding="utf-8")
        try:
            return pypi.lock(path, it.held(), project)
        except reading.LockError as error:
            blame = it.blame()
            raise PackageError(
                "\n  ".join(
                    [f"what {project} needs does not go together with what is locked:", *blame]
                )
                + f"\n  {error}"
            ) from error


def write_all(texts: dict[Path, str], folder: Path, files: dict[str, str]) -> None:
    """Replaces files by new texts and makes a folder, or, if that fails, leaves all as it was."""
    with contextlib.ExitStack() as undo:
        staging = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
        undo.callback(shutil.rmtree, staging, ignore_errors=True)
        staging.chmod(0o755)
        for name, text in files.items():
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_text(text, encoding="utf-8")
        for path, text in texts.items():
            undo.callback(_replace, path, path.read_text(encoding="utf-8"))
            _replace(path, text)
        staging.rename(folder)
        undo.pop_all()


def _replace(path: Path, text: str) -> None:
    """Gives a file another text, in one step."""
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def main(arguments: list[str]) -> int:
    """The command described in the module's docstring."""
    parser = argparse.ArgumentParser(
        prog="./bazelw run //tools/package:add --", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("project", metavar="NAME[==VERSION]", help="a project of PyPI's")
    options = parser.parse_args(arguments)
    try:
        add(workspace(), options.project)
    except (
        PackageError,
        reading.LockError,
        registry.FetchError,
        archive.ArchiveError,
    ) as error:
        print(f"{options.project}: {error}\nNothing was written.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
