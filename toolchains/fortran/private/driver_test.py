"""What the driver makes of command lines."""

import unittest

from driver import UsageError, parse


class ParseTest(unittest.TestCase):
    """flang's options, as meson and people write them."""

    def test_a_compilation_as_meson_writes_it(self) -> None:
        """Options for the machine are dropped, those for the language go to the front end."""
        line = parse(
            [
                "-Isub",
                "-I",
                "..",
                "-Jmods",
                "-O3",
                "-Wall",
                "-fPIC",
                "-fcolor-diagnostics",
                "-g",
                "-march=native",
                "-MD",
                "-MQ",
                "a.o",
                "-MF",
                "a.d",
                "-ffixed-form",
                "-DN=3",
                "-o",
                "a.o",
                "-c",
                "a.F",
            ]
        )
        self.assertEqual(line.sources, ["a.F"])
        self.assertEqual(line.output, "a.o")
        self.assertEqual(line.modules, "mods")
        self.assertEqual(line.dependencies, "a.d")
        self.assertEqual(line.optimize, "-O3")
        self.assertEqual(line.front_end, ["-Isub", "-I..", "-ffixed-form", "-DN=3"])
        self.assertTrue(line.compile)

    def test_what_is_for_links(self) -> None:
        """Build systems give it to compilations, too."""
        line = parse(
            ["-c", "a.f", "-Lhere", "-L", "there", "-lb", "-l", "c", "-Wl,--gc-sections", "-sWASM"]
        )
        self.assertEqual(line.sources, ["a.f"])
        self.assertEqual(line.front_end, [])

    def test_kept_lengths(self) -> None:
        """From one option or several."""
        line = parse(["-c", "a.f", "-fkeep-lengths=xerbla_,ilaenv_", "-fkeep-lengths=lsamen_"])
        self.assertEqual(line.keep_lengths, ["xerbla_", "ilaenv_", "lsamen_"])

    def test_what_is_refused(self) -> None:
        """Each with what is wrong."""
        for words, message in {
            "-c": "no input files",
            "a.o b.o -o program": "a.o: not an option or a source",
            "a.f -o program": "this flang makes objects",
            "-c a.f b.f -o c.o": "-o with -c takes one source",
            "-c a.f -o": "-o needs a value",
            "-c a.f -fopenmp": "-fopenmp: there are no threads",
            "-c a.f -fwhatever": "-fwhatever: not an option",
        }.items():
            with self.subTest(words), self.assertRaisesRegex(UsageError, message):
                parse(words.split())


if __name__ == "__main__":
    unittest.main()
