/** Exceptions from Python to the page, and back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPython } from "./support.mjs";

test(
  "a Python exception is a PythonError with its type and traceback",
  inPython(async ({ page }) => {
    const caught = await page.evaluate(() => {
      try {
        globalThis.py.runPython("def f():\n  1/0\nf()");
      } catch (error) {
        return [error instanceof globalThis.py.ffi.PythonError, error.name, error.type, error.message];
      }
    });
    assert.deepEqual(caught.slice(0, 3), [true, "PythonError", "ZeroDivisionError"]);
    assert.match(caught[3], /Traceback.*line 2, in f.*ZeroDivisionError: division by zero/s);
    assert.equal(await page.evaluate(() => globalThis.py.runPython("1 + 1")), 2);
  }),
);

test(
  "an uncaught one in a coroutine rejects the promise",
  inPython(async ({ page }) => {
    const type = await page.evaluate(() =>
      globalThis.py
        .runPythonAsync("import asyncio\nawait asyncio.sleep(0)\nraise LookupError('x')")
        .catch((error) => error.type),
    );
    assert.equal(type, "LookupError");
  }),
);

test(
  "what the page throws is a JsException in Python, and a PythonError with both tracebacks when it comes back",
  inPython(async ({ page }) => {
    const [seen, type, message] = await page.evaluate(() => {
      globalThis.fail = () => {
        throw new RangeError("too far");
      };
      const seen = globalThis.py
        .runPython(
          `
from js import fail
from pyodide.ffi import JsException
try:
    fail()
except JsException as error:
    seen = [error.name, error.message]
seen`,
        )
        .toJs();
      try {
        globalThis.py.runPython("fail()");
      } catch (error) {
        return [seen, error.type, error.message];
      }
    });
    assert.deepEqual(seen, ["RangeError", "too far"]);
    assert.equal(type, "JsException");
    assert.match(message, /line 1, in <module>.*RangeError: too far/s);
  }),
);

test(
  "so is what the browser itself throws or rejects with",
  inPython(async ({ page }) => {
    const names = await page.evaluate(async () => {
      const names = await globalThis.py.runPythonAsync(`
from js import document, fetch
from pyodide.ffi import JsException
names = []
try:
    document.querySelector("::::")
except JsException as error:
    names.append(error.name)
try:
    await fetch("http://no-such-host.invalid/")
except (JsException, OSError) as error:
    names.append(type(error).__name__)
names`);
      return names.toJs();
    });
    assert.equal(names[0], "SyntaxError");
    assert.equal(names.length, 2);
  }),
);
