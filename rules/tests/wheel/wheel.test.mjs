/** A wheel that the rule made, in the release. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

const { CMAKE, FORTRAN, LIBRARY, NUMPY, SETUP_PY, SHARED, STATIC, TERRARIUM_DIST } = process.env;
assert.ok(
  CMAKE && FORTRAN && LIBRARY && NUMPY && SETUP_PY && SHARED && STATIC && TERRARIUM_DIST,
  "set the variables that BUILD.bazel names",
);
const { loadTerrarium } = await import(pathToFileURL(resolve(TERRARIUM_DIST, "pyodide.mjs")).href);

const COUNT = "from thing import _a, _b\n_a.start()\n[_a.next(), _a.next(), _b.next()]";

async function load(path) {
  const py = await loadTerrarium();
  py.FS.mkdirTree("/usr/lib");
  py.FS.writeFile("/usr/lib/libcounter.so", readFileSync(LIBRARY));
  await py.loadPackage(pathToFileURL(resolve(path)).href, { messageCallback: () => {} });
  return py;
}

describe("with a shared library", () => {
  let py;
  before(async () => {
    py = await load(SHARED);
  });

  test("modules have one copy of it, and the option's value", () => {
    assert.deepEqual(py.runPython(COUNT).toJs(), [41, 42, 43]);
  });

  test("the name and the tags say what it is for", () => {
    assert.equal(basename(SHARED), "thing-1.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl");
    assert.deepEqual(
      py
        .runPython(
          "from importlib.metadata import distribution\n[line for line in distribution('thing').read_text('WHEEL').splitlines() if line.startswith(('Root', 'Tag'))]",
        )
        .toJs(),
      ["Root-Is-Purelib: false", "Tag: cp314-cp314-pyemscripten_2026_0_wasm32"],
    );
  });

  test("a weak function that is nowhere has no address", () => {
    assert.equal(py.runPython("_a.weak()"), -1);
  });

  test("the source's place is relative in what is compiled", () => {
    assert.equal(py.runPython("_a.__doc__"), "In ../src/module.c");
  });

  test("tests are not in it", () => {
    assert.equal(py.runPython("import os, thing\nos.listdir(thing.__path__[0])").toJs().includes("tests"), false);
  });
});

describe("with an archive", () => {
  test("each module has its own copy, and the option's default", async () => {
    const py = await load(STATIC);
    assert.deepEqual(py.runPython(COUNT).toJs(), [1, 2, 1]);
  });
});

describe("with Fortran", () => {
  let py;
  before(async () => {
    py = await load(FORTRAN);
  });

  test("an array goes through a procedure of a module", () => {
    assert.equal(py.runPython("from thing import _f\n_f.total()"), 34.25);
  });

  test("numbers are formatted by the run-time library", () => {
    assert.deepEqual(py.runPython("[_f.spell(2 / 3), _f.spell(-1234.5)]").toJs(), ["0.667", "-1234.500"]);
  });
});

describe("with numpy's headers", () => {
  test("a function of its static library is called", async () => {
    const py = await load(NUMPY);
    assert.deepEqual(py.runPython("from thing import _n\n[_n.half(0x3c00), _n.half(0xc580)]").toJs(), [1, -5.5]);
  });
});

describe("by setuptools, with only a setup.py", () => {
  let py;
  before(async () => {
    py = await load(SETUP_PY);
  });

  test("C++ calls a library, throws and catches", () => {
    assert.equal(py.runPython("from legacy import _count\n_count.count_up(41)"), "from 41: 42");
    assert.equal(
      py
        .runPython(
          "try: _count.count_up(-1)\nexcept ValueError as error: said = str(error)\n[said, _count.count_up(1)]",
        )
        .toJs()
        .join("; "),
      "a count starts at 0 or above; from 1: 2",
    );
  });

  test("Cython reads a buffer", () => {
    assert.equal(
      py.runPython("from array import array\nfrom legacy._total import total\ntotal(array('d', [0.5, 1, 2]))"),
      3.5,
    );
    assert.throws(() => py.runPython("total(array('i', [1]))"), /ValueError: Buffer dtype mismatch/);
  });
});

describe("by CMake", () => {
  test("a module by pybind11, with a library and an option", async () => {
    const py = await load(CMAKE);
    assert.equal(
      py.runPython("from made import _words\n_words.repeat('ho', _words.length_of('three'))"),
      "hohohohoho!",
    );
    assert.throws(() => py.runPython("_words.repeat('ho', -1)"), /ValueError: a word is repeated 0 times or more/);
    assert.throws(
      () => py.runPython("_words.repeat(b'ho', 'x')"),
      /TypeError: repeat\(\): incompatible function arguments/,
    );
  });
});
