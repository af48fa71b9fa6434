// Side modules with the run-time library: one that only writes, as a library does that reports errors, and is loaded first and
// for all; one that opens and closes files too. C++'s inline functions and templates are weak symbols, which are one for all
// modules unless they are hidden: then a module would write by the first one's code, which knows nothing of its units.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { FILES, LOADER, WRITES } = process.env;
const { default: createLoader } = await import(LOADER);

const MODULES = { files: readFileSync(FILES), writes: readFileSync(WRITES) };

async function load(...names) {
  // What is written to standard output, which is no terminal.
  const output = [];
  const loader = await createLoader({ stdout: (byte) => byte && output.push(String.fromCharCode(byte)) });
  const open = (name) => {
    loader.FS.writeFile(`/${name}.so`, MODULES[name]);
    const module = loader.ccall("loader_open", "number", ["string"], [`/${name}.so`]);
    assert.notEqual(module, 0);
    return module;
  };
  return {
    modules: names.map(open),
    open: (...values) => loader.ccall("loader_open_unit", null, ["number", "number", "string"], values),
    write: (...values) => loader.ccall("loader_write", null, ["number", "number", "number"], values),
    close: (...values) => loader.ccall("loader_close_unit", null, ["number", "number"], values),
    output: () => output.join(""),
    text: (path) => loader.FS.readFile(path, { encoding: "utf8" }),
    exists: (path) => loader.FS.analyzePath(path).exists,
  };
}

test("a module writes into the file that it has opened", async () => {
  const it = await load("files");
  const [files] = it.modules;
  it.open(files, 19, "/report.txt");
  it.write(files, 19, 1);
  it.write(files, 19, -22);
  it.close(files, 19);
  assert.equal(it.text("/report.txt"), " number 1   0.125\n number -22  -2.750\n");
});

test("so it does beside another one that was loaded before", async () => {
  const it = await load("writes", "files");
  const [writes, files] = it.modules;
  it.open(files, 19, "/report.txt");
  it.write(files, 19, 3);
  it.write(writes, 19, 4);
  it.close(files, 19);
  assert.equal(it.text("/report.txt"), " number 3   0.375\n");
  assert.equal(it.exists("/fort.19"), true, "unit 19 of the other module is a file of its own");
});

test("what goes to standard output is written at once", async () => {
  const it = await load("writes", "files");
  for (const module of it.modules) it.write(module, 6, 5);
  assert.equal(it.output(), " number 5   0.625\n number 5   0.625\n");
});

for (const [name, bytes] of Object.entries(MODULES))
  test(`the library stays inside of ${name}.so`, async () => {
    const module = await WebAssembly.compile(bytes);
    const symbols = [...WebAssembly.Module.imports(module), ...WebAssembly.Module.exports(module)];
    const shared = symbols.map(({ name }) => name).filter((name) => /fortran/i.test(name));
    assert.equal(shared.length, 0, `it shares ${shared.slice(0, 3).join(", ")}`);
  });
