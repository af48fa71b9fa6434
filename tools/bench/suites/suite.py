"""A suite of calls to be timed, as a peer of a benchmark answers for it, here or natively.

Requests and answers are JSON: {"prepare": NAME, "size": N}, then {"time": COUNT} gives the seconds
of so many calls, {"result": true} numbers that tell what the last one computed.
"""

import gc
import importlib
import json
import math
from collections.abc import Callable, Iterable, Mapping
from time import perf_counter
from typing import Any, Protocol


class Suite(Protocol):
    """What a module of suites gives by `open_suite(settings)`."""

    def prepare(self, name: str, size: int) -> None:
        """Makes the operands of a call."""

    def time(self, count: int) -> float:
        """Calls that often, and gives the seconds that it took."""
        ...

    def result(self) -> list[float]:
        """Calls once, and tells what came of it."""
        ...

    def facts(self) -> dict[str, str]:
        """Tells versions of what is measured."""
        ...


# Makes operands of a size, and gives what is timed.
type Workload = Callable[[int], Callable[[], object]]


def digest(value: Any) -> list[float]:
    """Makes numbers of a result: for each array the mean without signs, and how many there are."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)) and any(hasattr(item, "dtype") for item in value):
        return [number for item in value for number in digest(item)]
    if isinstance(value, (list, tuple)):
        value = [float(item) for item in value]
        return [math.fsum(map(abs, value)) / max(len(value), 1), float(len(value))]
    if hasattr(value, "dtype"):
        numbers = abs(value.astype("D")) if value.dtype.kind == "c" else abs(value.astype("d"))
        return [float(numbers.mean()) if numbers.size else 0.0, float(numbers.size)]
    return [float(value)]


class Workloads:
    """A suite of functions in Python."""

    def __init__(self, workloads: Mapping[str, Workload], modules: Iterable[str]) -> None:
        self.workloads = workloads
        self.modules = list(modules)
        self.run: Callable[[], object] = lambda: None

    def prepare(self, name: str, size: int) -> None:
        """Makes the operands of a workload."""
        # The last one's operands go first.
        self.run = lambda: None
        self.run = self.workloads[name](size)

    def time(self, count: int) -> float:
        """Runs the workload that often."""
        run = self.run
        collects = gc.isenabled()
        gc.disable()
        try:
            start = perf_counter()
            for _ in range(count):
                run()
            return perf_counter() - start
        finally:
            if collects:
                gc.enable()

    def result(self) -> list[float]:
        """Runs it once."""
        return digest(self.run())

    def facts(self) -> dict[str, str]:
        """Gives the versions of the modules."""
        return {name: importlib.import_module(name).__version__ for name in self.modules}


class Answers:
    """Answers requests about one suite."""

    def __init__(self, module: str, settings: Mapping[str, Any]) -> None:
        self.suite: Suite = importlib.import_module(module).open_suite(settings)

    def answer(self, request: str) -> str:
        """Answers a request. What goes wrong is in the answer: {"error": …}."""
        asked = json.loads(request)
        try:
            if "prepare" in asked:
                self.suite.prepare(asked["prepare"], asked["size"])
                answer: object = None
            elif "time" in asked:
                answer = self.suite.time(asked["time"])
            elif "result" in asked:
                answer = self.suite.result()
            else:
                answer = self.suite.facts()
        except Exception as error:
            return json.dumps({"error": f"{type(error).__name__}: {error}"})
        return json.dumps({"answer": answer})
