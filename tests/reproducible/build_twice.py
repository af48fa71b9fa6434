"""Builds a target twice from nothing, in two unlike places, and requires the same bytes.

    ./bazelw test //tests/reproducible

Both builds start from a clean clone with an empty output base and no cache of actions; what was
downloaded is shared. Each variation is listed in places.VARIATIONS, and each is seen to have taken
effect before the outputs are compared, so that a variation that does nothing is a failure and not a
pass.

The two builds start at different times of one day. What holds the day alone would be the same in
both, so the day is looked for in what they made: see days.py.
"""

import json
import sys
from datetime import date

from tests.private import machine
from tests.reproducible import days, places


def main() -> None:
    """Builds, compares, writes report.json, and fails with the names of what differs."""
    parser = machine.parser(__doc__)
    parser.add_argument("--target", default="//dist:all")
    parser.add_argument("--output", default="dist/all", help="the target's folder under bazel-bin")
    arguments = parser.parse_args()
    workspace = machine.workspace(arguments)

    results, seen = [], []
    dated: set[str] = set()
    with machine.scratch("reproducible-") as scratch:
        for place in places.VARIATIONS:
            folder = scratch / place.folder
            base = scratch / ("base-" + place.hostname)
            machine.clone(workspace, folder)
            seen.append(places.probe(place, folder))
            places.build(
                place,
                folder,
                base,
                f"--disk_cache= --remote_cache= --jobs={place.jobs} {arguments.target}",
            )
            outputs = folder / "bazel-bin" / arguments.output
            results.append(machine.digests(outputs))
            found = days.find(outputs, days.days_around(date.today()))
            dated |= set(map(str, days.unexplained(outputs, found, base / "external")))

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
    if dated:
        sys.exit("these files hold the day of their making:\n  " + "\n  ".join(sorted(dated)))
    print(f"{len(first)} files are the same, bit for bit")


if __name__ == "__main__":
    main()
