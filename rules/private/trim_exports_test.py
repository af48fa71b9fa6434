"""What trim_exports makes of the forms that emcc writes."""

import unittest

from rules.private.trim_exports import trim

_LOOP = (
    "for(const[name,value]of Object.entries(wasmExports))"
    'Module["_"+name]=value instanceof WebAssembly.Global?value.value>>>0:value'
)


def script(names: str, body: str) -> str:
    """A script with the variables and the body of assignWasmExports, and some uses after it."""
    return (
        f"use(before);var {names};function assignWasmExports(wasmExports){{{body}}}"
        "return _malloc(1)+_data"
    )


class TrimTest(unittest.TestCase):
    """The whole text, since it is short."""

    def test_unused_names_go_and_used_ones_stay(self) -> None:
        """A function and a datum that are used, and one of each that is not."""
        self.assertEqual(
            trim(
                script(
                    "_malloc,_unused,_data,_other",
                    '_malloc=Module["_malloc"]=wasmExports["malloc"];'
                    '_unused=Module["_unused"]=wasmExports["unused"];'
                    '_data=Module["_data"]=wasmExports["data"].value>>>0;'
                    '_other=wasmExports["other"].value>>>0',
                )
            ),
            script(
                "_malloc,_data",
                f'_malloc=wasmExports["malloc"];_data=wasmExports["data"].value>>>0;{_LOOP}',
            ),
        )

    def test_what_has_another_name_on_the_module_is_kept(self) -> None:
        """The memory, which is wasmMemory to JavaScript."""
        body = 'memory=wasmMemory=Module["wasmMemory"]=wasmExports["memory"]'
        self.assertEqual(
            trim(script("memory,wasmMemory", body)),
            script("memory,wasmMemory", f"{body};{_LOOP}"),
        )

    def test_another_shape_is_refused(self) -> None:
        """No such function, two of them, or a statement of another kind."""
        with self.assertRaisesRegex(ValueError, "found 0"):
            trim("var x;")
        with self.assertRaisesRegex(ValueError, "found 2"):
            trim(2 * script("_a", '_a=wasmExports["a"];'))
        with self.assertRaisesRegex(ValueError, r"unknown statement.*checked\(wasmExports"):
            trim(script("_a", '_a=checked(wasmExports["a"])'))


if __name__ == "__main__":
    unittest.main()
