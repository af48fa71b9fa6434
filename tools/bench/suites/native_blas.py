"""OpenBLAS of SciPy's wheel for this machine, called by the loop of tools/bench/blas/calls.c."""

import ctypes
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any


class NativeBlas:
    """A suite of operations like `dgemm` and `dgesv`."""

    def __init__(self, calls: str, site_packages: str) -> None:
        self.calls = ctypes.CDLL(calls)
        for name, result, arguments in [
            ("bench_symbol", ctypes.c_char_p, [ctypes.c_char_p]),
            ("bench_bytes", ctypes.c_size_t, [ctypes.c_char_p, ctypes.c_int]),
            ("bench_prepare", None, [ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]),
            (
                "bench_calls",
                ctypes.c_int,
                [ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_int],
            ),
            ("bench_result", ctypes.c_double, [ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]),
        ]:
            function = getattr(self.calls, name)
            function.restype, function.argtypes = result, arguments
        found = sorted(Path(site_packages, "scipy.libs").glob("libscipy_openblas-*.so"))
        if not found:
            raise FileNotFoundError(
                "SciPy's wheel has no libscipy_openblas-*.so: see native_blas.py"
            )
        self.blas = ctypes.CDLL(str(found[0]))
        self.operation, self.size = b"", 0
        self.memory: ctypes.Array[ctypes.c_char] = ctypes.create_string_buffer(0)
        self.function: int | None = None

    def prepare(self, name: str, size: int) -> None:
        """Makes the operands."""
        self.operation, self.size = name.encode(), size
        # In SciPy's wheels all names of OpenBLAS have this prefix.
        symbol = "scipy_" + self.calls.bench_symbol(self.operation).decode()
        self.function = ctypes.cast(getattr(self.blas, symbol), ctypes.c_void_p).value
        self.memory = ctypes.create_string_buffer(0)
        self.memory = ctypes.create_string_buffer(self.calls.bench_bytes(self.operation, size))
        self.calls.bench_prepare(self.operation, size, self.memory)

    def call(self, count: int) -> None:
        """Calls that often."""
        info = self.calls.bench_calls(self.operation, self.function, self.size, self.memory, count)
        if info:
            raise ArithmeticError(f"{self.operation.decode()}: info is {info}")

    def time(self, count: int) -> float:
        """Calls that often, and gives the seconds."""
        start = perf_counter()
        self.call(count)
        return perf_counter() - start

    def result(self) -> list[float]:
        """Calls once, with operands made anew."""
        self.calls.bench_prepare(self.operation, self.size, self.memory)
        self.call(1)
        return [self.calls.bench_result(self.operation, self.size, self.memory)]

    def facts(self) -> dict[str, str]:
        """Gives what OpenBLAS says of itself: version, options, processor."""
        config = self.blas.scipy_openblas_get_config
        config.restype = ctypes.c_char_p
        core = self.blas.scipy_openblas_get_corename
        core.restype = ctypes.c_char_p
        words = config().decode().split()
        return {"OpenBLAS": f"{words[1] if len(words) > 1 else '?'}, {core().decode()}"}


def open_suite(settings: Mapping[str, Any]) -> NativeBlas:
    """Opens the suite: `calls` is the library of calls.c, `site_packages` the folder with SciPy."""
    return NativeBlas(settings["calls"], settings["site_packages"])
