/** A package of the release in a page: its libraries are larger than what a page may compile while it waits. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPython } from "./support.mjs";

test(
  "numpy is loaded by its name, with the build of its BLAS that suits the browser",
  inPython(async ({ page, site }) => {
    /** @type {string[]} */
    const asked = [];
    page.on("request", (request) => asked.push(request.url().slice(site.url.length)));
    const loaded = await page.evaluate(async () => {
      const loaded = await globalThis.py.loadPackage("numpy", { messageCallback: () => {} });
      return loaded.map((/** @type {{ name: string }} */ { name }) => name);
    });
    assert.deepEqual(loaded, ["libblas", "liblapack", "numpy"]);
    assert.equal(asked.filter((name) => /^libblas-relaxed-simd-.*\.zip$/.test(name)).length, 1);
    assert.equal(asked.filter((name) => /^libblas/.test(name)).length, 1);
    const residual = await page.evaluate(() =>
      globalThis.py.runPython(`
import numpy as np
rng = np.random.default_rng(0)
a = rng.standard_normal((100, 100))
b = rng.standard_normal(100)
float(abs(a @ np.linalg.solve(a, b) - b).max())`),
    );
    assert.ok(residual < 1e-10, String(residual));
  }),
);
