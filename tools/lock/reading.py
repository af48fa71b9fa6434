"""Manifests and locks, as people leave them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any


class ReadingError(Exception):
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


def is_list_of_text(value: object) -> bool:
    """Tells a list of texts from one text, which is a sequence of texts as well."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
