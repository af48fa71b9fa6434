"""Builds a target twice from nothing, in two unlike places, and requires the same bytes.

    ./bazelw test //tests/reproducible

Both builds start from a clean clone with an empty output base and no cache of actions; what was
downloaded is shared. Each variation is listed in VARIATIONS, and each is seen to have taken effect
before the outputs are compared, so that a variation that does nothing is a failure and not a pass.

The two builds start at different times of one day. What holds the day alone would be the same in
both, so the day is looked for in what they made.
"""

import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
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

#: Run inside each place first: prints what a build would see.
_PROBE = "id -u; echo $USER; hostname; date +%z; umask; pwd; echo $LC_ALL; date +%s"

#: What each line of it is.
_VARIED = ("user id", "user name", "host name", "time zone", "umask", "folder", "locale", "time")

#: How days are written.
_DAYS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d %b %Y",
    "%b %d %Y",
    "%b %e %Y",
    "%d %B %Y",
    "%m/%d/%y",
)


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


def build(place: Place, folder: Path, output_base: Path, target: str) -> Path:
    """Builds `target` without a cache of actions; gives the folder of outputs."""
    command = (
        f"./bazelw '--output_base={output_base}' build --disk_cache= --remote_cache= "
        f"--jobs={place.jobs} "
        f"--noshow_progress {target}"
    )
    started = time.monotonic()
    done = run_in(place, folder, command)
    if done.returncode:
        sys.exit(f"the build in {place.folder} failed:\n{done.stdout}")
    print(f"built in {place.folder}: {time.monotonic() - started:.0f} s", flush=True)
    return folder / "bazel-bin"


def dated(folder: Path) -> Iterator[str]:
    """The files that hold the day of their making, or a day next to it, and how they write it."""
    today = date.today()
    days = [today + timedelta(days=shift) for shift in (-1, 0, 1)]
    texts = {day.strftime(form) for day in days for form in _DAYS}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        data = path.read_bytes()
        yield from (f"{name}: {text}" for text in sorted(texts) if text.encode() in data)
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for member in archive.infolist():
                    if date(*member.date_time[:3]) in days:
                        yield f"{name}: time of {member.filename}"
                    content = archive.read(member)
                    yield from (
                        f"{name}: {text} in {member.filename}"
                        for text in sorted(texts)
                        if text.encode() in content
                    )


def main() -> None:
    """Builds, compares, writes report.json, and fails with the names of what differs."""
    parser = machine.parser(__doc__)
    parser.add_argument("--target", default="//dist:all")
    parser.add_argument("--output", default="dist/all", help="the target's folder under bazel-bin")
    arguments = parser.parse_args()
    workspace = machine.workspace(arguments)

    results, seen = [], []
    days: list[str] = []
    with machine.scratch("reproducible-") as scratch:
        for place in VARIATIONS:
            folder = scratch / place.folder
            machine.clone(workspace, folder)
            seen.append(run_in(place, folder, _PROBE).stdout.splitlines())
            output_base = scratch / ("base-" + place.hostname)
            try:
                outputs = build(place, folder, output_base, arguments.target) / arguments.output
                results.append(machine.digests(outputs))
                days += dated(outputs)
            finally:
                run_in(place, folder, f"./bazelw '--output_base={output_base}' shutdown")

    idle = [name for name, a, b in zip(_VARIED, *seen, strict=True) if a == b]
    if idle:
        sys.exit(
            "these variations took no effect, so the comparison says nothing of them: "
            f"{', '.join(idle)}"
        )
    first, second = results
    differing = machine.differing(first, second)
    machine.output("report.json").write_text(
        json.dumps({"first": first, "second": second}, indent=1), encoding="utf-8"
    )
    if not first:
        sys.exit(f"{arguments.target} made no file under {arguments.output}")
    if differing:
        sys.exit("these files differ between the two builds:\n  " + "\n  ".join(differing))
    if days:
        sys.exit("these files hold the day of their making:\n  " + "\n  ".join(sorted(set(days))))
    print(f"{len(first)} files are the same, bit for bit")


if __name__ == "__main__":
    main()
