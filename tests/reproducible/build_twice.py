"""Builds a target twice from nothing, in two unlike places, and requires the same bytes.

    ./bazelw test //tests/reproducible

Both builds start from a clean clone with an empty output base and no cache of actions; what was
downloaded is shared. Each variation is listed in places.VARIATIONS, and each is seen to have taken
effect before the outputs are compared, so that a variation that does nothing is a failure and not a
pass.

The two builds start at different times of one day. What holds the day alone would be the same in
both, so the day is looked for in what they made.
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.private import machine
from tests.reproducible import places

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
        for place in places.VARIATIONS:
            folder = scratch / place.folder
            machine.clone(workspace, folder)
            seen.append(places.probe(place, folder))
            places.build(
                place,
                folder,
                scratch / ("base-" + place.hostname),
                f"--disk_cache= --remote_cache= --jobs={place.jobs} {arguments.target}",
            )
            outputs = folder / "bazel-bin" / arguments.output
            results.append(machine.digests(outputs))
            days += dated(outputs)

    # Both have the machine's home folder: settings of pip and npm are there.
    places.require_variation(seen, [name for name in places.PROBES if name != "home folder"])
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
