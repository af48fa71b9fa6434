"""How the lines of LAPACK's and the BLAS's test programs are read."""

import sys
import tempfile
import unittest
from pathlib import Path

from packages.lapack.tests.run_tests import Outcome, judge, run


def read(output: str, status: int = 0) -> Outcome:
    """The outcome of a program that prints this."""
    return judge(Outcome("program", "", status, 0.0), output)


class JudgeTest(unittest.TestCase):
    """Lines as the programs print them."""

    def test_groups_that_pass(self) -> None:
        """With the number of tests where it is told."""
        outcome = read(
            " All tests for DGE routines passed the threshold (   3653 tests run)\n"
            " DGE routines passed the tests of the error exits\n"
            " DSYTRD_2STAGE: passed the tests of the error exits ( 21 tests done)\n"
            " DGEMM  PASSED THE COMPUTATIONAL TESTS ( 17496 CALLS)\n"
            " DGEMM  PASSED THE TESTS OF ERROR-EXITS\n"
            "                                    ----- PASS -----\n"
        )
        self.assertTrue(outcome.passed)
        self.assertEqual((outcome.groups, outcome.tests), (6, 3653 + 1 + 21 + 17496 + 1 + 1))

    def test_groups_that_fail(self) -> None:
        """Each of these lines, alone, is a failure."""
        for line in (
            " DGE:      2 out of   3653 tests failed to pass the threshold",
            " *** DGE routines failed the tests of the error exits ***",
            " ******* DGEMM  FAILED ON CALL NUMBER:",
            " DGEMM  COMPLETED THE COMPUTATIONAL TESTS ( 1 CALLS)"
            " ******* BUT WITH MAXIMUM TEST RATIO  1.2 - SUSPECT *******",
            " ******* FATAL ERROR - TESTS ABANDONED *******",
            "                                       FAIL",
            " *** Illegal value of parameter number  2 not detected by DGETRF ***",
        ):
            with self.subTest(line):
                good = " All tests for DGE routines passed the threshold (   3653 tests run)\n"
                self.assertFalse(read(good + line + "\n").passed)

    def test_balancing(self) -> None:
        """Its testers print numbers and no verdict."""
        output = (
            " .. test output of {} .. \n"
            " value of largest test error             =    {}\n"
            " example number having largest error     =    7\n"
            " number of examples where info is not 0  =    {}\n"
            " total number of examples tested         =   13\n"
        )
        outcome = read(output.format("DGEBAK", "0.160D+01", 0))
        self.assertTrue(outcome.passed)
        self.assertEqual((outcome.groups, outcome.tests), (1, 13))
        self.assertTrue(read(output.format("SGEBAL", "Inf", 0)).passed)
        for wrong in (("SGEBAL", "Inf", 1), ("DGEBAL", "Inf", 0), ("DGEBAL", "NaN", 0)):
            with self.subTest(wrong):
                self.assertFalse(read(output.format(*wrong)).passed)
        self.assertFalse(read(output.format("CGEBAK", "0.500E+01", 0)).passed)

    def test_a_program_must_have_tested_something(self) -> None:
        """And end well."""
        self.assertFalse(read("").passed)
        good = " All tests for DGE routines passed the threshold (   3653 tests run)\n"
        self.assertTrue(read(good).passed)
        self.assertFalse(read(good, status=1).passed)


class RunTest(unittest.TestCase):
    """Programs, here in Python."""

    def test_what_is_written_to_files_counts(self) -> None:
        """The programs of the BLAS print nothing themselves. They run in folders of their own."""
        good = " All tests for DGE routines passed the threshold (   7 tests run)"
        bad = " ******* FATAL ERROR - TESTS ABANDONED *******"
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, "xtest.cjs")
            given = Path(folder, "test.in")
            for line, passed in ((good, True), (bad, False)):
                given.write_text(line, encoding="utf-8")
                program.write_text(
                    "import sys; open('test.out', 'x').write(sys.stdin.read())", encoding="utf-8"
                )
                outcome = run(Path(sys.executable), program, str(given), Path(folder, "logs"))
                self.assertEqual(outcome.passed, passed)
                log = Path(folder, "logs", "xtest-test.log").read_text(encoding="utf-8")
                self.assertIn(line, log)
            self.assertEqual((outcome.program, outcome.given), ("xtest", "test.in"))


if __name__ == "__main__":
    unittest.main()
