/** What the files of a release say about it. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { abiVersion, dist, loadTerrarium, version } from "./support.mjs";

/** @param {string} name */
function json(name) {
  return JSON.parse(readFileSync(join(dist, name), "utf8"));
}

test("has one version: that of runtime/js/src/version.ts", async () => {
  assert.equal(json("manifest.json").version, version, "dist/version.bzl");
  assert.equal(json("package.json").version, version, "dist/package.json");
  assert.equal(createRequire(import.meta.url)(join(dist, "pyodide.js")).version, version);
  const py = await loadTerrarium();
  assert.equal(py.version, version);
  assert.equal(py.runPython("import pyodide; pyodide.__version__"), version);
  const [major, minor] = py.runPython("import sys; sys.version_info[:2]").toJs();
  assert.equal(version.split(".")[0], `${major}${minor}`, "the version starts with Python's");
});

test("has a lock file for its own Python and ABI", async () => {
  const { info } = json("pyodide-lock.json");
  const py = await loadTerrarium();
  assert.equal(info.python, py.runPython("import platform; platform.python_version()"));
  assert.equal(info.abi_version, abiVersion);
  assert.deepEqual(py.lockfile, json("pyodide-lock.json"));
});

test("has a manifest of all its files", () => {
  const listed = json("manifest.json").files.map(({ name }) => name);
  assert.deepEqual(
    listed,
    readdirSync(dist)
      .filter((name) => name !== "manifest.json")
      .sort(),
  );
  for (const { name, size, sha256 } of json("manifest.json").files) {
    const content = readFileSync(join(dist, name));
    assert.equal(content.length, size, name);
    assert.equal(createHash("sha256").update(content).digest("hex"), sha256, name);
  }
});
