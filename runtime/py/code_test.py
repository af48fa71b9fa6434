"""Tests of running code from strings, and of what tracebacks show of it."""

from __future__ import annotations

import asyncio
import linecache
import unittest
from typing import Any

from _terrarium import code, errors, sources


def value_of(source: str, **options: Any) -> object:
    return code.run_parts(code.compile_parts(source, **options), {})


class ValueTest(unittest.TestCase):
    def test_the_last_expression(self) -> None:
        self.assertEqual(value_of("x = 20\nx + 1"), 21)
        self.assertIsNone(value_of("x = 20"))
        self.assertIsNone(value_of(""))
        self.assertIsNone(value_of("5", return_mode="none"))

    def test_a_semicolon_makes_it_quiet(self) -> None:
        for source in ("5;", "5; # why", "5;\n\n# the end\n", "x = '#'; 5;"):
            with self.subTest(source):
                self.assertIsNone(value_of(source))
        self.assertEqual(value_of("5;", quiet_trailing_semicolon=False), 5)
        self.assertEqual(value_of("'a;' # ;"), "a;")

    def test_the_last_assignment(self) -> None:
        for source, value in {
            "x = 1": 1,
            "x = y = 2": 2,
            "x: int = 3": 3,
            "x = 4\nx += 1": 5,
            "x: int": None,
            "x = [0]; x[0] = 1": None,
            "x, y = 1, 2": None,
        }.items():
            with self.subTest(source):
                self.assertEqual(value_of(source, return_mode="last_expr_or_assign"), value)

    def test_an_unknown_mode_is_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "'all'.*last_expr_or_assign"):
            value_of("1", return_mode="all")

    def test_features_of_the_future_hold_for_the_last_expression(self) -> None:
        source = "from __future__ import annotations\n(lambda: 0).__code__.co_flags"
        value = value_of(source)
        assert isinstance(value, int)
        self.assertTrue(value & code.CO_FUTURES)

    def test_await_at_the_top_level(self) -> None:
        source = "import asyncio\nx = await asyncio.sleep(0, 5)\nawait asyncio.sleep(0, x + 1)"
        parts = code.compile_parts(source, flags=code.TOP_LEVEL_AWAIT)
        self.assertTrue(code.is_async(parts))
        self.assertEqual(asyncio.run(code.run_parts_async(parts, {})), 6)
        parts = code.compile_parts("await_ = 1", flags=code.TOP_LEVEL_AWAIT)
        self.assertFalse(code.is_async(parts))

    def test_common_white_space_is_taken_away(self) -> None:
        self.assertEqual(code.dedent("\n  # why\n  if 1:\n    x\n"), "\n# why\nif 1:\n  x\n")
        self.assertEqual(code.dedent("if 1:\n  x"), "if 1:\n  x")


class TracebackTest(unittest.TestCase):
    def error_of(self, source: str, filename: str) -> Exception:
        namespace: dict[str, Any] = {"__name__": "__main__"}
        parts = code.compile_parts(source, filename=filename)
        try:
            code.run_parts(parts, namespace)
        except Exception as error:
            return error
        self.fail("it raised nothing")

    def test_shows_lines_of_named_sources(self) -> None:
        source = "def f():\n    1 / 0\nf()\n"
        sources.remember("mine.py", source)
        error = self.error_of(source, "mine.py")
        # As what started this test is no part of the user's.
        error.__traceback__ = error.__traceback__ and error.__traceback__.tb_next
        name, text = errors.describe(error)
        self.assertEqual(name, "ZeroDivisionError")
        self.assertRegex(text, r'^Traceback.*\n  File "mine.py", line 3, in <module>\n    f\(\)\n')
        self.assertIn('File "mine.py", line 2, in f\n    1 / 0\n', text)

    def test_shows_lines_of_each_code_at_a_prompt(self) -> None:
        first = compile("def f():\n    return 1 / 0\n", "<prompt>", "exec")
        second = compile("a = 1\nb = 2\n", "<prompt>", "exec")
        sources.remember_code(first, "def f():\n    return 1 / 0\n")
        sources.remember_code(second, "a = 1\nb = 2\n")
        namespace: dict[str, Any] = {"__name__": "__main__"}
        exec(first, namespace)
        try:
            namespace["f"]()
        except ZeroDivisionError as error:
            self.assertIn("    return 1 / 0\n", errors.describe(error)[1])
        self.assertNotIn("<prompt>", linecache.cache)

    def test_leaves_out_the_runtimes_own_frames(self) -> None:
        try:
            code.compile_parts("1", return_mode="all")
        except ValueError as error:
            traceback = error.__traceback__
            assert traceback is not None
            self.assertIs(errors.strip_own_frames(traceback), traceback)
            self.assertIsNone(errors.strip_own_frames(traceback.tb_next))


if __name__ == "__main__":
    unittest.main()
