/** loadPackage, with packages and a lock file made here. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { dist, loadTerrarium } from "./support.mjs";

const folder = mkdtempSync(join(tmpdir(), "terrarium-packages-"));
after(() => rmSync(folder, { recursive: true }));

const maker = await loadTerrarium();

/** Makes a zip file of files by name. */
function zip(files) {
  maker.globals.set("files", maker.toPy(files));
  return maker
    .runPython(
      "import io, zipfile\nb = io.BytesIO()\nwith zipfile.ZipFile(b, 'w') as z:\n  for n, t in files.items(): z.writestr(n, t)\nb.getvalue()",
    )
    .toJs();
}

const packages = {};

function add(name, files, changes = {}) {
  const fileName = `${name}-1.0-py3-none-any.whl`;
  const data = zip(files);
  writeFileSync(join(folder, fileName), data);
  packages[name] = {
    name,
    version: "1.0",
    file_name: fileName,
    install_dir: "site",
    sha256: createHash("sha256").update(data).digest("hex"),
    package_type: "package",
    imports: [name],
    depends: [],
    ...changes,
  };
}

add("base", { "base.py": "x = 40", "base-1.0.dist-info/METADATA": "Name: base\nVersion: 1.0\n" });
add("user", { "user.py": "import base\ny = base.x + 2" }, { depends: ["base"] });
add("wrong", { "wrong.py": "" }, { sha256: "0".repeat(64) });
add("escaping", { "../escaped.py": "", "inside.py": "" });
add("lost", { "lost.py": "" }, { depends: ["nowhere"] });
add("damaged", { "damaged.py": "x" });

const info = { abi_version: "2026_0", arch: "wasm32", platform: "emscripten", python: "3.14.7" };

const quiet = { messageCallback: () => {}, errorCallback: () => {} };

