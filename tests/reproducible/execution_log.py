"""Bazel's execution log: which actions were run, and which were taken from a cache.

The log that `--execution_log_json_file=` asks for is one JSON object after the other, each a
SpawnExec of Bazel's src/main/protobuf/spawn.proto.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Spawn = dict[str, Any]

#: Characters that are read at a time: some objects have thousands of inputs.
_BLOCK = 1 << 24

#: What differs from run to run, and is no part of an action's key.
_CIRCUMSTANCES = ("cacheHit", "metrics", "runner")

_SPACE = re.compile(r"\s*")


def read(log: Path, block: int = _BLOCK) -> Iterator[Spawn]:
    """The objects of a log. ValueError if the last one has no end."""
    decoder = json.JSONDecoder()
    text = ""
    with log.open(encoding="utf-8") as stream:
        while read := stream.read(block):
            text = (text + read).lstrip()
            start = 0
            while start < len(text):
                try:
                    spawn, end = decoder.raw_decode(text, start)
                except json.JSONDecodeError:
                    # It goes on in the next block.
                    break
                yield spawn
                space = _SPACE.match(text, end)
                start = space.end() if space else end
            text = text[start:]
    if text:
        raise ValueError(f"{log} is cut off, or no log of Bazel's: {text[:80]!r}")


def identity(spawn: Spawn) -> str:
    """What an action is called in every build: what it is for, and what it makes."""
    outputs = spawn.get("listedOutputs") or ["nothing"]
    more = f" and {len(outputs) - 1} more" if len(outputs) > 1 else ""
    return f"{spawn['mnemonic']} of {spawn.get('targetLabel', 'no target')}: {outputs[0]}{more}"


def key(spawn: Spawn) -> Spawn:
    """The part of a log's object that is to be the same in every place."""
    return {name: value for name, value in spawn.items() if name not in _CIRCUMSTANCES}


@dataclass
class Account:
    """How the actions of a build came by their results, counted by mnemonic."""

    hits: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    uncacheable: Counter[str] = field(default_factory=Counter)
    #: The identities of the misses, in the log's order: what an action needs comes before it. Not
    #: the objects, which may be gigabytes together.
    missed: list[str] = field(default_factory=list)

    @property
    def cacheable(self) -> int:
        """The number of actions that can be taken from a cache."""
        return self.hits.total() + self.misses.total()

    def table(self) -> str:
        """A line for each mnemonic."""
        lines = [f"{'mnemonic':32} {'hits':>6} {'misses':>6} {'not for caches':>14}"]
        lines += [
            f"{name:32} {self.hits[name]:6} {self.misses[name]:6} {self.uncacheable[name]:14}"
            for name in sorted(self.hits | self.misses | self.uncacheable)
        ]
        return "\n".join(lines)


def account(spawns: Iterable[Spawn]) -> Account:
    """Counts the actions of a log."""
    result = Account()
    for spawn in spawns:
        # A disk cache is for all of these; `remoteCacheable` leaves those out that a server must
        # not get.
        if not (spawn.get("cacheable") or spawn.get("remoteCacheable")):
            result.uncacheable[spawn["mnemonic"]] += 1
        elif spawn.get("cacheHit"):
            result.hits[spawn["mnemonic"]] += 1
        else:
            result.misses[spawn["mnemonic"]] += 1
            result.missed.append(identity(spawn))
    return result
