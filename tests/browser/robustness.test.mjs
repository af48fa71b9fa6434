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
  ["endless recursion through C", "RecursionError", "class A:\n  def __repr__(self): return repr(self)\nrepr(A())"],
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

for (const file of ["python_stdlib.zip", "pyodide.asm.wasm", "pyodide.asm.mjs"]) {
  test(
    `a release without ${file} fails with an error that names it`,
    inPage({ missing: [file] }, async ({ page }) => {
      const message = await page.evaluate(async () => {
        const { loadPyodide } = await import(new URL("pyodide.mjs", document.baseURI).href);
        return loadPyodide().then(
          () => "it loaded",
          (error) => String(error),
        );
      });
      assert.ok(message.includes(file), message);
      assert.equal(await page.title(), "Empty");
    }),
  );
}

test(
  "a missing standard library is an error that says what to check",
  inPage({ missing: ["python_stdlib.zip"] }, async ({ page }) => {
    const message = await page.evaluate(async () => {
      const { loadPyodide } = await import(new URL("pyodide.mjs", document.baseURI).href);
      return loadPyodide().catch((error) => error.message);
    });
    assert.match(message, /python_stdlib\.zip.*404.*indexURL/);
  }),
);
