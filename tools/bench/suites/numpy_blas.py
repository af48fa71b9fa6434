"""numpy's own linear algebra, by the names of BLAS and LAPACK: for the build that has neither.

What is timed is a call from Python, with operands of the sizes that blas/calls.c has.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from suite import Workload, Workloads

type Array = np.ndarray[Any, Any]


def _matrix(rng: np.random.Generator, n: int, code: str) -> Array:
    real = rng.random((n, n)) - 0.5
    return (real + 1j * (rng.random((n, n)) - 0.5) if code in "FD" else real).astype(code)


def _gemm(code: str) -> Workload:
    def prepare(n: int) -> Callable[[], object]:
        rng = np.random.default_rng(1)
        a, b = _matrix(rng, n, code), _matrix(rng, n, code)
        out = np.empty_like(a)
        return lambda: np.matmul(a, b, out=out)

    return prepare


def _gemv(code: str, transposed: bool) -> Workload:
    def prepare(n: int) -> Callable[[], object]:
        rng = np.random.default_rng(1)
        a = _matrix(rng, n, code)
        # Columns are next to each other in the one, rows in the other.
        a = a if transposed else np.asfortranarray(a)
        x = _matrix(rng, n, code)[0]
        out = np.empty_like(x)
        return lambda: np.matmul(a, x, out=out)

    return prepare


def _dot(code: str) -> Workload:
    def prepare(n: int) -> Callable[[], object]:
        rng = np.random.default_rng(1)
        x, y = _matrix(rng, n, code).ravel(), _matrix(rng, n, code).ravel()
        return lambda: np.dot(x, y)

    return prepare


def _solve(n: int) -> Callable[[], object]:
    rng = np.random.default_rng(1)
    a, b = _matrix(rng, n, "d"), rng.random(n)
    return lambda: np.linalg.solve(a, b)


def _svd(n: int) -> Callable[[], object]:
    a = _matrix(np.random.default_rng(1), n, "d")
    return lambda: np.linalg.svd(a)


def _cholesky(n: int) -> Callable[[], object]:
    a = _matrix(np.random.default_rng(1), n, "d")
    a = a + a.T + 2 * n * np.eye(n)
    return lambda: np.linalg.cholesky(a)


WORKLOADS: dict[str, Workload] = {
    "dgesv": _solve,
    "dgesdd": _svd,
    "dpotrf": _cholesky,
}
for _letter, _code in {"s": "f", "d": "d", "c": "F", "z": "D"}.items():
    WORKLOADS[_letter + "gemm"] = _gemm(_code)
    WORKLOADS[_letter + "gemv"] = _gemv(_code, transposed=False)
    WORKLOADS[_letter + "gemvt"] = _gemv(_code, transposed=True)
    WORKLOADS[_letter + "dot"] = _dot(_code)


def open_suite(settings: Mapping[str, Any]) -> Workloads:
    """Opens the suite."""
    return Workloads(WORKLOADS, ["numpy"])
