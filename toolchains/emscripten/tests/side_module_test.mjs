// A main module loads a side module that was built by the same rules, and the two call each other.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";

const { default: createLoader } = await import(`${process.env.LOADER}`);

async function load() {
  const loader = await createLoader();
  loader.FS.writeFile("/answer.so", fs.readFileSync(process.env.ANSWER));
  const call = (path, value) => {
    const result = loader.ccall("loader_call", "number", ["string", "number"], [path, value]);
    return result === -1 ? loader.ccall("loader_message", "string", [], []) : result;
  };
  return { call, seesInvalid: () => loader.ccall("loader_sees_invalid", "number", [], []) === 1 };
}

test("a side module is loaded and calls back", async () => {
  const { call } = await load();
  assert.equal(call("/answer.so", 20), 41);
  assert.equal(call("/answer.so", 20), 42);
});

test("C++ exceptions work inside a side module", async () => {
  const { call } = await load();
  assert.equal(call("/answer.so", -1), -1008);
});

test("a missing module is an error and not a trap", async () => {
  const { call } = await load();
  assert.match(call("/missing.so", 1), /missing\.so/);
});

test("flags of floating-point exceptions are the main module's", async () => {
  const { call, seesInvalid } = await load();
  call("/answer.so", 1);
  assert.equal(seesInvalid(), false);
  call("/answer.so", -1);
  assert.equal(seesInvalid(), true);
});
