/** pyodide.js, for require(). */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { dist } from "./support.mjs";

test("require gives loadTerrarium and loadPyodide, which find their files", async () => {
  const required = createRequire(import.meta.url)(join(dist, "pyodide.js"));
  assert.equal(required.loadPyodide, required.loadTerrarium);
  assert.match(required.version, /^314\./);
  const py = await required.loadPyodide();
  assert.equal(py.version, required.version);
  assert.equal(py.runPython("6 * 7"), 42);
});
