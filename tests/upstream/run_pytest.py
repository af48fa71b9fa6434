"""Runs a package's own tests with pytest in Terrarium, in Node: a process for each module of tests.

    ./bazelw run //tests/upstream:numpy                         all
    ./bazelw run //tests/upstream:numpy -- test_umath           modules whose names have this
    ./bazelw run //tests/upstream:numpy -- --native=native.json the same as native programs

The file that --expected names says which tests fail here, and why. A result that is not what it
says is a failure, and so is an entry that no longer holds. A test that ends its process, or takes
too long, is noted as crashed, and the rest of its module is run without it.

--table writes a page in Markdown. With the results of the native run (--reference=native.json) it
says how much of what passes there passes here.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from tests.upstream.suites import ExpectationError, escape, from_user, page_path, read_list, run_in

PASSED, FAILED, SKIPPED, CRASHED = "passed", "failed", "skipped", "crashed"


@dataclass
class Ending:
    """How a test ended, and what was said."""

    outcome: str
    message: str = ""


@dataclass
class Result:
    """What came of one module: its tests by their ids, and how it ended if it did not run."""

    module: str
    tests: dict[str, Ending] = field(default_factory=dict)
    crash: str = ""
    seconds: float = 0.0

    def count(self, outcome: str) -> int:
        """Says how many of the tests ended so."""
        return sum(ending.outcome == outcome for ending in self.tests.values())

    def failures(self) -> dict[str, str]:
        """Gives the tests that did not pass, and what was said."""
        return {
            test: ending.message
            for test, ending in self.tests.items()
            if ending.outcome in (FAILED, CRASHED)
        }


def read_expected(path: Path) -> dict[str, str]:
    """Reads [[failing]] with `tests`, in which * is any text, and a `cause`."""
    expected: dict[str, str] = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("failing", []):
        for name in entry.get("tests", []):
            if not entry.get("cause"):
                raise ExpectationError(f"{path.name}: {name} has no cause: write one")
            if name in expected:
                raise ExpectationError(f"{path.name}: {name} is there twice: remove one")
            expected[name] = entry["cause"]
    return expected


def covers(pattern: str, test: str) -> bool:
    """Says whether an entry is for a test: the same text, where `*` stands for any."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), test) is not None


def cause_of(test: str, expected: Mapping[str, str]) -> str:
    """Gives the cause that is listed for a test, or nothing."""
    return next((cause for pattern, cause in expected.items() if covers(pattern, test)), "")


def judge(
    results: Sequence[Result], expected: Mapping[str, str], whole: bool = False
) -> Iterator[str]:
    """Says what is not as expected, and what to do.

    Entries for modules that did not run hold, unless the results are of a whole run.
    """
    used = set()
    for result in results:
        if result.crash:
            yield f"{result.module}: {result.crash}: mend it"
        for test, message in result.failures().items():
            entries = [pattern for pattern in expected if covers(pattern, test)]
            used.update(entries)
            if not entries:
                yield f"{test}: {message}: mend it, or list the test with the cause"
    ran = {result.module for result in results if not result.crash}
    for pattern in sorted(expected.keys() - used):
        module = pattern.partition("::")[0].removesuffix(".py").replace("/", ".")
        if whole or module in ran:
            yield f"{pattern} is listed as failing, and nothing of it fails: remove it"


def unpack(wheels: Sequence[Path], folder: Path) -> None:
    """Unpacks wheels."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as bundle:
            bundle.extractall(folder)


def modules_in(folder: Path, package: str) -> list[str]:
    """Gives the names of a package's modules of tests, the largest first: they take the longest."""
    found = sorted(
        (folder / package).rglob("tests/**/test_*.py"), key=lambda path: -path.stat().st_size
    )
    return [".".join(path.relative_to(folder).with_suffix("").parts) for path in found]


def read_events(path: Path) -> tuple[dict[str, Ending], str]:
    """Reads what one_pytest.py wrote: how tests ended, and which one had begun and did not end."""
    tests: dict[str, Ending] = {}
    begun = ""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue  # The process ended while it wrote.
        if "started" in event:
            begun = event["started"]
        else:
            # A failure of what is done after a test counts for it.
            earlier = tests.get(event["ended"])
            if not earlier or earlier.outcome == PASSED:
                tests[event["ended"]] = Ending(event["outcome"], event["message"])
    return tests, "" if begun in tests else begun


