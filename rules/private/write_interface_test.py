"""The interfaces of shared libraries, as sources in C."""

import unittest

from rules.private.write_interface import InterfaceError, write


class WriteTest(unittest.TestCase):
    """What is written for which types."""

    types = {"f": "void ()", "g": "f64 (i32, i64, f32)", "h": "i32 (v128)"}

    def test_functions_have_their_types_and_an_order(self) -> None:
        self.assertEqual(
            write(["g", "f"], self.types),
            "void f(void) { __builtin_trap(); }\n"
            "double g(int a0, long long a1, float a2) { __builtin_trap(); }\n",
        )

    def test_a_name_without_a_function_is_refused(self) -> None:
        with self.assertRaisesRegex(InterfaceError, "absent is exported, and nothing defines"):
            write(["f", "absent"], self.types)

    def test_a_type_that_c_has_not_is_refused(self) -> None:
        with self.assertRaisesRegex(InterfaceError, r"h has a v128 in its type, i32 \(v128\)"):
            write(["h"], self.types)


if __name__ == "__main__":
    unittest.main()
