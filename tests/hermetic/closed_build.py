"""Builds the release where nothing of the machine can be seen, and requires the usual bytes.

    ./bazelw test //tests/hermetic

Bazel runs in a clean clone with an empty output base and no cache of actions. What was downloaded
is shared. It is closed in twice:

- PATH is one folder with `sh` and `python3` (and `bazel`, where the machine has one), and the
  environment is HOME, PATH and what certificates, proxies and caches are told by.
- Every action runs in Bazel's hermetic sandbox: of the machine's files it sees none, and of ours
  its inputs and a `/bin/sh`, which is the busybox that third_party/ pins.

An action of the same build looks around, so that a sandbox that is not closed is a failure. The
result is compared with the release as the ordinary sandbox makes it, unless something is not
committed: the clone does not have that.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.hermetic import probe
from tests.private import machine

_ACTION_VIEW = "//tests/hermetic:action_view"
#: Where Bazel ran actions, in its last line about them: `5 internal, 17 linux-sandbox.`
_PROCESSES = re.compile(r"^INFO: \d+ process(?:es)?: (.*)\.$", re.MULTILINE)


def narrow_path(folder: Path, shell: Path) -> Path:
    """Fills a folder with all the programs that a build may find on PATH; gives the shell's."""
    folder.mkdir()
    shutil.copyfile(shell, folder / "sh")
    (folder / "sh").chmod(0o755)
    outer = {"PATH": machine.path()}
    # What is called python3 may be a script that looks for the real one on PATH.
    python = subprocess.run(
        ["python3", "-c", "import sys; print(sys.executable)"],
        env=outer,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    (folder / "python3").symlink_to(python.stdout.strip())
    for name in ("bazel", "bazelisk"):
        found = shutil.which(name, path=outer["PATH"])
        if found:
            (folder / name).symlink_to(found)
    return folder / "sh"


def check_processes(printed: str) -> None:
    """Ends the test unless every action was run in the sandbox, and none taken from a cache."""
    lines = _PROCESSES.findall(printed)
    if not lines:
        sys.exit("Bazel did not say where it ran actions: has the form of its messages changed?")
    kinds = {kind: int(count) for count, kind in re.findall(r"(\d+) ([^,]+)", lines[-1])}
    if set(kinds) != {"internal", "linux-sandbox"}:
        sys.exit(f"actions were not all run in the sandbox: {lines[-1]}")
    print(f"actions in the sandbox: {kinds['linux-sandbox']}", flush=True)


def keep(name: str, folder: Path, files: list[str]) -> None:
    """Copies files of a folder, those that it has, to a folder among the test's outputs."""
    for file in files:
        if (folder / file).is_file():
            copy = machine.output(name) / file
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / file, copy)


def main() -> None:
    """Builds, checks, compares; build.log and what differs are in the test's outputs."""
    parser = machine.parser(__doc__)
    parser.add_argument(
        "--expected", type=Path, required=True, help="the release, as usually built"
    )
    parser.add_argument("--output", default="dist/all", help="the target's folder under bazel-bin")
    parser.add_argument("--shell", type=Path, required=True, help="a static POSIX shell")
    parser.add_argument("--target", default="//dist:all")
    arguments = parser.parse_args()
    workspace = machine.workspace(arguments)
    uncommitted = machine.uncommitted(workspace)

    with machine.scratch("hermetic-") as scratch:
        folder = scratch / "clone"
        machine.clone(workspace, folder)
        shell = narrow_path(scratch / "bin", arguments.shell)
        environment = {
            "HOME": machine.home(),
            "PATH": str(shell.parent),
            **machine.settings("caches", "certificates", "proxies"),
        }
        bazel: list[str | Path] = [folder / "bazelw", f"--output_base={scratch / 'base'}"]
        try:
            printed = machine.run(
                f"build {arguments.target}",
                [
                    *bazel,
                    "build",
                    "--disk_cache=",
                    "--remote_cache=",
                    "--experimental_use_hermetic_linux_sandbox",
                    f"--sandbox_add_mount_pair={shell}:/bin/sh",
                    "--verbose_failures",
                    "--color=no",
                    "--curses=no",
                    "--show_progress_rate_limit=10",
                    arguments.target,
                    _ACTION_VIEW,
                ],
                environment,
                folder,
                machine.output("build.log"),
            )
            outputs = folder / "bazel-bin"
            seen = json.loads((outputs / "tests/hermetic/action_view.json").read_text("utf-8"))
            built = machine.digests(outputs / arguments.output)
            expected = machine.digests(arguments.expected)
            differing = machine.differing(built, expected)
            keep("closed", outputs / arguments.output, differing)
            keep("expected", arguments.expected, differing)
        finally:
            subprocess.run([*bazel, "shutdown"], cwd=folder, env=environment, check=False)

    check_processes(printed)
    if seen["files"] != ["/bin/sh"]:
        sys.exit(f"an action saw other files than its inputs and /bin/sh: {seen['files']}")
    if ways := probe.ways_out(seen):
        sys.exit("an action has a network:\n  " + "\n  ".join(ways))
    if not built:
        sys.exit(f"{arguments.target} made no file under {arguments.output}")
    if uncommitted:
        print("not compared with the usual build, because of what is not committed:")
        print("\n".join(uncommitted))
        return
    if differing:
        sys.exit(
            "these files, which are in the test's outputs, are not those of the usual build:\n  "
            + "\n  ".join(differing)
        )
    print(f"{len(built)} files are those of the usual build, bit for bit")


if __name__ == "__main__":
    main()