class Suite:
    """A package's tests, and what runs them."""

    def __init__(self, options: argparse.Namespace, scratch: Path) -> None:
        self.package: str = options.package
        self.mark: str = options.mark
        self.timeout: float = options.timeout
        self.scratch = scratch
        self.script = str(Path(__file__).with_name("one_pytest.py").absolute())
        self.libraries = [str(Path(library).absolute()) for library in options.libraries.split()]
        self.folder = scratch / "site"
        wheels = [Path(wheel) for wheel in options.wheels.split()]
        self.variables: dict[str, str] = {}
        if options.native:
            wheels = []  # Native ones are unpacked, and have their tests.
            path = [str(Path(folder).absolute()) for folder in options.native_path.split()]
            self.variables = {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(path)}
            self.command = [str(options.python.absolute())]
            self.libraries = []
            self.tests = next(Path(entry) for entry in path if Path(entry, self.package).is_dir())
        else:
            self.command = [str(options.node.absolute()), str(options.dist.absolute() / "cli.mjs")]
            self.tests = self.folder
        self.folder.mkdir()
        unpack(wheels, self.folder)

    def modules(self, parts: Sequence[str]) -> list[str]:
        """Gives the modules whose names have one of these parts; all if there is none."""
        found = modules_in(self.tests, self.package)
        return [name for name in found if not parts or any(part in name for part in parts)]

    def run(self, module: str) -> Result:
        """Runs a module of tests, in as many processes as it takes."""
        result = Result(module)
        began = time.monotonic()
        with tempfile.TemporaryDirectory(dir=self.scratch, ignore_cleanup_errors=True) as place:
            events, log = Path(place, "events"), Path(place, "log")
            while True:
                status = self.start(module, place, events, log)
                result.tests, begun = read_events(events)
                if status == 0:
                    break
                text = log.read_text(encoding="utf-8", errors="replace").strip()
                how = " ".join(text[-300:].split()) or f"exit status {status}"
                if status is None:
                    how = f"not done after {self.timeout:.0f} s"
                if not begun:
                    result.crash = how
                    break
                event = {"ended": begun, "outcome": CRASHED, "message": how}
                with events.open("a", encoding="utf-8") as file:
                    file.write("\n" + json.dumps(event) + "\n")
        result.seconds = round(time.monotonic() - began, 1)
        return result

    def start(self, module: str, place: str, events: Path, log: Path) -> int | None:
        """Runs a process to its end, and gives its exit status: None when its time was over."""
        arguments = [str(self.folder), self.package, module, str(events), self.mark]
        command = [*self.command, self.script, *arguments, *self.libraries]
        return run_in(place, command, log, self.timeout, self.variables)


def write_results(path: Path, results: Sequence[Result]) -> None:
    """Writes results as JSON: for each module its tests, with how they ended."""
    content = {
        result.module: {
            "seconds": result.seconds,
            "crash": result.crash,
            "tests": {
                test: [ending.outcome, ending.message] for test, ending in result.tests.items()
            },
        }
        for result in sorted(results, key=lambda result: result.module)
    }
    path.write_text(json.dumps(content, indent=0) + "\n", encoding="utf-8")


def read_results(path: Path) -> dict[str, Result]:
    """Reads what write_results() wrote."""
    return {
        module: Result(
            module,
            {test: Ending(*ending) for test, ending in facts["tests"].items()},
            facts["crash"],
            facts["seconds"],
        )
        for module, facts in json.loads(path.read_text(encoding="utf-8")).items()
    }


def compare(results: Sequence[Result], reference: Mapping[str, Result]) -> Counter[str]:
    """Says how those tests end here that pass in the reference.

    Of modules that ran, alone. If a file ends as a whole, as it skips itself or cannot be imported,
    so do all of its tests.
    """
    here = {test: ending.outcome for result in results for test, ending in result.tests.items()}
    ran = {result.module for result in results}
    return Counter(
        here.get(test) or here.get(test.partition("::")[0], "absent")
        for module, result in reference.items()
        if module in ran
        for test, ending in result.tests.items()
        if ending.outcome == PASSED
    )


def table(
    package: str,
    results: Sequence[Result],
    expected: Mapping[str, str],
    reference: Mapping[str, Result],
) -> str:
    """Gives the results as a page in Markdown."""
    total = Counter(ending.outcome for result in results for ending in result.tests.values())
    lines = [
        f"# {package}'s own tests in Node",
        "",
        f"Generated by `./bazelw run //tests/upstream:{package} -- "
        f"--table=docs/{package}-tests.md`;",
        "what is expected, and why, is in",
        f"[packages/{package}/expected.toml](../packages/{package}/expected.toml).",
        "",
        f"{len(results)} modules, {sum(total.values())} tests: {total[PASSED]} passed, "
        f"{total[FAILED]} failed, {total[CRASHED]} crashed, {total[SKIPPED]} were skipped.",
    ]
    if reference:
        count = compare(results, reference)
        whole = sum(count.values())
        run = count[PASSED] + count[FAILED] + count[CRASHED]
    if reference and run:
        lines += [
            "",
            f"{whole} tests pass as native programs. Here {count[PASSED]} of them pass, "
            f"{100 * count[PASSED] / whole:.2f} %: {count[FAILED]} fail, {count[CRASHED]} crash, "
            f"{count[SKIPPED]} are skipped, and {count['absent']} do not exist under the same name "
            "(it holds the name of another type). Of those that run in both, "
            f"{100 * count[PASSED] / run:.2f} % pass.",
        ]
    failing = [(test, message) for result in results for test, message in result.failures().items()]
    causes = Counter(cause_of(test, expected) for test, _ in failing)
    if failing:
        lines += ["", "## Why tests fail", "", "| tests | cause |", "| ---: | --- |"]
        lines += [
            f"| {count} | {escape(cause or 'not known')} |" for cause, count in causes.most_common()
        ]
    lines += [
        "",
        "## Modules",
        "",
        "| module | passed | failed | crashed | skipped | s |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {escape(result.module)} | {result.count(PASSED)} | {result.count(FAILED)} | "
        f"{result.count(CRASHED)} | {result.count(SKIPPED)} | {result.seconds:.0f} |"
        for result in results
    ]
    if failing:
        lines += ["", "## What fails", "", "| test | what it says |", "| --- | --- |"]
        lines += [
            f"| {escape(test)} | {escape(' '.join(message.split()))} |" for test, message in failing
        ]
    return "\n".join(lines) + "\n"


def arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--node", type=Path, required=True, help="the Node program")
    parser.add_argument("--dist", type=Path, required=True, help="the release")
    parser.add_argument("--package", required=True, help="the package's name, as it is imported")
    parser.add_argument("--expected", type=Path, required=True, help="what fails, and why")
    parser.add_argument("--wheels", required=True, help="the package, its tests, pytest …")
    parser.add_argument("--libraries", default="", help="shared libraries that they need")
    parser.add_argument("--python", type=Path, help="the machine's Python, for --native")
    parser.add_argument("--native-path", default="", help="folders with the machine's packages")
    parser.add_argument("--mark", default="", help="pytest's -m: which tests to run")
    parser.add_argument("--at-once", type=int, default=1, help="how many processes at once")
    parser.add_argument("--timeout", type=float, default=1800, help="seconds for a process")
    parser.add_argument("--list", type=Path, help="a file with the modules to run, one a line")
    parser.add_argument("--native", type=Path, help="run natively, and write the results here")
    parser.add_argument("--reference", type=Path, help="results of a native run")
    parser.add_argument("--json", type=Path, help="write the results to this file")
    parser.add_argument("--table", type=Path, help="write the page to this file")
    parser.add_argument("parts", nargs="*", help="parts of the names of the modules to run")
    return parser.parse_args()


def main() -> int:
    """Runs the modules and compares their results with what is expected."""
    options = arguments()
    chosen = options.parts or options.list
    page_file = page_path(options.table, chosen)
    try:
        expected = read_expected(options.expected)
    except ExpectationError as error:
        sys.exit(str(error))
    reference_path, native = from_user(options.reference), from_user(options.native)
    reference = read_results(reference_path) if reference_path else {}
    results: list[Result] = []
    with tempfile.TemporaryDirectory(
        dir=os.environ.get("TEST_TMPDIR"), prefix="suite-", ignore_cleanup_errors=True
    ) as place:
        suite = Suite(options, Path(place).resolve())
        modules = suite.modules(options.parts)
        if options.list:
            listed = read_list(options.list)
            unknown = sorted(set(listed) - set(modules))
            if unknown:
                sys.exit(f"{options.list}: there is no module {unknown[0]}: remove it")
            modules = [module for module in modules if module in listed]
        if not modules:
            sys.exit("no module of tests has such a name, or the wheel of the tests is missing")
        with ThreadPoolExecutor(options.at_once) as pool:
            for run in as_completed([pool.submit(suite.run, module) for module in modules]):
                result = run.result()
                results.append(result)
                print(
                    f"[{len(results)}/{len(modules)}] {result.module}: "
                    f"{result.count(PASSED)} passed, {result.count(FAILED)} failed, "
                    f"{result.count(CRASHED)} crashed, {result.count(SKIPPED)} skipped,",
                    f"{result.seconds:.0f} s {result.crash}",
                    flush=True,
                )
                if path := native or from_user(options.json):
                    write_results(path, results)
    results.sort(key=lambda result: result.module)
    page = table(options.package, results, expected, reference)
    if page_file:
        page_file.write_text(page, encoding="utf-8")
    if "TEST_UNDECLARED_OUTPUTS_DIR" in os.environ:
        outputs = Path(os.environ["TEST_UNDECLARED_OUTPUTS_DIR"])
        write_results(outputs / "results.json", results)
        (outputs / "tests.md").write_text(page, encoding="utf-8")
    print("\n".join(line for line in page.splitlines()[6:9] if not line.startswith("#")))
    if native:
        return 0
    problems = list(judge(results, expected, whole=not chosen))
    for problem in problems:
        print(f"  {problem}")
    if problems:
        print(f"Mend what fails, or edit packages/{options.package}/expected.toml.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
