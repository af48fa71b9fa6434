/** Starting, running code, and exceptions out of it. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { loadPyodide, loadTerrarium, version } from "./support.mjs";

describe("start", () => {
  test("loadPyodide is loadTerrarium", () => {
    assert.equal(loadPyodide, loadTerrarium);
    assert.match(version, /^\d+\.\d+\.\d+$/);
  });

  test("a wrong indexURL is an error that names the file and the option", async () => {
    await assert.rejects(loadTerrarium({ indexURL: "/no/such/folder" }), /indexURL/);
  });
});

describe("runPython", () => {
  let py;
  before(async () => {
    py = await loadTerrarium();
  });

  test("gives the value of the last expression", () => {
    assert.equal(py.runPython("x = 20\nx + 1"), 21);
    assert.equal(py.runPython("x = 1"), undefined);
    assert.equal(py.runPython("1 + 1;"), undefined);
  });

  test("is Python 3.14", () => {
    assert.equal(py.runPython("import sys; '.'.join(map(str, sys.version_info[:2]))"), "3.14");
  });

  test("takes away common white space", () => {
    assert.equal(py.runPython("\n    def f():\n        return 7\n    f()\n"), 7);
  });

  test("runs in the globals that it is given", () => {
    const globals = py.toPy({ a: 5 });
    assert.equal(py.runPython("a + 1", { globals }), 6);
    globals.destroy();
  });

  test("an exception is a PythonError with its class and the user's traceback only", () => {
    assert.throws(
      () => py.runPython("def f():\n  1/0\nf()", { filename: "mine.py" }),
      (error) => {
        assert.ok(error instanceof py.ffi.PythonError);
        assert.equal(error.name, "PythonError");
        assert.equal(error.type, "ZeroDivisionError");
        assert.match(error.message, /File "mine.py", line 2, in f\n {4}1\/0\n/);
        assert.doesNotMatch(error.message, /_terrarium/);
        return true;
      },
    );
  });

  test("sys.exit is a SystemExit, after which Python goes on", () => {
    assert.throws(() => py.runPython("import sys; sys.exit(3)"), { type: "SystemExit" });
    assert.equal(py.runPython("1 + 1"), 2);
  });

  test("endless recursion is a RecursionError, after which Python goes on", () => {
    assert.throws(() => py.runPython("def f(): return f()\nf()"), { type: "RecursionError" });
    assert.equal(py.runPython("1 + 1"), 2);
  });
});

describe("runPythonAsync", () => {
  test("awaits at the top level, on the host's event loop", async () => {
    const py = await loadTerrarium();
    assert.equal(await py.runPythonAsync("import asyncio\nawait asyncio.sleep(0.01)\n5"), 5);
    assert.equal(await py.runPythonAsync("2 + 2"), 4);
    await assert.rejects(py.runPythonAsync("await asyncio.sleep(0)\n1/0"), { type: "ZeroDivisionError" });
  });
});

describe("standard output", () => {
  test("comes by lines to the handler", async () => {
    const lines = [];
    const py = await loadTerrarium({ stdout: (line) => lines.push(line) });
    py.runPython("print('a'); print('é😀')");
    assert.deepEqual(lines, ["a", "é😀"]);
  });
});
