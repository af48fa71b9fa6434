"""Manifests and locks, as people leave them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any


class LockError(Exception):
    """A manifest cannot be locked; the message says why and what to change."""


class ReadingError(LockError):
    """A file cannot be read as what it is; the message says where, and what to do."""


def parse_toml(text: str) -> dict[str, Any]:
    """Parses a manifest."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ReadingError(f"the manifest is no TOML: {error}. Mend it there.") from error


def read_json(path: Path) -> dict[str, Any]:
    """Reads a lock file."""
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ReadingError(
            f"{path.name} is no JSON: {error}. Take it as it was (git checkout), or, if two were "
            "merged, one of them, and run this again."
        ) from error
    return content


def require_texts(value: object, what: str) -> None:
    """Refuses what is no list of texts; one text is a sequence of texts, too. Raises LockError."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise LockError(f"{what} must be a list of texts: put brackets around")
