"""Shortens how the JavaScript of a main module takes over what the WebAssembly program exports.

emcc writes `_name = Module["_name"] = wasmExports["name"];` for each export, and a main module
exports everything that a side module might need: most of its JavaScript. Here one loop gives
`Module` the same properties, and only names that the rest of the script uses stay variables.

    trim_exports.py LINKED.mjs TRIMMED.mjs

A script of another shape is refused, rather than passed on as it is.
"""

import re
import sys
from collections import Counter
from pathlib import Path

#: The declaration of the variables, directly before the function that fills them.
_FUNCTION = re.compile(
    r"var (?P<names>[\w$]+(?:,[\w$]+)*);"
    r"function assignWasmExports\(wasmExports\)\{(?P<body>[^{}]*)\}"
)

#: One statement of that function, in the form that emcc gives to functions and to data.
_STATEMENT = re.compile(
    r"(?P<aliases>(?:[\w$]+=)*)(?P<name>[\w$]+)=(?:Module\[\"(?P<property>[\w$]+)\"\]=)?"
    r"wasmExports\[\"(?P<export>[\w$.]+)\"\](?P<value>\.value(?:>>>0)?)?"
)

#: Data are globals that hold an address; functions, tags and the table are given as they are.
_LOOP = (
    "for(const[name,value]of Object.entries(wasmExports))"
    'Module["_"+name]=value instanceof WebAssembly.Global?value.value>>>0:value'
)


def trim(script: str) -> str:
    """Gives the script with one loop in place of the assignments that nothing else in it needs.

    Raises ValueError if the script does not have the one function that emcc writes, or if that
    function has a statement of an unknown form.
    """
    found = list(_FUNCTION.finditer(script))
    if len(found) != 1:
        raise ValueError(
            f"expected one assignWasmExports() after its variables, found {len(found)}"
        )
    function = found[0]
    rest = script[: function.start()] + script[function.end() :]
    used = Counter(re.findall(r"[\w$]+", rest))
    kept: list[str] = []
    dropped: set[str] = set()
    for text in filter(None, function["body"].split(";")):
        statement = _STATEMENT.fullmatch(text)
        if not statement:
            raise ValueError(f"unknown statement in assignWasmExports(): {text[:200]}")
        name, value = statement["name"], statement["value"] or ""
        if statement["aliases"] or statement["property"] not in (None, "_" + statement["export"]):
            kept.append(text)
        elif used[name]:
            kept.append(f'{name}=wasmExports["{statement["export"]}"]{value}')
        else:
            dropped.add(name)
    names = ",".join(name for name in function["names"].split(",") if name not in dropped)
    trimmed = f"function assignWasmExports(wasmExports){{{';'.join([*kept, _LOOP])}}}"
    declaration = f"var {names};" if names else ""
    return script[: function.start()] + declaration + trimmed + script[function.end() :]


def main() -> None:
    """Reads the first file that the command line names and writes the second."""
    source, target = map(Path, sys.argv[1:])
    try:
        target.write_text(trim(source.read_text(encoding="utf-8")), encoding="utf-8")
    except ValueError as error:
        sys.exit(f"{source}: {error}\nEmscripten writes it another way now: mend {__file__}")


if __name__ == "__main__":
    main()