describe("loadPackage", () => {
  let py;
  before(async () => {
    py = await loadTerrarium({
      lockFileContents: { info, packages },
      packageBaseUrl: folder,
    });
  });

  test("loads what a package needs, and says so", async () => {
    const messages = [];
    const loaded = await py.loadPackage("user", { messageCallback: (message) => messages.push(message) });
    assert.deepEqual(
      loaded.map(({ name }) => name),
      ["base", "user"],
    );
    assert.deepEqual(messages, ["Loading base, user", "Loaded base, user"]);
    assert.equal(py.runPython("import user; user.y"), 42);
    assert.equal(py.runPython("from importlib.metadata import version; version('base')"), "1.0");
    assert.deepEqual(Object.keys(py.loadedPackages), ["base", "user"]);
    assert.deepEqual(await py.loadPackage(["base"], quiet), []);
  });

  test("a hash that does not match stops it, with both hashes", async () => {
    await assert.rejects(
      py.loadPackage("wrong", quiet),
      new RegExp(`has the SHA-256 [0-9a-f]{64}, not ${"0".repeat(64)}`),
    );
    assert.equal(py.FS.analyzePath("/lib/python3.14/site-packages/wrong.py").exists, false);
  });

  test("a file outside of its folder stops it, and nothing is written", async () => {
    await assert.rejects(py.loadPackage("escaping", quiet), /'\.\.\/escaped\.py', which would be outside/);
    assert.equal(py.FS.analyzePath("/lib/python3.14/site-packages/inside.py").exists, false);
    assert.equal(py.FS.analyzePath("/lib/python3.14/escaped.py").exists, false);
  });

  test("a damaged archive is refused", async () => {
    const path = join(folder, "cut-1.0-py3-none-any.whl");
    writeFileSync(path, zip({ "cut.py": "x" }).slice(0, 50));
    await assert.rejects(py.loadPackage(pathToFileURL(path).href, quiet), /is no whole zip file/);
  });

  test("unknown packages are named, with who needs them", async () => {
    for (const name of ["none", "constructor"]) {
      await assert.rejects(py.loadPackage(name, quiet), new RegExp(`No known package with name '${name}'`));
    }
    await assert.rejects(py.loadPackage("lost", quiet), /'nowhere', which lost needs/);
  });

  test("a wheel by its address, and those for another machine are refused", async () => {
    const path = join(folder, "wheel-2.0-py3-none-any.whl");
    writeFileSync(path, zip({ "wheel.py": "z = 3" }));
    await py.loadPackage(pathToFileURL(path).href, quiet);
    assert.equal(py.runPython("import wheel; wheel.z"), 3);
    const other = "file:///x/a-1.0-cp314-cp314-manylinux_2_17_x86_64.whl";
    await assert.rejects(
      py.loadPackage(other, quiet),
      /is for manylinux_2_17_x86_64: this is pyemscripten_2026_0_wasm32/,
    );
    await assert.rejects(py.loadPackage("file:///x/a-1.0-cp312-cp312-pyemscripten_2026_0_wasm32.whl", quiet), /cp312/);
  });

  test("a package is loaded once: another wheel of it is refused, in one call or two", async () => {
    const wheels = ["1.0", "2.0"].map((version) => {
      const path = join(folder, `twice-${version}-py3-none-any.whl`);
      writeFileSync(path, zip({ "twice.py": `version = "${version}"` }));
      return path;
    });
    const said = [];
    const options = { ...quiet, errorCallback: (message) => said.push(message) };
    for (const names of [wheels, wheels[1], wheels[0]]) {
      await py.loadPackage(names, options);
      assert.equal(py.loadedPackages.twice, wheels[0]);
      assert.equal(py.runPython("import twice; twice.version"), "1.0");
    }
    const refusal = `${wheels[1]} is not loaded: twice comes from ${wheels[0]}; ask for this one first, in another interpreter`;
    assert.deepEqual(said, [refusal, refusal]);
    // In the place of the one that the lock file has.
    const own = join(folder, "base-2.0-py3-none-any.whl");
    writeFileSync(own, zip({ "base.py": "x = 1" }));
    const other = await loadTerrarium({ lockFileContents: { info, packages }, packageBaseUrl: folder });
    await other.loadPackage(["user", own], quiet);
    assert.equal(other.runPython("import user; user.y"), 3);
  });

  test("loadPackagesFromImports loads what the code imports", async () => {
    assert.deepEqual(await py.loadPackagesFromImports("import sys, user", quiet), []);
    const loaded = await py.loadPackagesFromImports("import damaged, unheard_of", quiet);
    assert.deepEqual(
      loaded.map(({ name }) => name),
      ["damaged"],
    );
  });

  test("a lock file for another ABI is refused", async () => {
    const old = await loadTerrarium({ lockFileContents: { info: { abi_version: "2025_0" }, packages: {} } });
    await assert.rejects(old.loadPackage("base", quiet), /is for the ABI 2025_0, this is 2026_0/);
  });

  test("a lock file with holes is refused, with their names", async () => {
    const { sha256: _, ...unchecked } = packages.base;
    const { depends: __, ...lonely } = packages.base;
    for (const [contents, refusal] of [
      ["{", /lockFileContents is not JSON: check the option lockFileContents/],
      ["null", /lockFileContents is for the ABI undefined/],
      [{ info }, /lockFileContents has no packages/],
      [{ info, packages: { base: lonely } }, /lockFileContents: the entry 'base' lacks depends/],
      [{ info, packages: { base: null } }, /the entry 'base' lacks file_name, version, depends, imports/],
      [
        { info, packages: { base: unchecked } },
        /base-1.0-py3-none-any.whl has the SHA-256 [0-9a-f]{64}, not {2}as the lock/,
      ],
    ]) {
      const other = await loadTerrarium({ lockFileContents: contents, packageBaseUrl: folder });
      await assert.rejects(other.loadPackage("base", quiet), refusal);
    }
    const trusting = await loadTerrarium({
      lockFileContents: { info, packages: { base: unchecked } },
      packageBaseUrl: folder,
    });
    await trusting.loadPackage("base", { ...quiet, checkIntegrity: false });
    assert.equal(trusting.runPython("import base; base.x"), 40);
  });

  test("the lock file and the standard library are found by paths, too", async () => {
    const path = join(folder, "own # lock.json");
    writeFileSync(path, JSON.stringify({ info, packages }));
    const stdlib = join(folder, "own # stdlib.zip");
    copyFileSync(join(dist, "python_stdlib.zip"), stdlib);
    const other = await loadTerrarium({ lockFileURL: relative(".", path), stdLibURL: stdlib });
    await other.loadPackage("user", quiet);
    assert.equal(other.runPython("import json, user; user.y"), 42);
  });
});
