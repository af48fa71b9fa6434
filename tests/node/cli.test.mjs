/** The `python` command. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { dist } from "./support.mjs";

const CLI = join(dist, "cli.mjs");
const folder = mkdtempSync(join(tmpdir(), "terrarium-cli-"));
after(() => rmSync(folder, { recursive: true }));

function python(args, { input = "", ...options } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: folder,
    encoding: "utf8",
    input,
    ...options,
  });
  return { status, stdout, stderr };
}

test("-V", () => {
  const { status, stdout } = python(["-V"]);
  assert.match(stdout, /^Python 3\.14\.\d+\n$/);
  assert.equal(status, 0);
});

test("-c, with arguments, the environment and the current folder", () => {
  const code = "import sys, os; print(sys.argv, os.environ['MINE'], os.getcwd())";
  const { status, stdout } = python(["-c", code, "a", "b"], { env: { ...process.env, MINE: "m" } });
  assert.equal(stdout, `['-c', 'a', 'b'] m ${folder}\n`);
  assert.equal(status, 0);
});

test("a script, its folder on the path, and the host's files", () => {
  writeFileSync(join(folder, "helper.py"), "x = 5\n");
  writeFileSync(
    join(folder, "script.py"),
    "import sys, helper\nprint(helper.x, sys.argv, __name__)\nopen('out.txt', 'w').write('done')\n",
  );
  const { status, stdout } = python(["script.py", "a"]);
  assert.equal(stdout, "5 ['script.py', 'a'] __main__\n");
  assert.equal(status, 0);
  assert.equal(readFileSync(join(folder, "out.txt"), "utf8"), "done");
});

test("-m and standard input", () => {
  const { status, stdout } = python(["-m", "json.tool", "--compact"], { input: '{"a": [1, 2]}' });
  assert.equal(stdout, '{"a":[1,2]}\n');
  assert.equal(status, 0);
});

test("a program on standard input", () => {
  const { status, stdout } = python(["-"], { input: "print('from stdin')\n" });
  assert.equal(stdout, "from stdin\n");
  assert.equal(status, 0);
});

test("exit statuses", () => {
  assert.equal(python(["-c", "raise SystemExit(7)"]).status, 7);
  const text = python(["-c", "raise SystemExit('bye')"]);
  assert.deepEqual([text.status, text.stderr], [1, "bye\n"]);
  const failed = python(["-c", "1/0"]);
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /^Traceback[^]*ZeroDivisionError: division by zero\n$/);
  assert.equal(python(["-c", "import os; os._exit(5)"]).status, 5);
});

test("a missing script", () => {
  const { status, stderr } = python(["missing.py"]);
  assert.equal(status, 2);
  assert.match(stderr, /can't open file '.*missing\.py'.*No such file or directory/);
});

test("asyncio.run", () => {
  const { status, stdout } = python([
    "-c",
    "import asyncio\nasync def f():\n  await asyncio.sleep(0.01)\n  print('slept')\nasyncio.run(f())",
  ]);
  assert.equal(stdout, "slept\n");
  assert.equal(status, 0);
});

test("an interrupt is a KeyboardInterrupt", async () => {
  const child = spawn(process.execPath, [CLI, "-u", "-c", "print('ready')\nwhile True: pass"], { cwd: folder });
  let stderr = "";
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  child.stdout.once("data", () => child.kill("SIGINT"));
  const status = await new Promise((resolve) => child.on("close", resolve));
  assert.match(stderr, /KeyboardInterrupt/);
  assert.equal(status, 130);
});
