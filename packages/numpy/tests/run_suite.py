"""Runs numpy's own tests in Terrarium, in Node: a process for each module of tests.

    ./bazelw run //packages/numpy:suite                        all
    ./bazelw run //packages/numpy:suite -- test_umath          the modules whose names have this

expected.toml says which tests fail and which modules crash, and why. A result that is not what it
says is a failure, and so is an entry that no longer holds.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Expected:
    """What expected.toml says: causes, by pattern of the tests' ids, and by module."""

    tests: dict[str, str] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)


@dataclass
class Result:
    """What came of one module: how it ended, if badly, and which tests failed, with what error."""

    module: str
    passed: int = 0
    skipped: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    crash: str = ""


class ExpectationError(Exception):
    """The file of expectations says something that cannot be."""


def read_expected(path: Path) -> Expected:
    """Reads expected.toml: [[failing]] with `tests` (* is any text) or `modules`, and a `cause`."""
    expected = Expected()
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("failing", []):
        for key, target in (("tests", expected.tests), ("modules", expected.modules)):
            for name in entry.get(key, []):
                if not entry.get("cause"):
                    raise ExpectationError(f"{path.name}: {name} has no cause: write one")
                if name in target:
                    raise ExpectationError(f"{path.name}: {name} is there twice: remove one")
                target[name] = entry["cause"]
    return expected


def covers(pattern: str, test: str) -> bool:
    """Says whether an entry is for a test: the same text, where `*` stands for any."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), test) is not None


def judge(results: Sequence[Result], expected: Expected) -> Iterator[str]:
    """Says what is not as expected, and what to do. Entries for modules that did not run hold."""
    used = set()
    for result in results:
        if result.crash and result.module not in expected.modules:
            yield f"{result.module}: {result.crash}: mend it, or list the module with the cause"
        elif not result.crash and result.module in expected.modules:
            yield f"{result.module} is listed as crashing, and ran to its end: remove it"
        for test, error in result.failed.items():
            entries = [pattern for pattern in expected.tests if covers(pattern, test)]
            used.update(entries)
            if not entries:
                yield f"{test}: {error}: mend it, or list the test with the cause"
    ran = {result.module for result in results if not result.crash}
    for pattern in expected.tests.keys() - used:
        if pattern.partition("::")[0].removesuffix(".py").replace("/", ".") in ran:
            yield f"{pattern} is listed as failing, and nothing of it fails: remove it"


def unpack(wheels: Sequence[Path], folder: Path) -> list[str]:
    """Unpacks wheels, and gives the names of numpy's modules of tests."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as bundle:
            bundle.extractall(folder)
    return sorted(
        ".".join(path.relative_to(folder).with_suffix("").parts)
        for path in (folder / "numpy").rglob("tests/test_*.py")
    )


def run(options: argparse.Namespace, folder: Path, module: str) -> Result:
    """Runs a module of tests in a Python of its own."""
    result = Result(module)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=folder.parent, ignore_cleanup_errors=True) as place:
        ends_file, log = Path(place, "ends.json"), Path(place, "log")
        script = str(Path(options.script).absolute())
        command = [str(options.node.absolute()), str(options.dist.absolute() / "cli.mjs"), script]
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*command, str(folder), module, str(ends_file)],
                cwd=place,
                env={"HOME": place, "LANG": "C.UTF-8", "PATH": place, "TMPDIR": place},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                status: int | None = process.wait(options.timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                status = None
        text = log.read_text(encoding="utf-8", errors="replace")
        if status is None:
            result.crash = f"not done after {options.timeout:.0f} s"
        elif status or not ends_file.exists():
            result.crash = f"exit status {status}: {text.strip()[-300:]}"
        else:
            ends = json.loads(ends_file.read_text(encoding="utf-8"))
            result.passed = ends.pop("")
            result.failed = {test: error for test, (end, error) in ends.items() if end == "failed"}
            result.skipped = len(ends) - len(result.failed)
    print(
        f"{module}: {result.passed} passed, {len(result.failed)} failed, {result.skipped} skipped,",
        f"{time.monotonic() - began:.0f} s {result.crash}",
        flush=True,
    )
    return result


def main() -> int:
    """Runs the modules and compares their results with what is expected."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--node", type=Path, required=True, help="the Node program")
    parser.add_argument("--dist", type=Path, required=True, help="the release")
    parser.add_argument("--script", required=True, help="one_file.py")
    parser.add_argument("--expected", type=Path, required=True, help="expected.toml")
    parser.add_argument("--wheels", required=True, help="numpy, its tests, pytest and the like")
    parser.add_argument("--at-once", type=int, default=1, help="how many processes at once")
    parser.add_argument("--timeout", type=float, default=1800, help="seconds for a module")
    parser.add_argument("parts", nargs="*", help="parts of the names of the modules to run")
    options = parser.parse_args()
    try:
        expected = read_expected(options.expected)
    except ExpectationError as error:
        sys.exit(str(error))
    with tempfile.TemporaryDirectory(
        dir=os.environ.get("TEST_TMPDIR"), ignore_cleanup_errors=True
    ) as place:
        folder = Path(place).resolve() / "site"
        modules = unpack([Path(wheel) for wheel in options.wheels.split()], folder)
        if not modules:
            sys.exit("there are no tests in the wheels: name the wheel of the tests, too")
        if options.parts:
            modules = [m for m in modules if any(part in m for part in options.parts)]
        with ThreadPoolExecutor(options.at_once) as pool:
            results = list(pool.map(lambda module: run(options, folder, module), modules))
    counts = Counter({"passed": sum(result.passed for result in results)})
    counts["failed"] = sum(len(result.failed) for result in results)
    counts["skipped"] = sum(result.skipped for result in results)
    counts["modules crashed"] = sum(bool(result.crash) for result in results)
    print(f"{len(results)} modules: " + ", ".join(f"{n} {what}" for what, n in counts.items()))
    problems = list(judge(results, expected))
    for problem in problems:
        print(f"  {problem}")
    if problems or not results:
        print("Mend what fails, or edit packages/numpy/expected.toml.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
