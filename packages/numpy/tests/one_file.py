"""Runs pytest inside Terrarium on one module of tests: one_file.py FOLDER MODULE RESULTS.

FOLDER has the packages, unpacked. RESULTS becomes a JSON file: each test that was not passed by its
id, with how it ended and the last line of what was said; how many passed under the empty id.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

folder, module, results = sys.argv[1:4]
sys.path[0] = folder

pytest = importlib.import_module("pytest")


class Recorder:
    """Notes how each test ended."""

    def __init__(self) -> None:
        self.ends: dict[str, tuple[str, str]] = {}
        self.passed = 0

    def pytest_collectreport(self, report: Any) -> None:
        """Notes a file that cannot be collected, or that skips itself."""
        if report.outcome != "passed":
            self.ends[short(report.nodeid)] = (report.outcome, last_line(report.longrepr))

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Notes a phase of a test: its set-up, itself, or what is done after it."""
        if report.when == "call" and report.outcome == "passed" and not hasattr(report, "wasxfail"):
            self.passed += 1
        elif hasattr(report, "wasxfail"):
            self.ends[short(report.nodeid)] = ("skipped", "upstream expects that it fails")
        elif report.outcome != "passed":
            self.ends[short(report.nodeid)] = (report.outcome, last_line(report.longrepr))


def short(node: str) -> str:
    """Gives an id of pytest's from the package on."""
    return node[node.index("numpy/") :] if "numpy/" in node else node


def last_line(text: object) -> str:
    """Gives the line that says what was wrong."""
    if isinstance(text, tuple):
        return str(text[2])
    lines = [line for line in str(text).splitlines() if line.startswith("E ")]
    lines = lines or str(text).splitlines() or [""]
    return lines[0].removeprefix("E").strip()[:200]


recorder = Recorder()
status = pytest.main(
    ["-q", "--tb=short", "-p", "no:cacheprovider", "--rootdir", folder, "--pyargs", module],
    plugins=[recorder],
)
ends: dict[str, Any] = {"": recorder.passed, **recorder.ends}
Path(results).write_text(json.dumps(ends), encoding="utf-8")
sys.exit(0 if status in (0, 1, 5) else 1)
