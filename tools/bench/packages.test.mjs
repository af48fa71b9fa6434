/** The bytes of packages, of some that are made here. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { differences, lockedFiles, measurePackages, modulesTable, packagesTable } from "./packages.mjs";
import { fillPage } from "./report.mjs";

const { loadTerrarium } = await import(pathToFileURL(join(process.env.TERRARIUM_DIST ?? "", "pyodide.mjs")).href);
const folder = mkdtempSync(join(tmpdir(), "terrarium-sizes-"));
after(() => rmSync(folder, { recursive: true }));

/** Writes a zip file that holds so many bytes, uncompressed, and gives what a lock file says of it. */
function archive(/** @type {any} */ py, /** @type {string} */ name, /** @type {number} */ bytes) {
  const code = `
import io, zipfile
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w") as archive:
    archive.writestr("${name}.txt", "x" * ${bytes})
buffer.getvalue()`;
  const data = py.runPython(code).toJs();
  writeFileSync(join(folder, name), data);
  return { file_name: name, sha256: createHash("sha256").update(data).digest("hex") };
}

/** A lock file of a library with a variant, and a package that needs it. */
async function makeLock() {
  const py = await loadTerrarium();
  const common = { version: "1", install_dir: "site", package_type: "package", imports: [], depends: [] };
  const info = { abi_version: "2026_0", arch: "wasm32", platform: "emscripten", python: "3.14.7" };
  const packages = {
    user: { ...common, name: "user", ...archive(py, "user.zip", 200_000), depends: ["lib"] },
    lib: {
      ...common,
      name: "lib",
      ...archive(py, "lib.zip", 50_000),
      variants: [{ feature: "relaxed-simd", ...archive(py, "fast.zip", 60_000) }],
    },
  };
  writeFileSync(join(folder, "pyodide-lock.json"), JSON.stringify({ info, packages }));
  return { info, packages };
}

const lock = await makeLock();
const lockFileURL = pathToFileURL(join(folder, "pyodide-lock.json")).href;

test("the lock's files are listed by name, each with its variants", () => {
  assert.deepEqual(
    lockedFiles(lock).map(({ name, feature, fileName }) => [name, feature, fileName]),
    [
      ["lib", "", "lib.zip"],
      ["lib", "relaxed-simd", "fast.zip"],
      ["user", "", "user.zip"],
    ],
  );
});

test("files are measured, and what loadPackage fetches", async () => {
  /** @type {string[]} */
  const lines = [];
  const packages = await measurePackages(
    folder,
    () => loadTerrarium({ lockFileURL }),
    (line) => lines.push(line),
  );
  assert.deepEqual(
    packages.map(({ unpacked }) => unpacked),
    [50_000, 60_000, 200_000],
  );
  assert.deepEqual(
    packages[2].loaded.map(({ name }) => name),
    ["fast.zip", "user.zip"],
  );
  for (const { file, unpacked } of packages) {
    assert.ok(file.raw > unpacked && file.raw < unpacked + 200, `${file.raw}`);
    assert.ok(file.brotli < 300, `${file.brotli}`);
  }
  assert.equal(lines.length, 5);

  const text = packagesTable(packages);
  assert.ok(text.includes("| lib | 1 | 0.050 / 0.000 | 0.050 | 0.060 / 0.000 |\n"), text);
  assert.ok(text.includes("| lib, relaxed-simd | 1 | 0.060 / 0.000 | 0.060 |  |\n"), text);
  assert.ok(text.includes("| user | 1 | 0.20 / 0.000 | 0.20 | 0.26 / 0.000 |"), text);

  const page = fillPage("<!-- sizes:begin --><!-- sizes:end -->", text, "sizes");
  assert.deepEqual(differences(page, lock), []);
  const { lib, user } = lock.packages;
  assert.deepEqual(differences(page, { packages: { lib, user: { ...user, version: "2" } } }), [
    "the page does not have user 2",
    "the release does not have user 1",
  ]);
  assert.deepEqual(differences(page, { packages: { user } }), [
    "the release does not have lib 1",
    "the release does not have lib, relaxed-simd 1",
  ]);
});

test("modules stand beside those that are published, and not the variants of a library", () => {
  const size = { name: "", raw: 0, gzip: 0, brotli: 0 };
  const one = { name: "a", version: "1", feature: "", fileName: "a.whl", file: size, unpacked: 0, loaded: [] };
  const modules = { "scipy/special/_ufuncs.cpython-314-wasm32-emscripten.so": 206_611, "other.so": 1 };
  const packages = [
    { ...one, modules },
    { ...one, modules: { "libblas.so": 1_000_000 } },
    { ...one, feature: "relaxed-simd", modules: { "libblas.so": 1 } },
  ];
  assert.deepEqual(modulesTable(packages).split("\n").slice(2), [
    "| libblas.so | 1.00 | 1.20 | 0.83 |",
    "| scipy/special/_ufuncs | 0.21 | 0.41 | 0.50 |",
  ]);
  assert.equal(modulesTable([{ ...one, modules: { "other.so": 1 } }]), "");
  const page = fillPage(
    "<!-- sizes:begin --><!-- sizes:end -->",
    `${packagesTable([{ ...one, modules: {} }])}\n\n${modulesTable(packages)}`,
    "sizes",
  );
  assert.deepEqual(differences(page, { packages: { a: { version: "1", file_name: "a.whl" } } }), []);
});

test("a page without a table has nothing", () => {
  assert.deepEqual(differences("# Sizes\n", { packages: { user: lock.packages.user } }), [
    "the page does not have user 1",
  ]);
});
