"""Tests of the line that counts test results."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

_PROGRAM = Path(__file__).parents[2] / ".ci/summary.py"


def summary(label: str, status: str) -> dict[str, Any]:
    """Bazel's event at the end of a test."""
    return {"id": {"testSummary": {"label": label}}, "testSummary": {"overallStatus": status}}


class SummaryTest(unittest.TestCase):
    def said(self, events: list[dict[str, Any]] | None, status: int) -> list[str]:
        """What is printed for events (None: Bazel wrote none) and Bazel's exit status."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "events")
            if events is not None:
                path.write_text("".join(json.dumps(event) + "\n" for event in events))
            result = subprocess.run(
                [sys.executable, str(_PROGRAM), str(path), str(status)],
                capture_output=True,
                text=True,
                check=True,
            )
        return result.stdout.splitlines()

    def test_counts_each_test_once(self) -> None:
        events = [
            {"id": {"started": {}}, "started": {}},
            summary("//:good", "PASSED"),
            summary("//:flaky", "FLAKY"),
            summary("//:bad", "FAILED"),
            summary("//:slow", "TIMEOUT"),
            {"id": {"targetCompleted": {"label": "//:off"}}, "aborted": {"reason": "SKIPPED"}},
        ]
        self.assertEqual(
            self.said(events, 3),
            ["failed: //:bad", "failed: //:slow", "2 passed, 2 failed, 1 skipped"],
        )

    def test_test_that_could_not_be_built_has_failed(self) -> None:
        events = [summary("//:good", "PASSED"), summary("//:unbuilt", "FAILED_TO_BUILD")]
        self.assertEqual(
            self.said(events, 1), ["failed: //:unbuilt", "1 passed, 1 failed, 0 skipped"]
        )

    def test_test_that_never_ran_has_failed(self) -> None:
        self.assertEqual(
            self.said([summary("//:late", "NO_STATUS")], 8)[-1].split(", ")[1], "1 failed"
        )

    def test_failure_before_any_test_is_one_failure(self) -> None:
        self.assertEqual(self.said([], 1)[-1], "0 passed, 1 failed, 0 skipped")
        self.assertEqual(self.said(None, 1)[-1], "0 passed, 1 failed, 0 skipped")

    def test_all_good(self) -> None:
        self.assertEqual(
            self.said([summary("//:good", "PASSED")], 0), ["1 passed, 0 failed, 0 skipped"]
        )


if __name__ == "__main__":
    unittest.main()
