"""Links a call with a definition of the same type, and of another type, in an action.

mismatch.py OUT EM_CACHE FLAGS, where FLAGS is a JSON object: `compile`, a list, and `links`, lists
by kind.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

_SOURCES = {
    "call.c": "int shared(int, double);\nint entry(void) { return shared(1, 2.0); }\n",
    "same.c": "int shared(int a, double b) { return a + (int)b; }\n",
    "other.c": "int shared(int a) { return a; }\n",
}


def emcc(cache: str, *arguments: str) -> dict[str, object]:
    """Runs emcc; gives its exit status and what it said."""
    done = subprocess.run(
        ["toolchains/emscripten/bin/emcc", *arguments],
        env={"EM_CACHE": cache},
        capture_output=True,
        text=True,
    )
    return {"status": done.returncode, "stderr": done.stderr}


def main() -> None:
    """Compiles, links each kind twice and writes the outcomes."""
    out, cache, flags = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
    outcomes: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source, text in _SOURCES.items():
            (folder / source).write_text(text)
            done = emcc(
                cache, *flags["compile"], "-c", f"{folder / source}", "-o", f"{folder / source}.o"
            )
            if done["status"]:
                sys.exit(f"{source} does not compile:\n{done['stderr']}")
        for kind, link in flags["links"].items():
            outcomes[kind] = {
                definition: emcc(
                    cache,
                    *link,
                    "-sEXPORTED_FUNCTIONS=_entry",
                    f"{folder / 'call.c'}.o",
                    f"{folder / definition}.c.o",
                    "-o",
                    f"{folder / 'linked'}.{'wasm' if 'side' in kind else 'mjs'}",
                )
                for definition in ("same", "other")
            }
    out.write_text(json.dumps(outcomes))


if __name__ == "__main__":
    main()
