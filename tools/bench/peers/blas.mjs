/** A build of the BLAS, in the program of blas/calls.c, which loads it as a shared library. */
import { readBytes } from "./answers.mjs";

/**
 * @typedef {object} Settings Addresses.
 * @property {string} program calls.mjs, with calls.wasm beside it.
 * @property {string} blas The library that is to be libblas.so.
 * @property {string} [lapack] liblapack.so.
 */

/**
 * @param {Settings} settings
 * @returns {Promise<import("./answers.mjs").Suite>}
 */
export async function openSuite({ program, blas, lapack }) {
  const { default: createModule } = await import(program);
  const module = await createModule();
  module.FS.mkdirTree("/usr/lib");
  const open = async (/** @type {string} */ name, /** @type {string} */ url) => {
    const path = `/usr/lib/${name}`;
    module.FS.writeFile(path, await readBytes(url));
    const library = module.ccall("bench_open", "number", ["string"], [path]);
    if (!library) {
      throw new Error(`${name} cannot be loaded from ${url}`);
    }
    return library;
  };
  const libraries = [await open("libblas.so", blas)];
  if (lapack) {
    libraries.push(await open("liblapack.so", lapack));
  }
  let operation = "";
  let size = 0;
  let memory = 0;
  let called = 0;
  const call = (/** @type {number} */ count) => {
    const info = module.ccall(
      "bench_calls",
      "number",
      ["string", "number", "number", "number", "number"],
      [operation, called, size, memory, count],
    );
    if (info !== 0) {
      throw new Error(`${operation}: info is ${info}`);
    }
  };
  const fill = () => module.ccall("bench_prepare", null, ["string", "number", "number"], [operation, size, memory]);
  return {
    prepare(name, n) {
      [operation, size] = [name, n];
      const symbol = module.ccall("bench_symbol", "string", ["string"], [name]);
      const found = libraries.map((library) =>
        module.ccall("bench_find", "number", ["number", "string"], [library, symbol]),
      );
      called = found.find(Boolean) ?? 0;
      if (!called) {
        throw new Error(`no library has ${symbol}, for ${name}`);
      }
      module._free(memory);
      memory = module._malloc(module.ccall("bench_bytes", "number", ["string", "number"], [name, n]));
      if (!memory) {
        throw new Error(`no memory for ${name} of size ${n}`);
      }
      fill();
    },
    time(count) {
      const start = performance.now();
      call(count);
      return (performance.now() - start) / 1000;
    },
    result() {
      fill();
      call(1);
      return [module.ccall("bench_result", "number", ["string", "number", "number"], [operation, size, memory])];
    },
    facts: () => ({}),
  };
}
