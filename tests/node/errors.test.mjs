/** Exceptions on their way between the languages, and the end of an interpreter. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadTerrarium } from "./support.mjs";

describe("exceptions", async () => {
  const py = await loadTerrarium();

  test("a JavaScript error is a JsException with its name and message", () => {
    globalThis.fail = () => {
      throw new TypeError("mine");
    };
    const text = py.runPython(`
      from js import fail
      from pyodide.ffi import JsException
      try:
          fail()
      except JsException as e:
          text = f"{e.name}: {e.message}"
      text`);
    assert.equal(text, "TypeError: mine");
  });

  test("an error through Python is the same error", () => {
    const error = new Error("same");
    globalThis.fail = () => {
      throw error;
    };
    assert.throws(
      () => py.runPython("from js import fail\nfail()"),
      (thrown) => thrown === error || thrown.message.includes("Error: same"),
    );
  });

  test("a Python exception through JavaScript is the same exception", () => {
    globalThis.callIt = (f) => f();
    const same = py.runPython(`
      from js import callIt
      e = ValueError("mine")
      def raises(): raise e
      try:
          callIt(raises)
      except ValueError as caught:
          same = caught is e
      same`);
    assert.equal(same, true);
  });

  test("an exception that the module traceback cannot format keeps its place and its text", () => {
    const code = `
      class Locals(dict):
          def __iter__(self):
              raise KeyError(0)
      def evaluate():
          try:
              eval("nope", {}, Locals())
          except NameError as error:
              raise ValueError("the formula has no 'nope'") from error
      evaluate()`;
    assert.throws(() => py.runPython(code), {
      type: "ValueError",
      message: /^Traceback .*\n.* line 10, in <module>\n.*in evaluate\nValueError: the formula has no 'nope'\n$/,
    });
  });

  test("a syntax error shows the place", () => {
    assert.throws(() => py.runPython("x = ("), { type: "SyntaxError", message: /'\(' was never closed/ });
  });

  test("promises reject with Python exceptions and the other way round", async () => {
    await assert.rejects(py.runPythonAsync("await __import__('asyncio').sleep(0)\nraise KeyError('k')"), {
      type: "KeyError",
    });
    globalThis.rejects = () => Promise.reject(new RangeError("out"));
    const text = await py.runPythonAsync(`
      from js import rejects
      try:
          await rejects()
      except Exception as e:
          text = e.message
      text`);
    assert.equal(text, "out");
  });

  test("run_sync says what is missing", () => {
    assert.throws(() => py.runPython("from pyodide.ffi import run_sync\nasync def f(): pass\nrun_sync(f())"), {
      type: "RuntimeError",
      message: /JSPI/,
    });
  });
});

describe("an interpreter that has ended", async () => {
  test("says so at every later call", async () => {
    const py = await loadTerrarium();
    assert.throws(() => py.runPython("import os; os._exit(3)"), { name: "InterpreterGone", exitCode: 3 });
    assert.throws(() => py.runPython("1"), { name: "InterpreterGone", message: /exited with status 3.*loadTerrarium/ });
    assert.throws(() => py.globals.get("x"), { name: "InterpreterGone" });
  });

  test("another one is not touched by it", async () => {
    const py = await loadTerrarium();
    assert.equal(py.runPython("1 + 1"), 2);
  });
});
