/** The packages that come with the release: loaded by name, with what they need, for the engine that there is. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, test } from "node:test";
import { dist, loadTerrarium } from "./support.mjs";

const lock = JSON.parse(readFileSync(join(dist, "pyodide-lock.json"), "utf8"));
const quiet = { messageCallback: () => {}, errorCallback: () => {} };
const { validate } = WebAssembly;
afterEach(() => {
  WebAssembly.validate = validate;
});

/** Gives the names of files that loadPackage says it has loaded. */
function files(loaded) {
  return loaded.map(({ fileName }) => fileName);
}

const PRODUCT = "import numpy as np\nfloat((np.arange(40000.0).reshape(200, 200) % 7 @ np.ones(200)).sum())";

test("the lock file names packages that are there, by their hashes, and all that they need", () => {
  assert.ok(Object.keys(lock.packages).length >= 4);
  for (const [key, entry] of Object.entries(lock.packages)) {
    assert.equal(entry.name, key);
    for (const { file_name, sha256 } of [entry, ...(entry.variants ?? [])]) {
      const content = readFileSync(join(dist, file_name));
      assert.equal(createHash("sha256").update(content).digest("hex"), sha256, file_name);
    }
    for (const needed of entry.depends) {
      assert.ok(needed in lock.packages, `${key} needs ${needed}`);
    }
  }
});

describe("numpy", () => {
  test("comes with the shared libraries that its modules name, each once", async () => {
    const py = await loadTerrarium();
    const [loaded, again] = await Promise.all([py.loadPackage("numpy", quiet), py.loadPackage("numpy", quiet)]);
    const { libblas, liblapack, numpy } = lock.packages;
    assert.deepEqual(files(loaded), [libblas.variants[0].file_name, liblapack.file_name, numpy.file_name]);
    assert.deepEqual(again, []);
    assert.equal(py.runPython(PRODUCT), 119_995);
    const solved = py.runPython("np.linalg.solve([[3.0, 1], [1, 2]], [9, 8]).tolist()").toJs();
    assert.ok(Math.abs(solved[0] - 2) < 1e-12 && Math.abs(solved[1] - 3) < 1e-12);
    assert.deepEqual(
      py.FS.readdir("/usr/lib")
        .filter((name) => name.endsWith(".so"))
        .sort(),
      ["libblas.so", "liblapack.so"],
    );
  });

  test("has a BLAS for engines without relaxed SIMD", async () => {
    const relaxed = Buffer.from([0xfd, 0x85, 0x02]);
    WebAssembly.validate = (bytes) => !Buffer.from(bytes).includes(relaxed) && validate(bytes);
    const py = await loadTerrarium();
    const loaded = await py.loadPackage("numpy", quiet);
    assert.equal(files(loaded)[0], lock.packages.libblas.file_name);
    assert.equal(Buffer.from(py.FS.readFile("/usr/lib/libblas.so")).includes(relaxed), false);
    assert.equal(py.runPython(PRODUCT), 119_995);
  });

  test("is found by what code imports", async () => {
    const py = await loadTerrarium();
    const loaded = await py.loadPackagesFromImports(PRODUCT, quiet);
    assert.equal(loaded.at(-1).name, "numpy");
    assert.equal(py.runPython(PRODUCT), 119_995);
  });

  test("leaves its tests to a package of their own", async () => {
    const py = await loadTerrarium();
    await py.loadPackage("numpy", quiet);
    assert.equal(py.runPython("import importlib.util as u; u.find_spec('numpy.linalg.tests') is None"), true);
    await py.loadPackage("numpy-tests", quiet);
    assert.equal(py.runPython("u.find_spec('numpy.linalg.tests.test_linalg') is not None"), true);
  });
});

test("a build for an engine is refused when its hash is another, and nothing stays", async () => {
  const changed = structuredClone(lock);
  changed.packages.libblas.variants[0].sha256 = "0".repeat(64);
  const py = await loadTerrarium({ lockFileContents: changed, packageBaseUrl: dist });
  await assert.rejects(py.loadPackage("numpy", quiet), /libblas-relaxed-simd.* has the SHA-256/);
  assert.deepEqual(py.loadedPackages, {});
  assert.equal(py.FS.analyzePath("/usr/lib/libblas.so").exists, false);
});

test("a wheel is refused when its hash is another; what it needs stays, and of itself nothing", async () => {
  const changed = structuredClone(lock);
  changed.packages.numpy.sha256 = "0".repeat(64);
  const py = await loadTerrarium({ lockFileContents: changed, packageBaseUrl: dist });
  const site = "/lib/python3.14/site-packages";
  const before = py.FS.readdir(site);
  await assert.rejects(py.loadPackage("numpy", quiet), /numpy-.* has the SHA-256/);
  assert.deepEqual(Object.keys(py.loadedPackages), ["libblas", "liblapack"]);
  assert.deepEqual(py.FS.readdir(site), before);
  assert.throws(() => py.runPython("import numpy"), /No module named 'numpy'/);
});

test("a feature that is not known is not used", async () => {
  const changed = structuredClone(lock);
  changed.packages.libblas.variants = [{ feature: "toString", file_name: "nowhere.zip", sha256: "" }];
  const py = await loadTerrarium({ lockFileContents: changed, packageBaseUrl: dist });
  assert.deepEqual(files(await py.loadPackage("libblas", quiet)), [lock.packages.libblas.file_name]);
});
