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

/** Each line of this is another language of SciPy's: Fortran on LAPACK, C++, Pythran, Cython, Fortran that calls back. */
const COMPUTES = `
import numpy as np
from scipy import fft, integrate, linalg, optimize, signal, sparse, special
from scipy.sparse.linalg import eigsh
a = np.diag(np.arange(1.0, 51)) + 0.01
x = np.linspace(0, 1, 64)
errors = {
    "schur": abs(np.sort(np.diag(linalg.schur(a)[0])) - linalg.eigvalsh(a)).max(),
    "fft": abs(fft.ifft(fft.fft(x)) - x).max(),
    "convolve": abs(signal.convolve(x, [0, 1, 0], mode="same") - x).max(),
    "special": abs(special.gamma(5.0) - 24),
    "quad": abs(integrate.quad(np.sin, 0, np.pi)[0] - 2),
    "minimize": abs(optimize.minimize(lambda v: ((v - 3) ** 2).sum(), np.zeros(4)).x - 3).max(),
    "eigsh": abs(eigsh(sparse.csr_array(a), k=1, which="LA")[0][0] - linalg.eigvalsh(a)[-1]),
}
{name: float(error) for name, error in errors.items() if not error < 1e-5}`;

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

test(
  "SciPy is loaded by its name, and computes",
  inPython(async (fixture) => {
    assert.deepEqual(await load(fixture, "scipy"), ["libblas", "liblapack", "numpy", "scipy"]);
    const wrong = await fixture.page.evaluate((code) => globalThis.py.runPython(code).toJs(), COMPUTES);
    assert.deepEqual(wrong, {});
  }),
);

test(
  "every package of the release can be imported in a page",
  inPython(async ({ page }) => {
    const failures = await page.evaluate(async () => {
      /** @type {Record<string, string>} */
      const failed = {};
      const options = { messageCallback: () => {}, errorCallback: () => {} };
      for (const [name, { package_type, imports }] of Object.entries(globalThis.py.lockfile.packages)) {
        if (package_type === "shared_library" || name.endsWith("-tests")) {
          continue;
        }
        try {
          await globalThis.py.loadPackage(name, options);
          for (const module of imports) {
            globalThis.py.runPython(`import ${module}`);
          }
        } catch (error) {
          failed[name] = String(error);
        }
      }
      return failed;
    });
    assert.deepEqual(failures, {});
  }),
);
