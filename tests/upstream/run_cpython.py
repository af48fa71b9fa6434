"""Runs CPython's own regression tests in Terrarium, in Node: a process for each module.

    ./bazelw test //tests/upstream:cpython_sample            what CI runs
    ./bazelw run //tests/upstream:cpython -- test_struct     a module, or some
    ./bazelw run //tests/upstream:cpython -- --table=docs/cpython-tests.md

cpython_expected.toml says which modules upstream skips here and which tests fail, and why. A result
that is not what it says is a failure, and so is an entry that no longer holds.
"""

import argparse
import concurrent.futures
import json
import os
import re
import shutil
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.upstream.suites import ExpectationError, escape, from_user, page_path, read_list, run_in

PASSED, FAILED, SKIPPED, CRASHED, TIMED_OUT = "passed", "failed", "skipped", "crashed", "timed out"

#: As upstream's Platforms/emscripten/config.toml, without what needs the Internet, gigabytes or
#: minutes of computing.
REGRTEST = ("-v", "-uall,-cpu,-network,-urlfetch,-largefile,-audio,-gui", "--single-process")

#: What is after the traceback of a failure: the next one, or unittest's summary.
_FAILURE = re.compile(
    r"^(?P<kind>ERROR|FAIL|UNEXPECTED SUCCESS): (?P<title>.+)\n"
    r"(?P<rest>(?:(?!={70}$|Ran \d+ tests? in ).*\n)*)",
    re.MULTILINE,
)
_TEST_ID = re.compile(r"^(?P<name>\S+) \((?P<path>[\w.<>-]+)\)")
_TOTAL = re.compile(
    r"^Total tests: run=([\d,]+)(?: \(filtered\))?(?: failures=([\d,]+))?(?: skipped=([\d,]+))?$",
    re.MULTILINE,
)
_OUTCOME = re.compile(r"^Result: (?P<result>[A-Z ,]+)$", re.MULTILINE)
_STARTED = re.compile(r"^(?P<title>\w+ \([\w.]+\))(?:\n.*)? \.\.\. ", re.MULTILINE)


@dataclass
class Failure:
    """A test that failed, and the last line of its traceback."""

    test: str
    error: str


@dataclass
class Result:
    """What came of one module."""

    module: str
    outcome: str
    run: int = 0
    failed: int = 0
    skipped: int = 0
    note: str = ""
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0


@dataclass
class Expected:
    """What cpython_expected.toml says."""

    skipped: dict[str, str] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)
    tests: dict[str, str] = field(default_factory=dict)

    def tests_of(self, module: str) -> set[str]:
        """Gives the tests of a module that are listed as failing."""
        prefix = full_name(module) + "."
        return {test for test in self.tests if test.startswith(prefix)}


def full_name(module: str) -> str:
    """Gives the name that unittest's ids start with: regrtest mostly leaves `test.` out."""
    return module if module.startswith("test.") else f"test.{module}"


