/** The `python` command. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { dist } from "./support.mjs";

const CLI = join(dist, "cli.mjs");
const folder = mkdtempSync(join(tmpdir(), "terrarium-cli-"));
after(() => rmSync(folder, { recursive: true }));

function python(args, { input = "", ...options } = {}) {
  const { status, stdout, stderr } = spawnSync(process.argv0, [CLI, ...args], {
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

test("asyncio.run", () => {
  const { status, stdout } = python([
    "-c",
    "import asyncio\nasync def f():\n  await asyncio.sleep(0.01)\n  print('slept')\nasyncio.run(f())",
  ]);
  assert.equal(stdout, "slept\n");
  assert.equal(status, 0);
});
