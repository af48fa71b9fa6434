"""Builds a target twice, in two unlike places that share a disk cache; the second runs no action.

    ./bazelw test //tests/reproducible:shared_cache

The first clone is built with an empty disk cache, which takes as long as a build from nothing. The
second is in another folder, of another user with another home folder, and has an output base of its
own. Bazel's execution log tells of each of its actions whether it was taken from the cache: each
that may be has to be. What was downloaded is shared, too.

Misses are named, and what the two logs say of the first of them is in the test's outputs:
`first.json` and `second.json`. The seconds that the second build took are a figure, not a
condition: they are the machine's, and more so when it has other work.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

from tests.private import machine
from tests.reproducible import execution_log, places
from third_party.private import registry

#: What is seen to differ before anything is said of the cache.
_VARIED = ("user id", "user name", "folder", "home folder", "host name", "locale", "umask")

#: Seconds within which somebody who has the cache wants the release.
_TIME = 90

#: As many misses as are named and written.
_ENOUGH = 40


def keep(names: list[str], log: Path, output: Path) -> None:
    """Writes what a log says of these actions."""
    spawns = {
        name: execution_log.key(spawn)
        for spawn in execution_log.read(log)
        if (name := execution_log.identity(spawn)) in names
    }
    text = json.dumps(spawns, ensure_ascii=False, indent=1, sort_keys=True)
    output.write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Builds, reads the log of the second build, and fails with the names of misses."""
    parser = machine.parser(__doc__)
    parser.add_argument("--target", default="//dist:all")
    parser.add_argument(
        "--least",
        type=int,
        default=500,
        help="how many actions that can be cached there are at least: fewer prove nothing",
    )
    arguments = parser.parse_args()
    workspace = machine.workspace(arguments)

    with machine.scratch("shared-cache-") as scratch:
        home = scratch / "home"
        home.mkdir()
        first, second = places.VARIATIONS
        elsewhere = {
            "HOME": str(home),
            "TERRARIUM_REPOSITORY_CACHE": str(registry.repository_cache()),
            "XDG_CACHE_HOME": str(home / ".cache"),
        }
        second = dataclasses.replace(second, extra=second.extra | elsewhere)
        seen, logs, seconds = [], [], 0.0
        for place in (first, second):
            folder = scratch / place.folder
            machine.clone(workspace, folder)
            seen.append(places.probe(place, folder))
            logs.append(scratch / f"{place.hostname}.json")
            seconds = places.build(
                place,
                folder,
                scratch / f"base-{place.hostname}",
                f"'--disk_cache={scratch / 'disk'}' --remote_cache= "
                f"'--execution_log_json_file={logs[-1]}' {arguments.target}",
            )
        account = execution_log.account(execution_log.read(logs[-1]))
        named = account.missed[:_ENOUGH]
        if named:
            for log, name in zip(logs, ("first.json", "second.json"), strict=True):
                keep(named, log, machine.output(name))

    places.require_variation(seen, _VARIED)
    print(account.table())
    print(
        f"{account.hits.total()} of {account.cacheable} actions that can be cached were taken from "
        f"the cache. The second build took {seconds:.0f} s, Bazel's own installation included; "
        f"{_TIME} s are wanted{'' if seconds <= _TIME else ', WHICH IT EXCEEDS'}"
    )
    if account.cacheable < arguments.least:
        sys.exit(
            f"{account.cacheable} actions that can be cached are fewer than {arguments.least}: is "
            f"{arguments.target} what was meant, and has the form of Bazel's log changed?"
        )
    if named:
        more = len(account.missed) - len(named)
        sys.exit(
            "these actions were run again, though the cache has their results from another place:"
            "\n  " + "\n  ".join(named) + (f"\n  and {more} more" if more else "") + "\n"
            "To find out why, begin with the first: what an action needs is named before it. "
            f"Compare first.json and second.json, in {machine.output('').resolve()}. If arguments, "
            "variables or the list of inputs differ, something of the place reaches the action. If "
            "an input's digest differs, what made that input does not give the same bits twice. If "
            "nothing differs, the result was not stored."
        )


if __name__ == "__main__":
    main()
