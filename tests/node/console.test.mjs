/** pyodide.console: the parts of a prompt that take more than one line. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadTerrarium } from "./support.mjs";

const py = await loadTerrarium();

/** Runs code with a Console, or a PyodideConsole, as `console`. */
async function run(code, kind = "Console") {
  const globals = py.runPython(`import pyodide.console as c; {'console': c.${kind}({'out': []}), 'out': []}`);
  try {
    const value = await py.runPythonAsync(code, { globals });
    return py.isPyProxy(value) ? value.toJs() : value;
  } finally {
    globals.destroy();
  }
}

describe("blocks", () => {
  for (const [name, lines, last] of [
    ["match", ["match 2:", " case 1:", "  x = 1", " case 2:", "  x = 2", ""], "x"],
    ["if and else", ["if 0:", " x = 3", "else:", " x = 4", ""], "x"],
    ["try and finally", ["try:", " 1 / 0", "except ZeroDivisionError:", " x = 5", ""], "x"],
  ]) {
    test(`${name} goes on until an empty line`, async () => {
      const [checks, value] = await run(`
        checks = [console.push(line).syntax_check for line in ${JSON.stringify(lines)}]
        [checks, await console.push(${JSON.stringify(last)})]`);
      assert.deepEqual(checks, [...lines.slice(1).map(() => "incomplete"), "complete"]);
      assert.equal(value, Number(/x = (\d)\D*$/.exec(lines.join(" "))[1]));
    });
  }
});

describe("tracebacks", () => {
  test("show the lines that were typed, not the last ones", async () => {
    const text = await run(`
      for line in ("def f(x):", "  # divides", "  return 1 / x", ""):
          console.push(line)
      future = console.push("y = 'not these'\\nz = 'lines'\\nf(0)\\n")
      try:
          await future
      except ZeroDivisionError:
          pass
      future.formatted_error`);
    assert.match(text, /line 3, in <module>\n {4}f\(0\)\n[\s\S]*line 3, in f\n {4}return 1 \/ x\n/);
    assert.doesNotMatch(text, /_terrarium|pyodide/);
  });
});

describe("a console that loads packages", () => {
  test("runs what is typed in its order", async () => {
    const out = await run(
      `
      futures = [console.push(line) for line in ("import math; out.append(1)", "out.append(2)")]
      for future in futures: await future
      console.globals["out"]`,
      "PyodideConsole",
    );
    assert.deepEqual(out, [1, 2]);
  });
});

describe("streams", () => {
  test("go to the callbacks while code runs", async () => {
    const out = await run(`
      import sys
      from pyodide.console import Console
      lines = iter(["first\\n", "sec", "ond\\n", "rest", ""])
      console = Console(stdin_callback=lambda size: next(lines), stdout_callback=lambda text: out.append(text))
      stdin = sys.stdin
      await console.push("import sys; print(input(), sys.stdin.read(3), sys.stdin.read())")
      ["".join(out), sys.stdin is stdin]`);
    assert.deepEqual(out, ["first sec ond\nrest\n", true]);
  });

  test("and an end of the interpreter that is typed does not end it", async () => {
    assert.equal(
      await run(`
        try:
            await console.push("import sys; sys.exit(3)")
        except SystemExit as e:
            code = e.code
        code`),
      3,
    );
  });
});
