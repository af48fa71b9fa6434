"""Counts the test results in Bazel's build event file: one line, `N passed, N failed, N skipped`.

    summary.py EVENTS STATUS

EVENTS is what --build_event_json_file wrote; STATUS is Bazel's exit status. A test that could not
be built counts as failed; where Bazel failed before any test, that is one failure. Host python3
(3.9 or newer), standard library only.
"""

import json
import sys
from pathlib import Path

_PASSED = {"PASSED", "FLAKY"}


def count(events: Path) -> dict[str, list[str]]:
    """Test labels by outcome, from one JSON object a line."""
    outcomes: dict[str, list[str]] = {"passed": [], "failed": [], "skipped": []}
    if not events.exists():
        return outcomes
    for line in events.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        name = event.get("id", {})
        if "testSummary" in event and "testSummary" in name:
            label = name["testSummary"]["label"]
            good = event["testSummary"].get("overallStatus") in _PASSED
            outcomes["passed" if good else "failed"].append(label)
        elif "targetCompleted" in name and event.get("aborted", {}).get("reason") == "SKIPPED":
            outcomes["skipped"].append(name["targetCompleted"]["label"])
    return outcomes


def main() -> None:
    """Prints the labels that failed, then the line."""
    outcomes = count(Path(sys.argv[1]))
    if int(sys.argv[2]) and not outcomes["failed"]:
        outcomes["failed"].append("the build itself: see Bazel's messages above")
    for label in outcomes["failed"]:
        print("failed: " + label)
    print(", ".join(f"{len(labels)} {outcome}" for outcome, labels in outcomes.items()))


if __name__ == "__main__":
    main()
