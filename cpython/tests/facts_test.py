"""configure_facts.toml is refused, with file and line, when it is wrong."""

import tempfile
import unittest
from pathlib import Path

from cpython.private.run_configure import Fact, normalise, read_facts

CONFIGURE = "ac_cv_func_fork enable_shared with_suffix CC"


class FactsTest(unittest.TestCase):
    """Reads facts from text."""

    def read(self, text: str) -> list[Fact]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "facts.toml"
            path.write_text(text)
            return read_facts(path, CONFIGURE)

    def refused(self, text: str) -> str:
        with self.assertRaises(SystemExit) as raised:
            self.read(text)
        return str(raised.exception)

    def test_a_fact(self) -> None:
        found = self.read(
            '[[result]]\nnames = ["ac_cv_func_fork"]\nvalue = "no"\nreason = "One process."\n'
        )
        self.assertEqual(found, [Fact("result", "ac_cv_func_fork", "no")])

    def test_an_argument_by_its_variable(self) -> None:
        found = self.read(
            '[[argument]]\nnames = ["--disable-shared"]\nvalue = ""\nreason = "One program."\n'
        )
        self.assertEqual(found, [Fact("argument", "--disable-shared", "")])

    def test_no_reason(self) -> None:
        message = self.refused('\n[[result]]\nnames = ["ac_cv_func_fork"]\nvalue = "no"\n')
        self.assertIn("facts.toml:3: a fact needs", message)

    def test_not_asked_for(self) -> None:
        message = self.refused('[[result]]\nnames = ["ac_cv_func_x"]\nvalue = "no"\nreason = "x"\n')
        self.assertIn(
            "facts.toml:2: configure never asks for ac_cv_func_x: remove the fact", message
        )

    def test_unknown_kind(self) -> None:
        self.assertIn(
            "[[guess]]", self.refused('[[guess]]\nnames = ["CC"]\nvalue = ""\nreason = "x"\n')
        )

    def test_twice(self) -> None:
        fact = '[[variable]]\nnames = ["CC"]\nvalue = "emcc"\nreason = "x"\n'
        self.assertIn("CC is there twice", self.refused(fact + fact))


class NormaliseTest(unittest.TestCase):
    """Folders in configure's outputs."""

    def test_folders(self) -> None:
        text = "a=/w/t/build/../src b=/w/t/src/x c=/w/t/build d=/w/t/bin/sed e=/w/t/site"
        self.assertEqual(
            normalise(text, Path("/w/t")),
            "a=/usr/src/cpython b=/usr/src/cpython/x c=/usr/src/cpython-build d=sed e=site",
        )


if __name__ == "__main__":
    unittest.main()