def read_expected(path: Path) -> Expected:
    """Reads cpython_expected.toml."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    expected = Expected()
    for table, key, reason, target in (
        ("skipped", "modules", "reason", expected.skipped),
        ("failing", "modules", "cause", expected.modules),
        ("failing", "tests", "cause", expected.tests),
    ):
        for entry in document.get(table, []):
            for name in entry.get(key, []):
                if not entry.get(reason):
                    raise ExpectationError(f"{path.name}: {name} has no {reason}: write one")
                if name in target:
                    raise ExpectationError(f"{path.name}: {name} is there twice: remove one")
                target[name] = entry[reason]
    for name in expected.skipped.keys() & expected.modules.keys():
        raise ExpectationError(f"{path.name}: {name} cannot both be skipped and fail: remove one")
    return expected


def last_line(traceback: str) -> str:
    """Gives the line of a traceback that names the exception, or what there is."""
    lines = [line for line in traceback.splitlines() if line.strip() and not line.startswith("---")]
    start = max((i for i, line in enumerate(lines) if line.startswith("  File ")), default=-1)
    for line in lines[start + 1 :]:
        if not line.startswith(" ") or start < 0:
            return line.strip()[:300]
    return ""


def parse_failures(module: str, output: str) -> Iterator[Failure]:
    """Finds what failed in the output of regrtest; a test once, whichever of its subtests fail."""
    found: set[str] = set()
    for match in _FAILURE.finditer(output):
        title = _TEST_ID.match(match["title"])
        if title is None:
            name = match["title"].split()[0]
        elif title["path"].endswith("." + title["name"]):
            name = title["path"]
        else:
            name = f"{title['path']}.{title['name']}"
        if not name.startswith(full_name(module) + "."):
            # From another file, such as test.datetimetester.
            name = f"{full_name(module)}.{name.removeprefix('test.')}"
        if name not in found:
            found.add(name)
            error = last_line(match["rest"])
            yield Failure(name, match["kind"].lower() if match["kind"].startswith("UN") else error)
    name = re.escape(module)
    crash = re.search(rf"^test {name} crashed -- ((?:.+\n)+)", output, re.MULTILINE)
    if crash:
        # What unittest's loader could not load is said before.
        loading = re.search(r"^Failed to .*\n(Traceback .*\n(?:.+\n)+)", output, re.MULTILINE)
        yield Failure(f"{full_name(module)}.(import)", last_line((loading or crash)[1]))


def parse(module: str, output: str, status: int | None, seconds: float) -> Result:
    """Makes a result of a process's output and exit status: None when its time was over."""
    result = Result(module, PASSED, seconds=round(seconds, 1))
    total = _TOTAL.search(output)
    if total:
        result.run, result.failed, result.skipped = (
            int((n or "0").replace(",", "")) for n in total.groups()
        )
    result.failures = list(parse_failures(module, output))
    outcome = _OUTCOME.search(output)
    if status is None or outcome is None:
        result.outcome = TIMED_OUT if status is None else CRASHED
        started = _STARTED.findall(output)
        where = f" in {started[-1]}" if started else ""
        lines = [line.strip() for line in output.splitlines() if line.strip()]
        error = next(
            (line for line in reversed(lines) if re.match(r"\w*(Error|Exception|Exit)\b.*:", line)),
            "",
        )
        result.note = f"{result.outcome}{where}" + (
            f": {error[:200]}" if error and status is not None else ""
        )
        return result
    skipped = re.search(rf"^{re.escape(module)} skipped -- (.*)$", output, re.MULTILINE)
    if skipped:
        result.outcome, result.note = SKIPPED, skipped[1].strip()
    elif status != 0 and (result.failures or "FAILURE" in outcome["result"]):
        result.outcome = FAILED
        result.failed = max(result.failed, len(result.failures))
    elif result.run == 0 or result.run == result.skipped:
        result.outcome = SKIPPED
        reasons = Counter(re.findall(r" \.\.\. skipped ['\"](.*)['\"]$", output, re.MULTILINE))
        result.note = (
            "all of its tests: " + reasons.most_common(1)[0][0] if reasons else "no tests ran"
        )
    elif status != 0:
        result.outcome, result.note = FAILED, f"exit status {status}"
    return result


class Suite:
    """Upstream's tests, and what runs them."""

    def __init__(self, node: Path, dist: Path, folder: Path, scratch: Path, timeout: float) -> None:
        self.command = [
            str(node),
            str(dist / "cli.mjs"),
            str(Path(__file__).with_name("one_module.py")),
        ]
        self.folder = folder
        self.scratch = scratch
        self.timeout = timeout

    def start(self, arguments: Iterable[str]) -> tuple[str, int | None]:
        """Runs regrtest, and gives its output and exit status."""
        with tempfile.TemporaryDirectory(dir=self.scratch, ignore_cleanup_errors=True) as place:
            log = Path(place, "output")
            status = run_in(
                place,
                [*self.command, str(self.folder), *arguments],
                log,
                self.timeout,
                {"PYTHON_COLORS": "0"},
            )
            # Where the tests were copied to is nobody's business: tables quote what is said.
            output = log.read_text(encoding="utf-8", errors="replace")
            return output.replace(f"{self.folder}/", ""), status

    def modules(self) -> list[str]:
        """Asks regrtest which modules there are."""
        output, status = self.start(["--list-tests"])
        found = sorted(line for line in output.splitlines() if re.fullmatch(r"test[\w.]+", line))
        if status != 0 or not found:
            raise SystemExit(f"regrtest does not list its modules (status {status}):\n{output}")
        return found

    def run(self, module: str, logs: Path | None) -> Result:
        """Runs the tests of a module."""
        began = time.monotonic()
        output, status = self.start([*REGRTEST, module])
        result = parse(module, output, status, time.monotonic() - began)
        if logs and result.outcome not in (PASSED, SKIPPED):
            logs.mkdir(parents=True, exist_ok=True)
            (logs / f"{module}.log").write_text(output, encoding="utf-8")
        return result


