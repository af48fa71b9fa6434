/** Packages of the release in a page: their libraries are larger than what a page may compile while it waits. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPython, openPython } from "./support.mjs";

const SOLVES = `
import numpy as np
rng = np.random.default_rng(0)
a = rng.standard_normal((100, 100))
b = rng.standard_normal((100, 20))
float(abs(a @ np.linalg.solve(a, b) - b).max())`;

/**
 * The names of packages' files that the page asks for from now on.
 *
 * @param {import("./support.mjs").Fixture} fixture
 */
function watched({ page, site }) {
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => {
    const name = request.url().slice(site.url.length);
    if (/^(lib|numpy).*\.(zip|whl)$/.test(name)) {
      asked.push(name.replace(/-\d.*/, ""));
    }
  });
  return asked;
}

/**
 * What loadPackage says that it has loaded.
 *
 * @param {import("./support.mjs").Fixture} fixture
 * @param {string} name
 * @returns {Promise<string[]>}
 */
function load({ page }, name) {
  return page.evaluate(async (name) => {
    const loaded = await globalThis.py.loadPackage(name, { messageCallback: () => {}, errorCallback: () => {} });
    return loaded.map((/** @type {{ name: string }} */ { name }) => name);
  }, name);
}

/** @param {import("./support.mjs").Fixture} fixture */
async function assertSolves({ page }) {
  const residual = await page.evaluate((code) => globalThis.py.runPython(code), SOLVES);
  assert.ok(residual < 1e-10, String(residual));
}

test(
  "numpy is loaded by its name, each file once, with the build of its BLAS that suits the browser",
  inPython(async (fixture) => {
    const asked = watched(fixture);
    const [first, second] = await Promise.all([load(fixture, "numpy"), load(fixture, "numpy")]);
    assert.deepEqual([...first, ...second], ["libblas", "liblapack", "numpy"]);
    assert.deepEqual(asked.sort(), ["libblas-relaxed-simd", "liblapack", "numpy"]);
    await assertSolves(fixture);
  }),
);

test(
  "a browser without relaxed SIMD gets the BLAS without, also for what code imports",
  inPython(async (fixture) => {
    await fixture.page.addInitScript(() => {
      const { validate } = WebAssembly;
      /** @param {Uint8Array<ArrayBuffer>} bytes */
      WebAssembly.validate = (bytes) => {
        const relaxed = bytes.some((_, at) => bytes[at] === 0xfd && bytes[at + 1] === 0x85 && bytes[at + 2] === 0x02);
        return !relaxed && validate(bytes);
      };
    });
    await openPython(fixture);
    const asked = watched(fixture);
    await fixture.page.evaluate(
      (code) => globalThis.py.loadPackagesFromImports(code, { messageCallback: () => {} }),
      SOLVES,
    );
    assert.deepEqual(asked.sort(), ["libblas", "liblapack", "numpy"]);
    await assertSolves(fixture);
  }),
);

test(
  "a file that was changed on its way is refused; the right one is loaded afterwards",
  inPython(async (fixture) => {
    const { page, site } = fixture;
    for (const [start, kept] of /** @type {[string, string[]][]} */ ([
      ["libblas-relaxed-simd-", []],
      ["numpy-", ["libblas", "liblapack"]],
    ])) {
      const pattern = `${site.url}${start}*`;
      await page.route(pattern, async (route) => {
        const body = await (await route.fetch()).body();
        body[body.length >> 1] ^= 1;
        await route.fulfill({ body, contentType: "application/zip" });
      });
      await assert.rejects(load(fixture, "numpy"), new RegExp(`${start}.* has the SHA-256`));
      assert.deepEqual(await page.evaluate(() => Object.keys(globalThis.py.loadedPackages)), kept);
      await page.unroute(pattern);
    }
    const left = await page.evaluate(() => globalThis.py.runPython("import importlib.util as u; u.find_spec('numpy')"));
    assert.equal(left ?? null, null);
    assert.deepEqual(await load(fixture, "numpy"), ["numpy"]);
    await assertSolves(fixture);
  }),
);
