// The program exports what extension modules and JavaScript may use of it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const program = new URL("pyodide.asm.wasm", import.meta.url);
const script = new URL("pyodide.asm.mjs", import.meta.url);
const exported = new Set(
  WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(program))).map(({ name }) => name),
);

test("all of CPython's public C API", () => {
  const names = readFileSync(process.env.API, "utf8").trim().split("\n");
  assert.ok(names.length > 1500, `only ${names.length} names in the list`);
  assert.deepEqual(
    names.map((name) => name.replace(/^_/, "")).filter((name) => !exported.has(name)),
    [],
  );
});

test("functions of libc and libc++ that Python itself does not call", () => {
  for (const name of ["erfc", "nearbyintf", "strtok_r", "_ZNSt3__24coutE", "_ZSt9terminatev"]) {
    assert.ok(exported.has(name), name);
  }
});

test("the libraries that the platform has, whole", () => {
  for (const name of [
    "compress2",
    "gzopen64",
    "inflateBack",
    "lzma_index_init",
    "ZSTD_compress",
    "BZ2_bzopen",
    "sqlite3_open",
    "socketpair",
  ]) {
    assert.ok(exported.has(name), name);
  }
});

test("no tools for measuring the program itself", () => {
  assert.deepEqual(
    [...exported].filter((name) => name.startsWith("__llvm_profile")),
    [],
  );
});

test("the script stays small: it has no line for each export", () => {
  const size = readFileSync(script).length;
  assert.ok(size < 300_000, `pyodide.asm.mjs has ${size} bytes`);
});
