/** The bytes of a release's packages, and the table of them. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { megabytes, table, totals } from "./report.mjs";
import { measureSizes } from "./size.mjs";

/**
 * @typedef {object} LockedFile A file that pyodide-lock.json names.
 * @property {string} name The package's.
 * @property {string} version
 * @property {string} feature The feature of WebAssembly that it is for, or "".
 * @property {string} fileName
 *
 * @typedef {object} Sizes
 * @property {import("./size.mjs").FileSize} file
 * @property {number} unpacked Bytes of what is in it.
 * @property {Record<string, number>} modules Bytes of each WebAssembly module in it, by path.
 * @property {import("./size.mjs").FileSize[]} loaded What loadPackage fetches for it, itself included.
 *
 * @typedef {LockedFile & Sizes} PackageSize
 *
 * @typedef {object} Lock pyodide-lock.json, as far as it is read here.
 * @property {Record<string, { version: string, file_name: string, variants?: { feature: string, file_name: string }[] }>} packages
 */

/**
 * @param {Lock} lock
 * @returns {LockedFile[]} by name; a package's variants after it
 */
export function lockedFiles(lock) {
  const names = Object.keys(lock.packages).sort();
  return names.flatMap((name) => {
    const { version, file_name, variants = [] } = lock.packages[name];
    return [
      { name, version, feature: "", fileName: file_name },
      ...variants.map((variant) => ({ name, version, feature: variant.feature, fileName: variant.file_name })),
    ];
  });
}

/**
 * Measures all packages of a release.
 *
 * @param {string} folder the release
 * @param {(options?: object) => Promise<any>} loadTerrarium of that release
 * @param {(line: string) => void} say gets a line for each package
 * @returns {Promise<PackageSize[]>}
 */
export async function measurePackages(folder, loadTerrarium, say) {
  const files = lockedFiles(JSON.parse(await readFile(join(folder, "pyodide-lock.json"), "utf8")));
  const python = await loadTerrarium();
  const code = `
import json, zipfile
json.dumps({member.filename: member.file_size for member in zipfile.ZipFile("/archive").infolist()})`;
  /** @type {Map<string, { file: import("./size.mjs").FileSize, unpacked: number, modules: Record<string, number> }>} */
  const sizes = new Map();
  // All at once: compressing is nearly all of the work.
  await Promise.all(
    files.map(async ({ fileName }) => {
      const body = await readFile(join(folder, fileName));
      python.FS.writeFile("/archive", body);
      /** @type {[string, number][]} */
      const members = Object.entries(JSON.parse(python.runPython(code)));
      const unpacked = members.reduce((sum, [, size]) => sum + size, 0);
      const modules = Object.fromEntries(members.filter(([path]) => path.endsWith(".so")));
      const [file] = await measureSizes([{ name: fileName, body }]);
      sizes.set(fileName, { file, unpacked, modules });
      say(`${sizes.size} of ${files.length}: ${fileName}`);
    }),
  );
  const known = (/** @type {string} */ fileName) => {
    const found = sizes.get(fileName);
    if (!found) {
      throw new Error(`loadPackage fetched ${fileName}, which pyodide-lock.json does not name: build //dist:all anew`);
    }
    return found;
  };
  /** @type {Map<string, import("./size.mjs").FileSize[]>} */
  const loaded = new Map();
  for (const name of new Set(files.map((file) => file.name))) {
    const py = await loadTerrarium();
    const done = await py.loadPackage(name, { messageCallback: () => {} });
    loaded.set(
      name,
      done.map((/** @type {{ fileName: string }} */ { fileName }) => known(fileName).file),
    );
    say(`loaded ${name}`);
  }
  return files.map((file) => ({ ...file, ...known(file.fileName), loaded: loaded.get(file.name) ?? [] }));
}

/** @param {LockedFile} file */
function head({ name, version, feature }) {
  return [feature ? `${name}, ${feature}` : name, version];
}

/**
 * @param {PackageSize[]} packages
 * @returns {string} Markdown
 */
export function packagesTable(packages) {
  const pair = (/** @type {{ raw: number, brotli: number }} */ { raw, brotli }) =>
    `${megabytes(raw)} / ${megabytes(brotli)}`;
  return table([
    ["package", "version", "its file: raw / Brotli 11", "unpacked", "with what it needs: raw / Brotli 11"],
    ...packages.map((one) => [
      ...head(one),
      pair(one.file),
      megabytes(one.unpacked),
      // loadPackage chooses between a package and its variants: what it fetches is said once.
      one.feature ? "" : pair(totals(one.loaded)),
    ]),
  ]);
}

/**
 * What Pyodide's maintainers have published of a wheel of SciPy that they built on BLIS and a LAPACK in C (issue 6390 of
 * pyodide/pyodide, July 2026): the bytes of its largest modules, by their names here.
 *
 * @type {Record<string, number>}
 */
const PUBLISHED = {
  "liblapack.so": 4_147_758,
  "scipy/optimize/_highspy/_core": 2_162_665,
  "scipy/sparse/_sparsetools": 1_706_196,
  "scipy/linalg/_flapack": 1_386_822,
  "libblas.so": 1_197_627,
  "scipy/special/_special_ufuncs": 972_384,
  "scipy/special/cython_special": 954_040,
  "scipy/special/_ufuncs_cxx": 735_347,
  "scipy/fft/_duccfft/pyduccfft": 698_894,
  "scipy/io/_fast_matrix_market/_fmm_core": 630_283,
  "scipy/spatial/_qhull": 562_300,
  "scipy/special/_ufuncs": 413_222,
  "scipy/linalg/_fblas": 405_324,
  "scipy/linalg/_decomp_interpolative": 368_563,
  "scipy/stats/_unuran/unuran_wrapper": 365_416,
  "scipy/spatial/_ckdtree": 260_636,
};

/**
 * @param {PackageSize[]} packages
 * @returns {string} Markdown: of those modules that are published of Pyodide's, and are in these packages; "" without any
 */
export function modulesTable(packages) {
  const ours = new Map(
    packages
      .filter(({ feature }) => !feature)
      .flatMap(({ modules }) => Object.entries(modules))
      .map(([path, bytes]) => [path.replace(/\.cpython-[^/]*\.so$/, ""), bytes]),
  );
  const rows = Object.entries(PUBLISHED).flatMap(([name, bytes]) => {
    const own = ours.get(name);
    return own === undefined ? [] : [[name, megabytes(own), megabytes(bytes), (own / bytes).toFixed(2)]];
  });
  return rows.length ? table([["module", "Terrarium", "Pyodide, as published", "ratio"], ...rows]) : "";
}

/**
 * Says what a page's table has that the lock has not, and the other way round.
 *
 * @param {string} page Markdown with a table of packagesTable()
 * @param {Lock} lock
 * @returns {string[]} a sentence for each difference
 */
export function differences(page, lock) {
  const key = (/** @type {string[]} */ cells) => cells.join(" ");
  const between = page.split("<!-- sizes:begin -->")[1]?.split("<!-- sizes:end -->")[0] ?? "";
  // Other tables may follow.
  const rows = /(?:^\| .*(?:\n|$))+/m.exec(between)?.[0].trim().split("\n") ?? [];
  const told = new Set(rows.slice(2).map((row) => key(row.split(" | ", 2).map((cell) => cell.replace(/^\| /, "")))));
  const there = new Set(lockedFiles(lock).map((file) => key(head(file))));
  return [
    ...[...there].filter((name) => !told.has(name)).map((name) => `the page does not have ${name}`),
    ...[...told].filter((name) => !there.has(name)).map((name) => `the release does not have ${name}`),
  ];
}
