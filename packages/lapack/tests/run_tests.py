"""Runs LAPACK's own test programs, built for wasm32, in Node, and sums up what they print.

    run_tests.py --node NODE --tests TESTS.json [--only WORD]... [--table FILE.md]

TESTS.json is a list of objects: `program`, the script that emcc made; `input`, the file that it
reads, or "". A test passes if the program ends well and says of at least one group of routines that
it passed, of none that it failed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

#: What a passed group looks like, with the number of its tests where the program tells it.
_PASSED = (
    re.compile(r"All tests for .*passed the.*\(\s*(\d+) tests run\)"),
    re.compile(r"passed the tests of the error exits \(\s*(\d+) tests done\)"),
    re.compile(r"All tests for .*passed the threshold"),
    re.compile(r"PASSED THE (?:COMPUTATIONAL TESTS|TESTS OF ERROR-EXITS)(?: \(\s*(\d+) CALLS\))?"),
    re.compile(r"^\s*-+ PASS -+|^ +----- PASS -----"),
    re.compile(r"passed the tests of the error exits"),
    re.compile(r">>>+ (?:[SDCZ]GEDMDQ?|.*)\s*(?:PASSED|passed)"),
)

#: What a failed one looks like.
_FAILED = (
    re.compile(r"(\d+) out of\s+\d+ tests failed to pass the threshold"),
    re.compile(r"failed the tests of the error exits"),
    re.compile(r"FAILED|SUSPECT|FATAL ERROR|TESTS ABANDONED"),
    re.compile(r"^\s*-* ?FAIL ?-*\s*$|^ +FAIL$"),
    re.compile(
        r"(?i)\bnot detect|\breturned with (?:wrong )?INFO|illegal value when it should not"
    ),
    re.compile(r"(?i)^\s*\*{3} .*(?:error|failed)"),
    re.compile(r"\bFAIL(?:URE|ED)?S?\b.*\btest", re.IGNORECASE),
)


#: What the testers of balancing print in place of a verdict: the routine, how far it is off at
#: most, how many examples had a wrong INFO or wrong places, and how many examples there were.
_BALANCED = re.compile(r"\.\. test output of (\w+) \.\.")
_LARGEST_ERROR = re.compile(r"(?:value|ratio) of largest test error\s*=\s*(\S+)")
_WRONG_EXAMPLES = re.compile(r"number of examples where info is not 0\s*=\s*(\d+)")
_EXAMPLES = re.compile(r"total number of examples tested\s*=\s*(\d+)")

#: Upstream gives no threshold for that error. On x86-64 (Debian's liblapack-test 3.11.0) it is at
#: most 1.97, but for SGEBAL, where it is infinite as here: the difference of two negative entries
#: is divided by the smallest number there is.
_ERROR_LIMIT = 4.0
_WITHOUT_LIMIT = ("SGEBAL",)


@dataclass
class Outcome:
    """What a run of one program with one input showed."""

    program: str
    given: str
    status: int
    seconds: float
    groups: int = 0
    tests: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether it ran to its end, tested something and found nothing wrong."""
        return not self.status and self.groups > 0 and not self.failures


def judge(outcome: Outcome, output: str) -> Outcome:
    """Counts the groups that passed and takes down the lines that tell of failures."""
    balanced = ""
    for line in output.splitlines():
        if found := _BALANCED.search(line):
            balanced = found[1]
        elif found := _LARGEST_ERROR.search(line):
            # Not the other way round: no number is not within the limit either.
            within = float(found[1].replace("D", "E")) <= _ERROR_LIMIT
            if not within and balanced not in _WITHOUT_LIMIT:
                outcome.failures.append(f"{balanced}: {line.strip()}")
        elif found := _WRONG_EXAMPLES.search(line):
            if int(found[1]):
                outcome.failures.append(f"{balanced}: {line.strip()}")
        elif found := _EXAMPLES.search(line):
            outcome.groups += 1
            outcome.tests += int(found[1])
        if any(pattern.search(line) for pattern in _FAILED):
            outcome.failures.append(line.strip())
            continue
        for pattern in _PASSED:
            if found := pattern.search(line):
                outcome.groups += 1
                outcome.tests += int(found[1]) if found.groups() and found[1] else 1
                break
    return outcome


