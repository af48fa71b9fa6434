/** The Python packages `pyodide.*`. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, describe, test } from "node:test";
import { loadTerrarium } from "./support.mjs";

const py = await loadTerrarium();

describe("pyodide.code", () => {
  py.runPython("from pyodide.code import *");
  const cases = [
    ["CodeRunner('1 + 1').compile().run()", 2],
    ["eval_code('x = 2', return_mode='last_expr_or_assign')", 2],
    ["eval_code('5;')", undefined],
    ["eval_code('x + y', {'x': 1}, {'y': 2})", 3],
    ["' '.join(find_imports('import b.c, a\\nfrom d.e import f\\nfrom . import g'))", "a b d"],
    ["find_imports('import (').__len__()", 0],
    ["should_quiet('1; # quiet')", true],
    ["run_js('1 + 2')", 3],
    ["str(relaxed_call(lambda a, *, k=1: (a, k), 1, 2, k=5, z=3))", "(1, 5)"],
  ];
  for (const [code, value] of cases) {
    test(code, () => assert.equal(py.runPython(code), value));
  }

  test("eval_code_async awaits", async () => {
    const code = "await eval_code_async('import asyncio\\nawait asyncio.sleep(0)\\n7')";
    assert.equal(await py.runPythonAsync(code), 7);
  });
});

describe("pyodide.console", () => {
  py.runPython("from pyodide.console import *");
  const checks = (lines) =>
    py.runPython(`c = Console({})\n' '.join(c.push(l).syntax_check for l in ${JSON.stringify(lines)})`);

  test("tells complete code from incomplete", () => {
    assert.equal(checks(["1 + 1"]), "complete");
    assert.equal(checks(["def f():", "  return 5", ""]), "incomplete incomplete complete");
    assert.equal(checks(["(", "1)"]), "incomplete complete");
    assert.equal(checks(["x ="]), "syntax-error");
    assert.equal(checks(["if 1:\n  x = 1\nx\n"]), "complete");
  });

  test("gives values and formatted errors", async () => {
    assert.equal(await py.runPythonAsync("c = Console({}); await c.push('x = 4'); await c.push('x + 1')"), 5);
    const text = await py.runPythonAsync(
      "f = c.push('1/0')\ntry: await f\nexcept ZeroDivisionError: pass\nf.formatted_error",
    );
    assert.match(
      text,
      /^Traceback.*\n {2}File "<console>", line 1, in <module>\n {4}1\/0\n[\s\S]*ZeroDivisionError: division by zero\n$/,
    );
  });

  test("completes", () => {
    assert.equal(py.runPython("repr(Console({'spam': 1}).complete('x = spa'))"), "(['spam'], 4)");
    assert.equal(py.runPython("repr(Console({'spam': 1}).complete('spam.numer'))"), "(['spam.numerator'], 0)");
  });

  test("is interrupted", async () => {
    const code =
      "import asyncio\nf = c.push('import asyncio; await asyncio.sleep(9)')\nawait asyncio.sleep(0.01)\nf.cancel()\ntry: await f\nexcept KeyboardInterrupt: f.formatted_error";
    await py.runPythonAsync(code);
    assert.match(py.runPython("f.formatted_error"), /KeyboardInterrupt/);
  });
});

describe("pyodide.ffi.wrappers", () => {
  test("timers call, and can be cleared", async () => {
    const code = `
      import asyncio
      from pyodide.ffi.wrappers import *
      calls = []
      set_timeout(lambda: calls.append(1), 1)
      clear_timeout(set_timeout(lambda: calls.append(2), 1))
      i = set_interval(lambda: calls.append(3), 1)
      await asyncio.sleep(0.05)
      clear_interval(i)
      str((calls.count(1), calls.count(2), calls.count(3) > 1))`;
    assert.equal(await py.runPythonAsync(code), "(1, 0, True)");
  });
});

describe("pyodide.http", async () => {
  const server = createServer((request, response) => {
    response.writeHead(request.url === "/none" ? 404 : 200, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ method: request.method }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => server.close());
  py.globals.set("base", `http://127.0.0.1:${server.address().port}`);
  py.runPython("from pyodide.http import *");

  test("pyfetch", async () => {
    assert.equal(
      await py.runPythonAsync("(await (await pyfetch(base + '/a', method='POST', body='x')).json())['method']"),
      "POST",
    );
    assert.equal(
      await py.runPythonAsync("r = await pyfetch(base + '/a'); await r.bytes(); r.headers['content-type']"),
      "application/json",
    );
    await assert.rejects(py.runPythonAsync("await r.text()"), { type: "BodyUsedError" });
    await assert.rejects(py.runPythonAsync("(await pyfetch(base + '/none')).raise_for_status()"), /404 Client Error/);
  });
});
