/** Programs that go wrong, and releases that are not whole: the page lives, and says what happened. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, inPython } from "./support.mjs";

/**
 * Runs code in the page that must raise; gives the exception's type.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} code
 */
function raised(page, code) {
  return page.evaluate((code) => {
    try {
      globalThis.py.runPython(code);
    } catch (error) {
      return error.type ?? String(error);
    }
    return "nothing";
  }, code);
}

for (const [what, type, code] of [
  ["endless recursion", "RecursionError", "def f(): return f()\nf()"],
  ["a deeply nested expression", "MemoryError", "eval('(' * 100_000 + ')' * 100_000)"],
  ["a request for more memory than there can be", "MemoryError", "bytearray(2**31 - 1)"],
]) {
  test(
    `${what} is a ${type}, and Python and the page go on`,
    inPython(async ({ page }) => {
      const seen = await raised(page, code);
      // Which of the two a parser gives that runs out of room is its own affair.
      assert.ok(seen === type || (type === "MemoryError" && ["RecursionError", "SyntaxError"].includes(seen)), seen);
      assert.equal(await page.evaluate(() => globalThis.py.runPython("sum(range(10))")), 45);
      assert.equal(await page.evaluate(() => document.body.dataset.state), "ready");
    }),
  );
}

test(
  "endless recursion through C is a RecursionError, or Python says that it is gone and can be loaded anew",
  inPython(async ({ page }) => {
    const seen = await raised(page, "class A:\n  def __repr__(self): return repr(self)\nrepr(A())");
    const after = await page.evaluate(() => {
      try {
        return globalThis.py.runPython("1 + 1");
      } catch (error) {
        return String(error);
      }
    });
    if (seen === "RecursionError") {
      assert.equal(after, 2);
    } else {
      assert.match(seen, /Call loadTerrarium\(\) again/);
      assert.match(after, /Call loadTerrarium\(\) again/);
      const anew = await page.evaluate(async () => {
        const { loadPyodide } = await import(new URL("pyodide.mjs", document.baseURI).href);
        return (await loadPyodide()).runPython("1 + 1");
      });
      assert.equal(anew, 2);
    }
  }),
);

for (const [file, pattern] of [
  ["python_stdlib.zip", /python_stdlib\.zip.*404.*indexURL/],
  ["pyodide.asm.wasm", /pyodide\.asm\.wasm.*404.*indexURL/],
  ["pyodide.asm.mjs", /pyodide\.asm\.mjs/],
]) {
  test(
    `a release without ${file} fails with an error that says what to check`,
    inPage({ missing: [file] }, async ({ page }) => {
      const message = await page.evaluate(async () => {
        const { loadPyodide } = await import(new URL("pyodide.mjs", document.baseURI).href);
        return loadPyodide().then(
          () => "it loaded",
          (error) => String(error),
        );
      });
      assert.match(message, pattern);
      assert.equal(await page.title(), "Empty");
    }),
  );
}
