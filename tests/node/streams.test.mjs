/** Standard input, output and error. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadTerrarium } from "./support.mjs";

describe("standard streams", async () => {
  const py = await loadTerrarium();

  test("batched output comes by lines, and its rest at the end of the line", () => {
    const lines = [];
    py.setStdout({ batched: (line) => lines.push(line) });
    py.runPython("print('a'); print('b', end=''); print('é😀')");
    assert.deepEqual(lines, ["a", "bé😀"]);
  });

  test("raw output comes by bytes, and writers get all", () => {
    const bytes = [];
    py.setStdout({ raw: (byte) => bytes.push(byte) });
    py.runPython("print('é')");
    assert.deepEqual(bytes, [0xc3, 0xa9, 10]);
    let text = "";
    py.setStderr({
      write(buffer) {
        text += new TextDecoder().decode(buffer);
        return buffer.length;
      },
    });
    py.runPython("import sys; print('oops', file=sys.stderr)");
    assert.equal(text, "oops\n");
  });

  test("input comes by lines", () => {
    const lines = ["one", "two\n", "3"];
    py.setStdin({ stdin: () => lines.shift() });
    assert.equal(py.runPython("[input(), input(), sys.stdin.readline()].__repr__()"), "['one', 'two', '3\\n']");
    assert.throws(() => py.runPython("input()"), { type: "EOFError" });
  });

  test("input can be an error", () => {
    py.setStdin({ error: true });
    assert.throws(() => py.runPython("input()"), { type: "OSError" });
  });

  test("isatty is what the handler says", () => {
    py.setStdout({ batched: () => {}, isatty: true });
    assert.equal(py.runPython("sys.stdout.isatty()"), true);
    py.setStdout({ batched: () => {} });
    assert.equal(py.runPython("sys.stdout.isatty()"), false);
  });

  test("a handler that throws is an OSError", () => {
    const { error } = console;
    console.error = () => {};
    try {
      py.setStdout({
        write() {
          throw new Error("no");
        },
      });
      assert.throws(() => py.runPython("print('x', flush=True)"), { type: "OSError" });
    } finally {
      console.error = error;
      py.setStdout({ batched: () => {} });
    }
  });
});
