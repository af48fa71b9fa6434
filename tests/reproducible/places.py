"""Unlike places on one machine, and builds in them.

A place is a user name space with a host name, a user and an environment of its own. Tests see that
the places differ as they say before they compare what was made there: PROBES.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.private import machine


@dataclass(frozen=True)
class Place:
    """The circumstances of one build."""

    folder: str
    hostname: str
    jobs: int
    locale: str
    umask: str
    user: str
    user_id: int
    zone: str
    extra: dict[str, str] = field(default_factory=dict)


#: folder, host name, number of jobs, locale, umask, user name and id in the name space, time zone,
#: and variables that tools are known to look at.
VARIATIONS = (
    Place(
        folder="one",
        hostname="glass",
        jobs=2,
        locale="C.UTF-8",
        umask="0022",
        user="first",
        user_id=0,
        zone="UTC",
    ),
    Place(
        folder="another/and deeper",
        hostname="box",
        jobs=1,
        locale="C",
        umask="0077",
        user="second",
        user_id=1000,
        zone="Asia/Kathmandu",
        extra={
            "SOURCE_DATE_EPOCH": "1",
            "PYTHONHASHSEED": "7",
            "CC": "/bin/false",
            "COLUMNS": "40",
        },
    ),
)

#: What a build would see of its place, and the command that prints it.
PROBES = {
    "user id": "id -u",
    "user name": "echo $USER",
    "host name": "hostname",
    "time zone": "date +%z",
    "umask": "umask",
    "folder": "pwd",
    "home folder": "echo $HOME",
    "locale": "echo $LC_ALL",
    "time": "date +%s",
}


def run_in(place: Place, folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Runs a shell command in `folder` under the circumstances of `place`."""
    environment = {
        "HOME": machine.home(),
        "LC_ALL": place.locale,
        "LOGNAME": place.user,
        "PATH": machine.path(),
        "TZ": place.zone,
        "USER": place.user,
        **machine.settings("caches", "certificates", "proxies", "registries"),
        **place.extra,
    }
    # A name space of its own, so that the host name can be another without touching the machine's.
    # To set it takes the rights of root, which the one within that has not.
    inner = f"unshare --user --map-user={place.user_id} --map-group={place.user_id} sh -c"
    script = f'hostname {place.hostname} && umask {place.umask} && exec {inner} "$1"'
    return subprocess.run(
        ["unshare", "--user", "--map-root-user", "--uts", "sh", "-c", script, "sh", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def probe(place: Place, folder: Path) -> dict[str, str]:
    """What a build in the place sees of it, under the names of PROBES."""
    done = run_in(place, folder, "; ".join(PROBES.values()))
    lines = done.stdout.splitlines()
    if done.returncode or len(lines) != len(PROBES):
        sys.exit(
            f"a user name space of its own is not to be had here:\n{done.stdout}"
            "Allow those of unprivileged users (some systems have a setting of the kernel, "
            "kernel.apparmor_restrict_unprivileged_userns=0), or run the test as root."
        )
    return dict(zip(PROBES, lines, strict=True))


def require_variation(seen: Sequence[dict[str, str]], names: Sequence[str]) -> None:
    """Ends the test if one of these probes saw the same in two places."""
    idle = [name for name in names if len({each[name] for each in seen}) < len(seen)]
    if idle:
        sys.exit(
            "these variations took no effect, so the comparison says nothing of them: "
            f"{', '.join(idle)}"
        )


def build(place: Place, folder: Path, output_base: Path, options: str) -> float:
    """Builds in the clone at `folder`, with these options and targets; gives the seconds it took.

    Ends the test when the build fails. No Bazel is left running.
    """
    bazel = f"./bazelw '--output_base={output_base}'"
    started = time.monotonic()
    try:
        done = run_in(place, folder, f"{bazel} build --noshow_progress {options}")
        seconds = time.monotonic() - started
    finally:
        run_in(place, folder, f"{bazel} shutdown")
    if done.returncode:
        sys.exit(f"the build in {place.folder} failed:\n{done.stdout}")
    print(f"built in {place.folder}: {seconds:.0f} s", flush=True)
    return seconds