def run(node: Path, program: Path, given: str, logs: Path | None) -> Outcome:
    """Runs one program, in an empty folder: those of the BLAS write what they find into a file."""
    began = time.monotonic()
    with open(given or os.devnull, "rb") as stdin, tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [node, program],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
        )
        files = [path.read_bytes() for path in sorted(Path(folder).glob("*.out"))]
    output = b"\n".join([done.stdout, *files]).decode("utf-8", "replace")
    name = program.stem.split(".")[0]
    outcome = Outcome(name, Path(given).name, done.returncode, time.monotonic() - began)
    judge(outcome, output)
    if logs:
        logs.mkdir(exist_ok=True, parents=True)
        (logs / f"{name}-{Path(given).stem or 'none'}.log").write_text(output, encoding="utf-8")
    return outcome


def table(outcomes: list[Outcome]) -> str:
    """The results as Markdown."""
    good = sum(outcome.passed for outcome in outcomes)
    lines = [
        "# LAPACK's and the BLAS's own tests in Node",
        "",
        "Generated by `./bazelw run //packages/lapack:upstream_tests --"
        " --table=docs/lapack-tests.md`.",
        "",
        f"{len(outcomes)} runs: {good} passed, {len(outcomes) - good} failed; "
        f"{sum(outcome.tests for outcome in outcomes)} tests.",
        "",
        "| program | input | groups passed | tests | failures |",
        "| --- | --- | ---: | ---: | --- |",
    ]
    for outcome in outcomes:
        failures = "; ".join(outcome.failures[:3]).replace("|", "\\|")
        if outcome.status:
            failures = f"exit status {outcome.status}. {failures}"
        elif not outcome.groups:
            failures = f"it tested nothing. {failures}"
        lines.append(
            f"| {outcome.program} | {outcome.given} | {outcome.groups} | {outcome.tests} "
            f"| {failures} |"
        )
    return "\n".join(lines) + "\n"


def main() -> int:
    """Runs them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--node", type=Path, required=True, help="the Node program")
    parser.add_argument("--tests", type=Path, required=True, help="what to run")
    parser.add_argument(
        "--only", action="append", default=[], help="part of a program's or input's name"
    )
    parser.add_argument("--table", type=Path, help="write the table to this file too")
    options = parser.parse_args()
    tests = json.loads(options.tests.read_text(encoding="utf-8"))
    if options.only:
        tests = [
            test
            for test in tests
            if any(word in test["program"] or word in test["input"] for word in options.only)
        ]
    if not tests:
        sys.exit("no test has such a name")
    if status_file := os.environ.get("TEST_SHARD_STATUS_FILE"):
        Path(status_file).touch()
    shard, shards = (
        int(os.environ.get("TEST_SHARD_INDEX", "0")),
        int(os.environ.get("TEST_TOTAL_SHARDS", "1")),
    )
    tests = tests[shard::shards]
    outputs = os.environ.get("TEST_UNDECLARED_OUTPUTS_DIR")
    outcomes = []
    for number, test in enumerate(tests, 1):
        outcome = run(
            options.node.absolute(),
            Path(test["program"]).absolute(),
            test["input"],
            Path(outputs, "logs") if outputs else None,
        )
        outcomes.append(outcome)
        print(
            f"[{number}/{len(tests)}] {outcome.program} {outcome.given}: "
            f"{'passed' if outcome.passed else 'FAILED'} ({outcome.groups} groups, "
            f"{outcome.tests} tests, {outcome.seconds:.1f} s)",
            flush=True,
        )
        if not outcome.passed:
            print(f"  exit status {outcome.status}", *outcome.failures[:10], sep="\n  ", flush=True)
    text = table(outcomes)
    if options.table:
        Path(os.environ.get("BUILD_WORKING_DIRECTORY", "."), options.table).write_text(
            text, encoding="utf-8"
        )
    if outputs:
        Path(outputs, "lapack.md").write_text(text, encoding="utf-8")
    failed = [outcome for outcome in outcomes if not outcome.passed]
    print(text.splitlines()[4])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
