"""Makes sqlite3.c, sqlite3.h and sqlite3ext.h from SQLite's canonical sources.

Does what `make sqlite3.c` does with upstream's main.mk; each step names the rule there that it
stands for. The generators written in C are given as programs for Node. Everything happens in a
temporary folder, and nothing in the results depends on where that is.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_PROGRAMS = ("jimsh", "lemon", "mkkeywordhash", "mksourceid")


class StepError(Exception):
    """A generator failed; the message holds its command and what it printed."""


def listed_sources(makefile: str) -> list[str]:
    """The files that main.mk copies into its folder `tsrc`, relative to the top of the sources.

    They are those of the variable SRC that are not generated, that is, that stand under $(TOP).
    """
    unfolded = re.sub(r"\\\n", " ", makefile)
    values = re.findall(r"^SRC \+?=(.*)$", unfolded, re.MULTILINE)
    files = [
        word.removeprefix("$(TOP)/")
        for word in " ".join(values).split()
        if word.startswith("$(TOP)/")
    ]
    if not files:
        raise StepError(
            "main.mk has no variable SRC with files under $(TOP): look for its successor there"
        )
    return files


class Generator:
    """Runs upstream's programs and scripts in one working folder."""

    def __init__(self, options: argparse.Namespace, work: Path) -> None:
        self._node = options.node.absolute()
        self._programs = {name: getattr(options, name).absolute() for name in _PROGRAMS}
        self._prelude = options.prelude.absolute()
        self._source_id = ""
        self.top = options.makefile.absolute().parent
        self.work = work

    def program(
        self, name: str, *arguments: str, stdin: str = "", folder: Path | None = None
    ) -> str:
        """Runs one of the programs in C; gives what it prints."""
        command = [str(self._node), str(self._programs[name]), *arguments]
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            cwd=folder or self.work,
        )
        if done.returncode:
            raise StepError(
                f"{' '.join(command)}\nended with status {done.returncode}:\n"
                f"{done.stdout}{done.stderr}\n"
                "Compare this step with its rule in main.mk: a new version may do otherwise."
            )
        return done.stdout

    def script(self, path: str, *arguments: str, stdin: str = "") -> str:
        """Runs a Tcl script of upstream's, by its path from the top; gives what it prints."""
        script = str(self.top / path)
        return self.program(
            "jimsh", str(self._prelude), self._source_id, script, *arguments, stdin=stdin
        )

    def read(self, name: str) -> str:
        """A file of the working folder, or of the sources if its path is absolute."""
        return (self.work / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Writes a file of the working folder."""
        (self.work / name).write_text(text, encoding="utf-8")

    def parser(self, grammar: str, features: list[str]) -> None:
        """Makes NAME.c and NAME.h from the grammar NAME.y. Rules: parse.c, fts5parse.c."""
        shutil.copy(self.top / grammar, self.work)
        self.program("lemon", *(f"-D{feature}" for feature in features), "-S", Path(grammar).name)

    def run(self, features: list[str]) -> None:
        """Makes sqlite3.h and sqlite3.c in the working folder, and what comes before them."""
        # Rule: lemon, which looks for its template in the working folder.
        shutil.copy(self.top / "tool/lempar.c", self.work)
        self.parser("src/parse.y", features)
        self.parser("ext/fts5/fts5parse.y", [])

        # Rules: opcodes.h, opcodes.c, pragma.h, ctime.c, keywordhash.h.
        opcodes = self.read("parse.h") + self.read(str(self.top / "src/vdbe.c"))
        self.write("opcodes.h", self.script("tool/mkopcodeh.tcl", stdin=opcodes))
        self.write("opcodes.c", self.script("tool/mkopcodec.tcl", "opcodes.h"))
        self.script("tool/mkpragmatab.tcl")
        self.script("tool/mkctimec.tcl")
        self.write("keywordhash.h", self.program("mkkeywordhash"))

        # Rule: sqlite3.h. The names in manifest are relative to its folder.
        self._source_id = self.program("mksourceid", "manifest", folder=self.top).strip()
        self.script("tool/mksqlite3h.tcl", str(self.top), "-o", "sqlite3.h")

        # Rules: fts5.c, .target_source.
        self.script("ext/fts5/tool/mkfts5c.tcl")
        tsrc = self.work / "tsrc"
        tsrc.mkdir()
        for source in listed_sources(self.read(str(self.top / "main.mk"))):
            shutil.copy(self.top / source, tsrc)
        shutil.copy(self.top / "ext/fts5/fts5.h", tsrc)
        for generated in self.work.glob("*.[ch]"):
            shutil.copy(generated, tsrc)
        self.write(
            "tsrc/vdbe.c", self.script("tool/vdbe-compress.tcl", stdin=self.read("tsrc/vdbe.c"))
        )

        # Rule: sqlite3.c, with the default of AMALGAMATION_GEN_FLAGS.
        self.script("tool/mksqlite3c.tcl", "--linemacros=0")


def main(arguments: list[str]) -> int:
    """The command that the rule sqlite_amalgamation runs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    for name in ("node", *_PROGRAMS, "prelude", "makefile", "code", "header", "extension-header"):
        parser.add_argument("--" + name, type=Path, required=True)
    parser.add_argument(
        "--feature", action="append", default=[], help="macro that the generators are to know"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        generator = Generator(options, Path(folder))
        try:
            generator.run(options.feature)
        except StepError as error:
            print(f"amalgamate: {error}", file=sys.stderr)
            return 1
        shutil.copyfile(generator.work / "sqlite3.c", options.code)
        shutil.copyfile(generator.work / "sqlite3.h", options.header)
        shutil.copyfile(generator.top / "src/sqlite3ext.h", options.extension_header)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
