/** JavaScript objects as Python's modules, and what can be asked of the package `pyodide`. */
import assert from "node:assert/strict";
import * as path from "node:path";
import { describe, test } from "node:test";
import { loadTerrarium } from "./support.mjs";

const py = await loadTerrarium();

describe("registered objects", () => {
  test("are imported with their submodules, and show no traces of it", () => {
    const object = { x: 1, sub: { y: 2 }, f: () => 3 };
    py.registerJsModule("mine", object);
    py.runPython("import mine, mine.sub\nfrom mine.sub import y\nfrom mine import f, sub");
    assert.deepEqual(py.runPython("[mine.x, mine.sub.y, y, f(), sub.y]").toJs(), [1, 2, 2, 3, 2]);
    assert.equal(py.runPython("mine"), object);
    assert.deepEqual([Object.keys(object), Object.keys(object.sub)], [["x", "sub", "f"], ["y"]]);
    assert.equal(py.runPython("from importlib.util import find_spec; find_spec('mine').name"), "mine");
    assert.throws(() => py.runPython("from mine import none"), { type: "ImportError" });
    assert.throws(() => py.runPython("import mine.x"), { type: "ModuleNotFoundError" });
  });

  test("that take no properties are imported: ES modules, frozen objects", () => {
    py.registerJsModule("node_path", path);
    py.registerJsModule("frozen", Object.freeze({ x: 1 }));
    assert.equal(
      py.runPython("import node_path\nfrom node_path import join\njoin('a', node_path.basename('/b/c'))"),
      "a/c",
    );
    assert.equal(py.runPython("from frozen import x; x"), 1);
    assert.throws(() => py.runPython("from frozen import y"), { type: "ImportError" });
  });

  test("are imported again when they are registered again", () => {
    py.registerJsModule("changing", { x: 1 });
    py.runPython("import changing, sys; del sys.modules['changing']");
    py.registerJsModule("changing", { x: 2 });
    assert.equal(py.runPython("import changing; changing.x"), 2);
    py.unregisterJsModule("changing");
    assert.throws(() => py.unregisterJsModule("changing"), /no JavaScript module with that name is registered/);
  });

  test("have to be objects with a name", () => {
    assert.throws(() => py.registerJsModule(1, {}), { type: "TypeError", message: /must be a str/ });
    assert.throws(() => py.registerJsModule("number", 1), { type: "TypeError", message: /must be a JsProxy/ });
  });
});

test("js and pyodide_js are there from the start", () => {
  globalThis.value = 5;
  assert.equal(py.runPython("import js\nfrom js import value\nvalue + js.value"), 10);
  assert.equal(py.runPython("import pyodide_js; pyodide_js"), py);
  assert.throws(() => py.runPython("from js import no_such_thing"), { type: "ImportError" });
});

describe("the package pyodide", () => {
  test("tells the signatures of all its functions", () => {
    const count = py.runPython(`
      import inspect
      from importlib import import_module
      def public(holder):
          for name, value in vars(holder).items():
              if not name.startswith("_") and callable(value):
                  yield value
      asked = 0
      for name in ("code", "console", "ffi", "ffi.wrappers", "http", "webloop"):
          module = import_module(f"pyodide.{name}")
          for thing in [getattr(module, name) for name in module.__all__]:
              ours = getattr(thing, "__module__", "").startswith(("pyodide", "_terrarium"))
              for function in [*([thing] * inspect.isfunction(thing)), *(public(thing) if isinstance(thing, type) else [])]:
                  if inspect.isfunction(function) and ours:
                      inspect.signature(function)
                      asked += 1
      asked`);
    assert.ok(count > 100, `${count} functions`);
  });

  test("calls with the arguments that a function has a place for, whatever its annotations and its hash", () => {
    py.runPython(`
      from pyodide.code import relaxed_call
      def annotated(a: NoSuchName, *, b: int = 1) -> "nor this": return a + b
      class Unhashable:
          __hash__ = None
          def __call__(self, a): return a`);
    assert.equal(py.runPython("relaxed_call(annotated, 1, 2, 3, b=4, c=5)"), 5);
    assert.equal(py.runPython("relaxed_call(Unhashable(), 6, 7)"), 6);
    assert.equal(py.runPython("relaxed_call(dict, [(1, 2)])[1]"), 2);
  });
});