def judge(result: Result, expected: Expected) -> Iterator[str]:
    """Says what is not as expected, and what to do."""
    module = result.module
    listed = expected.tests_of(module)
    if module in expected.skipped:
        if result.outcome != SKIPPED:
            yield f"{module} is listed as skipped, but {result.outcome}: correct its entry"
            return
    elif result.outcome == SKIPPED:
        yield f"{module} was skipped ({result.note}): if it must be, list it in [[skipped]]"
    if module in expected.modules:
        if result.outcome in (PASSED, SKIPPED):
            yield f"{module} is listed as failing, but {result.outcome}: remove it"
        return
    if result.outcome in (CRASHED, TIMED_OUT):
        yield f"{module}: {result.note}: mend it, or list the module in [[failing]] with the cause"
        return
    failed = {failure.test: failure.error for failure in result.failures}
    for test in sorted(failed.keys() - listed):
        yield f"{test}: {failed[test]}: mend it, or list the test in [[failing]] with the cause"
    for test in sorted(listed - failed.keys()):
        yield f"{test} is listed as failing, but does not fail: remove it"
    if result.outcome == FAILED and not failed:
        yield f"{module} failed ({result.note}): mend it, or list the module in [[failing]]"


def table(results: Sequence[Result], expected: Expected) -> str:
    """Gives the results as Markdown."""
    outcomes = Counter(result.outcome for result in results)
    run, failed, skipped = (
        sum(getattr(r, name) for r in results) for name in ("run", "failed", "skipped")
    )
    lines = [
        "# CPython's own tests in Node",
        "",
        "Generated by `./bazelw run //tests/upstream:cpython -- --table=docs/cpython-tests.md`;",
        "what is expected, and why, is in",
        "[tests/upstream/cpython_expected.toml](../tests/upstream/cpython_expected.toml).",
        "",
        f"{len(results)} modules: "
        + ", ".join(
            f"{outcomes[o]} {o}"
            for o in (PASSED, FAILED, SKIPPED, CRASHED, TIMED_OUT)
            if outcomes[o]
        )
        + f". {run} tests were run: {run - failed - skipped} passed, {failed} failed, "
        + f"{skipped} were skipped.",
        "",
        "| module | outcome | run | failed | skipped | note |",
        "| --- | --- | ---: | ---: | ---: | --- |",
    ]
    for result in results:
        note = (
            expected.skipped.get(result.module)
            or expected.modules.get(result.module)
            or result.note
        )
        if not note and result.failures:
            note = "; ".join(
                dict.fromkeys(expected.tests.get(f.test, f.error) for f in result.failures)
            )
        cells = (
            result.module,
            result.outcome,
            result.run,
            result.failed,
            result.skipped,
            escape(note),
        )
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    failing = [
        (failure, expected.tests.get(failure.test)) for r in results for failure in r.failures
    ]
    if failing:
        lines += ["", "## What fails", "", "| test | error | cause |", "| --- | --- | --- |"]
        lines += [
            f"| {escape(f.test)} | {escape(f.error)} | {escape(cause or '')} |"
            for f, cause in failing
        ]
    return "\n".join(lines) + "\n"


def arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--node", type=Path, required=True, help="the Node program")
    parser.add_argument("--dist", type=Path, required=True, help="the release")
    parser.add_argument(
        "--tests", type=Path, required=True, help="a file of Lib/test, or the folder"
    )
    parser.add_argument("--extensions", default="", help="files of _testcapi and its like")
    parser.add_argument("--expected", type=Path, required=True, help="cpython_expected.toml")
    parser.add_argument(
        "--list", type=Path, help="a file with the modules to run, one a line; default all"
    )
    parser.add_argument("--at-once", type=int, default=1, help="how many processes at once")
    parser.add_argument("--timeout", type=float, default=600, help="seconds for a module")
    parser.add_argument("--table", type=Path, help="write the table to this file too")
    parser.add_argument("--json", type=Path, help="write the results to this file too")
    parser.add_argument("--logs", type=Path, help="folder for the output of what fails")
    parser.add_argument("modules", nargs="*", help="modules to run, instead of those of --list")
    return parser.parse_args()


def copy_tests(tests: Path, extensions: Iterable[str], scratch: Path) -> Path:
    """Copies Lib/test, its files as files and no links, and gives the folder that has it."""
    source = tests if tests.is_dir() else tests.parent
    while source.name != "test":
        source = source.parent
    shutil.copytree(source, scratch / "lib" / "test", ignore=shutil.ignore_patterns("__pycache__"))
    for extension in extensions:
        shutil.copy(extension, scratch / "lib")
    return scratch / "lib"


def write(path: Path | None, text: str) -> None:
    """Writes a file, if it is wanted."""
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main() -> int:
    """Runs the tests and compares their results with what is expected."""
    options = arguments()
    chosen = options.modules or options.list
    table_path, json_path = page_path(options.table, chosen), from_user(options.json)
    try:
        expected = read_expected(options.expected)
    except ExpectationError as error:
        sys.exit(str(error))
    outputs = (
        Path(os.environ["TEST_UNDECLARED_OUTPUTS_DIR"])
        if "TEST_UNDECLARED_OUTPUTS_DIR" in os.environ
        else None
    )
    logs = from_user(options.logs) or (outputs / "logs" if outputs else None)
    with tempfile.TemporaryDirectory(
        dir=os.environ.get("TEST_TMPDIR"), prefix="cpython-tests-", ignore_cleanup_errors=True
    ) as place:
        scratch = Path(place).resolve()
        suite = Suite(
            options.node.absolute(),
            options.dist.absolute(),
            copy_tests(options.tests.absolute(), options.extensions.split(), scratch),
            scratch,
            options.timeout,
        )
        modules = options.modules
        if not modules and options.list:
            modules = read_list(options.list)
        modules = modules or suite.modules()
        results: list[Result] = []
        problems: list[str] = []
        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(options.at_once) as pool:
            runs = [pool.submit(suite.run, module, logs) for module in modules]
            for number, run in enumerate(concurrent.futures.as_completed(runs), 1):
                result = run.result()
                found = list(judge(result, expected))
                results.append(result)
                problems += found
                print(
                    f"[{number}/{len(modules)}] {result.module}: {result.outcome}",
                    f"({result.run} run, {result.failed} failed, {result.skipped} skipped,",
                    f"{result.seconds} s)",
                    result.note,
                    "" if not found else "NOT AS EXPECTED",
                    flush=True,
                )
                results.sort(key=lambda result: result.module)
                write(
                    json_path, json.dumps([asdict(result) for result in results], indent=1) + "\n"
                )
    write(table_path, table(results, expected))
    if outputs:
        write(outputs / "cpython.md", table(results, expected))
        write(
            outputs / "cpython.json",
            json.dumps([asdict(result) for result in results], indent=1) + "\n",
        )
    print(f"\n{table(results, expected).splitlines()[6]} {time.monotonic() - began:.0f} s.")
    if not chosen:
        stale = {*expected.skipped, *expected.modules} - set(modules)
        problems += [f"{name} is listed, and is no module: remove it" for name in stale]
    if problems:
        print(f"\n{len(problems)} results are not what tests/upstream/cpython_expected.toml says:")
        for problem in sorted(problems):
            print(f"  {problem}")
        print("Mend what fails, or edit tests/upstream/cpython_expected.toml.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
