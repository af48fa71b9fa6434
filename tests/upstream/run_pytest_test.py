"""The driver of packages' own tests: what it reads, how it judges, and what it goes on after."""

import argparse
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

from tests.upstream import run_pytest
from tests.upstream.run_pytest import CRASHED, FAILED, PASSED, SKIPPED, Ending, Result
from tests.upstream.suites import ExpectationError, escape

#: A module of tests, of which one ends the process.
MODULE = """
import os

def test_first():
    pass

def test_dies(capfd):
    with capfd.disabled():
        print("unreachable", flush=True)
    os._exit(3)

def test_last():
    pass
"""


class ExpectedTest(unittest.TestCase):
    """The file of expectations."""

    def read(self, text: str) -> dict[str, str]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "expected.toml")
            path.write_text(textwrap.dedent(text))
            return run_pytest.read_expected(path)

    def test_tests_have_causes(self) -> None:
        text = """
            [[failing]]
            tests = ["a/tests/test_b.py::*"]
            cause = "why"
        """
        self.assertEqual(self.read(text), {"a/tests/test_b.py::*": "why"})

    def test_no_cause_and_no_test_twice(self) -> None:
        with self.assertRaisesRegex(ExpectationError, "x has no cause"):
            self.read('[[failing]]\ntests = ["x"]\n')
        with self.assertRaisesRegex(ExpectationError, "x is there twice"):
            self.read('[[failing]]\ntests = ["x", "x"]\ncause = "y"\n')


class JudgeTest(unittest.TestCase):
    """What is as expected, and what is not."""

    def judge(self, ending: Ending, *expected: str) -> list[str]:
        result = Result("a.tests.test_b", {"a/tests/test_b.py::one[x]": ending})
        return list(run_pytest.judge([result], dict.fromkeys(expected, "why")))

    def test_what_fails_must_be_listed(self) -> None:
        for outcome in (FAILED, CRASHED):
            problem = self.judge(Ending(outcome, "said"))[0]
            self.assertRegex(problem, r"test_b\.py::one\[x\]: said: mend it, or list")
            self.assertEqual(self.judge(Ending(outcome), "a/tests/test_b.py::one*"), [])

    def test_what_is_listed_must_fail(self) -> None:
        for outcome in (PASSED, SKIPPED):
            self.assertEqual(self.judge(Ending(outcome)), [])
            self.assertRegex(self.judge(Ending(outcome), "a/tests/test_b.py::one*")[0], "remove it")

    def test_what_did_not_run_says_nothing(self) -> None:
        self.assertEqual(self.judge(Ending(PASSED), "a/tests/test_c.py::one"), [])

    def test_a_whole_run_finds_all_that_is_stale(self) -> None:
        result = Result("a.tests.test_b", {"a/tests/test_b.py::one": Ending(PASSED)})
        stale = ["a/*::*never*", "a/tests/test_gone.py::one"]
        problems = list(run_pytest.judge([result], dict.fromkeys(stale, "why"), whole=True))
        self.assertEqual([problem.partition(" ")[0] for problem in problems], stale)

    def test_a_module_that_cannot_run_is_a_problem(self) -> None:
        result = Result("a.tests.test_b", crash="no such module")
        self.assertEqual(
            list(run_pytest.judge([result], {})), ["a.tests.test_b: no such module: mend it"]
        )


class RunTest(unittest.TestCase):
    """A module whose process dies, run by pytest itself."""

    def test_the_rest_is_run_without_the_test_that_ended_it(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            for name, text in {
                "a/__init__.py": "",
                "a/tests/__init__.py": "",
                "a/tests/test_b.py": MODULE,
                "a/tests/sub/test_longer.py": MODULE + "# longer",
                "a/test_c.py": "",
            }.items():
                path = place / "native" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            options = argparse.Namespace(
                package="a",
                mark="",
                timeout=60.0,
                libraries="",
                wheels="",
                native=place / "native.json",
                native_path=" ".join([str(place / "native"), *sys.path]),
                python=Path(sys.executable),
            )
            suite = run_pytest.Suite(options, place)
            self.assertEqual(suite.modules([]), ["a.tests.sub.test_longer", "a.tests.test_b"])
            self.assertEqual(suite.modules(["_b"]), ["a.tests.test_b"])
            result = suite.run("a.tests.test_b")
        self.assertEqual(result.crash, "")
        self.assertEqual(
            {test.rpartition("::")[2]: ending.outcome for test, ending in result.tests.items()},
            {"test_first": PASSED, "test_dies": CRASHED, "test_last": PASSED},
        )
        self.assertIn("unreachable", result.tests["a/tests/test_b.py::test_dies"].message)


class TableTest(unittest.TestCase):
    """The page of results."""

    def test_what_passes_natively_is_what_counts(self) -> None:
        here = Result(
            "a.tests.test_b",
            {"one": Ending(PASSED), "two": Ending(FAILED, "x | y"), "three": Ending(SKIPPED)},
        )
        there = Result("a.tests.test_b", {name: Ending(PASSED) for name in ("one", "two", "four")})
        count = run_pytest.compare([here], {"a.tests.test_b": there})
        self.assertEqual(count, {PASSED: 1, FAILED: 1, "absent": 1})
        page = run_pytest.table("a", [here], {"t*": "the cause"}, {"a.tests.test_b": there})
        self.assertIn("33.33 %: 1 fail, 0 crash", page)
        self.assertIn("50.00 % pass", page)
        self.assertIn("| 1 | the cause |", page)
        self.assertIn("x \\| y", page)

    def test_what_did_not_run_does_not_count(self) -> None:
        there = Result("a.tests.test_c", {"one": Ending(PASSED)})
        here = Result("a.tests.test_b", {"two": Ending(PASSED)})
        reference = {"a.tests.test_c": there}
        self.assertEqual(run_pytest.compare([here], reference), {})
        self.assertNotIn("%", run_pytest.table("a", [here], {}, reference))

    def test_a_file_that_ends_as_a_whole_counts_for_its_tests(self) -> None:
        here = Result("a", {"a/b.py": Ending(SKIPPED), "a/c.py": Ending(FAILED)})
        names = ("a/b.py::one", "a/c.py::two", "a/c.py::three")
        there = Result("a", {name: Ending(PASSED) for name in names})
        self.assertEqual(run_pytest.compare([here], {"a": there}), {SKIPPED: 1, FAILED: 2})

    def test_results_are_read_as_they_were_written(self) -> None:
        result = Result("m", {"t": Ending(FAILED, "why")}, seconds=1.5)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "results.json")
            run_pytest.write_results(path, [result])
            self.assertEqual(run_pytest.read_results(path), {"m": result})


class EscapeTest(unittest.TestCase):
    """What goes into a page of docs/."""

    def test_nothing_of_the_machine_or_the_run(self) -> None:
        said = {
            "no x in /root/cache/a1/execroot/terrarium/_tmp/2c/x.so: y": "no x in …: y",
            "{'filename': '/home/a/li[98 chars].py'}": "{'filename': '….py'}",
            "<object at 0x7f12ab>, 0x1": r"\<object at 0x…\>, 0x1",
        }
        self.assertEqual([escape(text) for text in said], list(said.values()))

    def test_markdown(self) -> None:
        self.assertEqual(escape("a|b_c `d` [e] /usr/lib/f"), r"a\|b\_c \`d\` \[e] /usr/lib/f")


if __name__ == "__main__":
    unittest.main()
