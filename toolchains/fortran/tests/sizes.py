"""Links two objects of Fortran whose common block has the same size, and two where it has not.

sizes.py OUT FLANG WASM_LD writes a JSON object, `status` and `stderr` for `same` and `other`.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

_SOURCE = """
subroutine {name}
  integer :: a({size})
  common /shared/ a
  a({size}) = 1
end subroutine
"""


def main() -> None:
    """Compiles three subroutines, links two pairs of them and writes the outcomes."""
    out, flang, linker = sys.argv[1:]
    outcomes: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, size in (("first", 3), ("same", 3), ("other", 4)):
            source = folder / f"{name}.f90"
            source.write_text(_SOURCE.format(name=name, size=size), encoding="utf-8")
            subprocess.run([flang, "-c", source, "-o", folder / f"{name}.o", "-O2"], check=True)
        for name in ("same", "other"):
            command = [linker, "--no-entry", "--fatal-warnings", "--export-all"]
            command += [f"{folder / 'first.o'}", f"{folder / name}.o", "-o", f"{folder / 'linked'}"]
            done = subprocess.run(command, capture_output=True, text=True)
            outcomes[name] = {"status": done.returncode, "stderr": done.stderr}
    Path(out).write_text(json.dumps(outcomes), encoding="utf-8")


if __name__ == "__main__":
    main()
