"""The suites as they run natively, small: that each call works, and gives what it is to give."""

import ctypes
import importlib
import json
import os
import unittest
from pathlib import Path

import native_blas
import numpy as np
import numpy_blas
import numpy_kernels
import scipy_workloads
from suite import Answers, Workloads, digest


class SuiteTest(unittest.TestCase):
    def test_digest(self) -> None:
        self.assertEqual(digest(np.array([-1.0, 3.0])), [2.0, 2.0])
        self.assertEqual(digest(np.array([3 + 4j])), [5.0, 1.0])
        self.assertEqual(digest([np.array([1, 3]), np.array([True])]), [2.0, 2.0, 1.0, 1.0])
        self.assertEqual(digest([1.0, -3.0]), [2.0, 2.0])
        self.assertEqual(digest(np.zeros(0)), [0.0, 0.0])
        self.assertEqual(digest(7), [7.0])

    def test_time_is_of_all_calls(self) -> None:
        calls = []
        suite = Workloads({"call": lambda size: lambda: calls.append(size)}, [])
        suite.prepare("call", 5)
        self.assertGreater(suite.time(3), 0)
        self.assertEqual(calls, [5, 5, 5])

    def test_answers(self) -> None:
        answers = Answers("numpy_kernels", {})

        def ask(**request: object) -> object:
            return json.loads(answers.answer(json.dumps(request)))["answer"]

        self.assertIsNone(ask(prepare="fft", size=0))
        self.assertIsInstance(ask(time=2), float)
        self.assertEqual(ask(result=True), ask(result=True))
        self.assertEqual(ask(facts=True), {"numpy": np.__version__})

    def test_what_goes_wrong_is_told(self) -> None:
        answers = Answers("numpy_kernels", {})
        for request, what in [
            ({"prepare": "none", "size": 1}, "KeyError"),
            ({"time": "a"}, "Type"),
        ]:
            self.assertIn(what, json.loads(answers.answer(json.dumps(request)))["error"])


class WorkloadsTest(unittest.TestCase):
    def check_all(self, suite: Workloads) -> None:
        for name in suite.workloads:
            with self.subTest(name):
                suite.prepare(name, 0)
                first = suite.result()
                self.assertTrue(np.isfinite(first).all(), first)
                # Operands are not changed: each call does the same.
                self.assertEqual(suite.result(), first)

    def test_kernels(self) -> None:
        self.assertEqual(len(numpy_kernels.KERNELS), 34)
        self.check_all(Workloads(numpy_kernels.KERNELS, []))

    def test_workloads_of_scipy(self) -> None:
        self.check_all(scipy_workloads.open_suite({}))

    def test_linear_algebra_of_numpy(self) -> None:
        suite = numpy_blas.open_suite({})
        for name in suite.workloads:
            with self.subTest(name):
                suite.prepare(name, 9)
                self.assertTrue(np.isfinite(suite.result()).all())

    def test_kernels_compute_what_they_say(self) -> None:
        run = {name: prepare(0) for name, prepare in numpy_kernels.KERNELS.items()}
        rng = np.random.default_rng(2026)
        left, right = rng.standard_normal((100, 50)), rng.standard_normal((40, 50))
        distances = ((left[:, np.newaxis] - right) ** 2).sum(axis=2)
        np.testing.assert_allclose(run["allpairs_distances"](), distances)
        numbers = np.random.default_rng(2026).random(10_000)
        np.testing.assert_allclose(
            run["reverse_cumsum"](), [numbers[i:].sum() for i in range(10_000)]
        )
        points = np.linspace(0, 10, 200).reshape(20, 10)
        np.testing.assert_allclose(
            run["pairwise_loop"](), np.linalg.norm(points[:, np.newaxis] - points, axis=2)
        )


class NativeBlasTest(unittest.TestCase):
    def setUp(self) -> None:
        site_packages = Path(str(importlib.import_module("scipy").__file__)).parents[1]
        self.suite = native_blas.open_suite(
            {
                "calls": str(Path(os.environ["NATIVE_CALLS"]).absolute()),
                "site_packages": site_packages,
            }
        )

    def matrix(self, place: int, n: int) -> np.ndarray:
        """Gives an operand: a, b and c are one after the other, in Fortran's order."""
        at = ctypes.addressof(self.suite.memory)
        at += -at % 64 + place * ((n * n * 8 + 63) // 64 * 64)
        array = (ctypes.c_double * (n * n)).from_address(at)
        return np.array(array).reshape(n, n, order="F")

    def test_every_operation_runs(self) -> None:
        names = [t + n for t in "sdcz" for n in ["gemm", "gemv", "gemvt", "dot", "axpy", "trsm"]]
        for name in [*names, "dgesv", "dpotrf", "dgesdd", "dgeev"]:
            for n in 8, 33:
                with self.subTest(name, n=n):
                    self.suite.prepare(name, n)
                    self.assertGreater(self.suite.time(2), 0)
                    (result,) = self.suite.result()
                    self.assertTrue(0 < result < 1e6, result)

    def test_a_product_is_one(self) -> None:
        self.suite.prepare("dgemm", 16)
        a, b = self.matrix(0, 16), self.matrix(1, 16)
        self.suite.call(1)
        np.testing.assert_allclose(self.matrix(2, 16), a @ b, rtol=1e-12, atol=1e-14)

    def test_what_is_solved_again_and_again_neither_grows_nor_vanishes(self) -> None:
        self.suite.prepare("dtrsm", 16)
        before = self.matrix(2, 16)
        self.suite.call(1001)
        (once,) = self.suite.result()
        self.suite.prepare("dtrsm", 16)
        np.testing.assert_allclose(self.matrix(2, 16), before)
        self.suite.call(1000)
        np.testing.assert_allclose(self.matrix(2, 16), before, atol=1e-9)
        self.assertGreater(once, 0)

    def test_a_name_that_is_none(self) -> None:
        with self.assertRaises(AttributeError):
            self.suite.prepare("xgemm", 8)

    def test_openblas_says_which_it_is(self) -> None:
        self.assertRegex(self.suite.facts()["OpenBLAS"], r"^\d+\.\d+")


if __name__ == "__main__":
    unittest.main()
