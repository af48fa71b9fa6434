"""The global object of JavaScript, which has what the host has: for type checkers."""

from typing import Any

def __getattr__(name: str) -> Any: ...
