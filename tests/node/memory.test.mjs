/** More memory than there is: a MemoryError, and Python goes on. Addresses beyond 2 GB work. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadTerrarium } from "./support.mjs";

const py = await loadTerrarium();

test("one object that is too large", () => {
  assert.throws(() => py.runPython("b'x' * 2_000_000_000 * 2"), { type: /MemoryError|OverflowError/ });
  assert.equal(py.runPython("1 + 1"), 2);
});

test("strings and buffers beyond 2 GB", () => {
  py.runPython("hold = [bytearray(1_500_000_000), bytearray(700_000_000)]\nhigh = bytearray(b'high') * 1000");
  const buffer = py.runPython("high");
  assert.deepEqual(buffer.toJs().subarray(0, 4), Uint8Array.of(104, 105, 103, 104));
  const view = buffer.getBuffer();
  assert.equal(view.data[view.offset], 104);
  view.release();
  buffer.destroy();
  assert.equal(py.runPython("'é' * 100_000").length, 100_000);
  assert.equal(py.runPython("'x' * 100_000 + '日'").length, 100_001);
  assert.equal(py.runPython("2 ** 5000"), 2n ** 5000n);
  py.globals.set("text", "日本".repeat(50_000));
  assert.equal(py.runPython("len(text)"), 100_000);
});

test("until there is none", () => {
  assert.throws(() => py.runPython("x = []\nwhile True: x.append(bytearray(10_000_000))"), { type: "MemoryError" });
  assert.throws(() => py.runPython("while True: x.append([1] * 100_000)"), { type: "MemoryError" });
  assert.equal(py.runPython("del x, hold\n1 + 1"), 2);
  assert.equal(py.runPython("len(bytearray(100_000_000))"), 100_000_000);
});
