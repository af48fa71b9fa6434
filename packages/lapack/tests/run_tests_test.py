"""How the lines of LAPACK's and the BLAS's test programs are read."""

import unittest

from packages.lapack.tests.run_tests import Outcome, judge


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

    def test_a_program_must_have_tested_something(self) -> None:
        """And end well."""
        self.assertFalse(read("").passed)
        good = " All tests for DGE routines passed the threshold (   3653 tests run)\n"
        self.assertTrue(read(good).passed)
        self.assertFalse(read(good, status=1).passed)


if __name__ == "__main__":
    unittest.main()
