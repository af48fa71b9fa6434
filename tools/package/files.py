"""The files of a new package's folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Package:
    """What goes into the folder: lists are sorted.

    `target_wheels` are labels of packages whose headers the build needs, `wheels` those of what the
    test needs besides.
    """

    project: str
    back_end: Sequence[str]
    target_wheels: Sequence[str] = ()
    wheels: Sequence[str] = ()
    import_names: Sequence[str] = ()
    remarks: Sequence[str] = ()


def folder_files(it: Package) -> dict[str, str]:
    """Gives each file's text by its path in packages/NAME/."""
    files = {
        "BUILD.bazel": _build_file(it),
        f"tests/{it.project}.test.mjs": _test(it),
    }
    if it.remarks:
        files["README.md"] = "\n\n".join([f"# {it.project}", *it.remarks]) + "\n"
    return files


def _list(name: str, values: Sequence[str]) -> list[str]:
    if len(values) == 1:
        return [f"    {name} = [{_quote(values[0])}],"]
    return [f"    {name} = [", *(f"        {_quote(value)}," for value in values), "    ],"]


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _build_file(it: Package) -> str:
    lines = [
        f'"""{it.project}, from its source distribution."""',
        "",
        'load("//packages/testing:defs.bzl", "wheel_test")',
        'load("//rules:defs.bzl", "wheel")',
        'load("//tools/lint:defs.bzl", "lint")',
        "",
        'package(default_visibility = ["//visibility:public"])',
        "",
        "wheel(",
        f"    name = {_quote(it.project)},",
        *_list("back_end", it.back_end),
        f"    project = {_quote(it.project)},",
        *(_list("target_wheels", it.target_wheels) if it.target_wheels else []),
        ")",
        "",
        "wheel_test(",
        f'    name = "{it.project}_test",',
        f'    srcs = ["tests/{it.project}.test.mjs"],',
        *_list("wheels", [f":{it.project}", *it.wheels]),
        ")",
        "",
        "lint()",
    ]
    return "\n".join(lines) + "\n"


def _test(it: Package) -> str:
    lines = [
        f"/** {it.project} from its wheel, in the release. */",
        'import assert from "node:assert/strict";',
        'import { before, describe, test } from "node:test";',
        'import { importAll, loadWheels } from "../../testing/wheels.mjs";',
        "",
        "let py;",
        "",
        "before(async () => {",
        "  py = await loadWheels();",
        "});",
        "",
        'describe("the wheel", () => {',
        '  test("its packages and every extension module are imported", () => {',
        f'    const {{ packages, extensions }} = importAll(py, "{it.project}");',
        "    assert.ok(packages.length > 0 && extensions.length > 0, "
        "JSON.stringify({ packages, extensions }));",
        "  });",
    ]
    if it.import_names:
        lines += [
            "",
            '  test("the names that its metadata declares are imported", () => {',
            *_loop(it.import_names),
            "  });",
        ]
    return "\n".join([*lines, "});"]) + "\n"


def _loop(names: Sequence[str]) -> list[str]:
    return [
        f"    for (const name of [{', '.join(_quote(name) for name in names)}]) {{",
        "      assert.equal(py.pyimport(name).__name__, name);",
        "    }",
    ]
