"""Runs pytest on one module of tests: one_pytest.py FOLDER PACKAGE MODULE RESULTS MARK LIBRARY…

In Terrarium or in any other Python. FOLDER has the packages, unpacked, and comes first on the path.
RESULTS is a file with a line of JSON for each event: {"started": ID} and {"ended": ID, "outcome":
…, "message": …}; tests that it says have ended are not run again. MARK is pytest's -m. Each LIBRARY
is a shared library that is put where modules find it.
"""

import contextlib
import importlib
import json
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

folder, package, module, results, mark, *libraries = sys.argv[1:]
sys.path[0] = folder
for library in libraries:
    Path("/usr/lib").mkdir(parents=True, exist_ok=True)
    shutil.copy(library, "/usr/lib")

# CPython has none on Emscripten. SciPy's tests make names of files of it.
vars(threading).setdefault("get_native_id", threading.get_ident)

pytest = importlib.import_module("pytest")


def written(path: Path) -> Iterator[dict[str, str]]:
    """Gives the events in a file of results, without what an earlier process did not finish."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for line in lines:
        with contextlib.suppress(ValueError):
            yield json.loads(line)


class Recorder:
    """Writes down how each test ended, at once: what comes next may end the process."""

    def __init__(self) -> None:
        path = Path(results)
        self.done = {event["ended"] for event in written(path) if "ended" in event}
        self.file = path.open("a", encoding="utf-8")

    def write(self, **event: str) -> None:
        """Writes an event."""
        self.file.write(json.dumps(event) + "\n")
        self.file.flush()

    def end(self, test: str, outcome: str, message: str) -> None:
        """Writes how a test ended, or what became of a file."""
        self.write(ended=test, outcome=outcome, message=message)

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Leaves out what is done."""
        items[:] = [item for item in items if short(item.nodeid) not in self.done]

    def pytest_collectreport(self, report: Any) -> None:
        """Notes a file that cannot be collected, or that skips itself."""
        if report.outcome != "passed":
            self.end(short(report.nodeid), report.outcome, said(report.longrepr))

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Notes the test that begins."""
        self.write(started=short(nodeid))

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Notes a phase of a test: its set-up, itself, or what is done after it."""
        test = short(report.nodeid)
        if hasattr(report, "wasxfail"):
            if report.when == "call" or report.outcome == "skipped":
                self.end(test, "skipped", "upstream expects that it fails")
        elif report.outcome != "passed" or report.when == "call":
            self.end(test, report.outcome, said(report.longrepr))


def short(node: str) -> str:
    """Gives an id of pytest's from the package on; it has no file if that is outside of FOLDER."""
    start = node.find(f"{package}/")
    return node[start:] if start >= 0 else module.replace(".", "/") + ".py" + node


def said(text: object) -> str:
    """Gives the line that says what was wrong, or why a test was skipped."""
    if text is None:
        return ""
    if isinstance(text, tuple):
        return str(text[2])
    lines = [line for line in str(text).splitlines() if line.startswith("E ")]
    lines = lines or str(text).splitlines() or [""]
    return lines[0].removeprefix("E").strip()[:200]


arguments = ["-q", "--tb=short", "-p", "no:cacheprovider", "--rootdir", folder, "--pyargs", module]
recorder = Recorder()
status = pytest.main([*arguments, *(["-m", mark] if mark else [])], plugins=[recorder])
if status == pytest.ExitCode.INTERNAL_ERROR:
    # A package that skips all of its modules ends pytest, which imports it to find them.
    try:
        importlib.import_module(module.rpartition(".")[0])
    except pytest.skip.Exception as reason:
        recorder.end(module.replace(".", "/") + ".py", "skipped", str(reason))
        status = pytest.ExitCode.OK
# A file that cannot be collected interrupts; the recorder has noted it.
fine = (
    pytest.ExitCode.OK,
    pytest.ExitCode.TESTS_FAILED,
    pytest.ExitCode.INTERRUPTED,
    pytest.ExitCode.NO_TESTS_COLLECTED,
)
sys.exit(0 if status in fine else 1)
