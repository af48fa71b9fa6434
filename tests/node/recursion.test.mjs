/** Recursion without an end is a RecursionError, and Python goes on. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadTerrarium } from "./support.mjs";

const NO_LIMIT = "import sys; sys.setrecursionlimit(10**6)\n";

/** Code that goes through C at each level. */
const KINDS = {
  "a Python function": "def f(): f()\nf()",
  __call__: `${NO_LIMIT}class A:\n  def __call__(self): return self()\nA()()`,
  __add__: `${NO_LIMIT}class A:\n  def __add__(self, o): return self + o\nA() + A()`,
  __getattr__: `${NO_LIMIT}class A:\n  def __getattr__(self, n): return getattr(self, n + 'x')\nA().y`,
  "sorted with a key": `${NO_LIMIT}def f(x): return sorted([1, 2], key=f)\nf(1)`,
  lru_cache: `${NO_LIMIT}import functools\n@functools.lru_cache(None)\ndef f(n): return f(n + 1)\nf(1)`,
  "repr of a nested list": "x = []\nfor i in range(100000): x = [x]\nrepr(x)",
  "== of nested lists": "a = []; b = []\nfor i in range(100000): a = [a]; b = [b]\na == b",
  "json.loads": "import json\njson.loads('[' * 100000)",
  "json.dumps": "import json\nx = []\nfor i in range(100000): x = [x]\njson.dumps(x)",
  "a call through JavaScript": `${NO_LIMIT}from js import eval\nfrom pyodide.ffi import create_proxy\ng = eval('(f) => f()')\ndef f(): return g(p)\np = create_proxy(f)\nf()`,
};

describe("recursion", async () => {
  const py = await loadTerrarium();
  for (const [name, code] of Object.entries(KINDS)) {
    test(name, () => {
      const globals = py.toPy({});
      try {
        assert.throws(() => py.runPython(code, { globals }), /RecursionError/);
      } finally {
        globals.destroy();
      }
      assert.equal(py.runPython("1 + 1"), 2);
    });
  }

  test("the parser says that a source is too complex", () => {
    assert.throws(() => py.runPython(`eval("-" * 100000 + "1")`), { type: "MemoryError" });
    assert.equal(py.runPython("1 + 1"), 2);
  });

  test("a long chain of objects is freed", () => {
    assert.equal(py.runPython("x = None\nfor i in range(100000): x = (x,)\ndel x\n5"), 5);
  });
});
