"""Fails when a folder of the tree has sources that no lint() checks.

coverage_test.py UNCOVERED_JSON
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(listing: str) -> int:
    """Prints each folder that is left out, with what to do; 1 if there is one."""
    uncovered: dict[str, str] = json.loads(Path(listing).read_text(encoding="utf-8"))
    for folder, problem in sorted(uncovered.items()):
        print(f"{folder or 'the root'} {problem}")
    return 1 if uncovered else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
