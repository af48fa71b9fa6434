/** How the `python` command ends. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { dist } from "./support.mjs";

const CLI = join(dist, "cli.mjs");

function python(args) {
  return spawnSync(process.argv0, [CLI, ...args], { encoding: "utf8" });
}

test("exit statuses", () => {
  assert.equal(python(["-c", "raise SystemExit(7)"]).status, 7);
  const text = python(["-c", "raise SystemExit('bye')"]);
  assert.deepEqual([text.status, text.stderr], [1, "bye\n"]);
  const failed = python(["-c", "1/0"]);
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /^Traceback[\s\S]*ZeroDivisionError: division by zero\n$/);
  assert.equal(python(["-c", "import os; os._exit(5)"]).status, 5);
});

test("a missing script", () => {
  const { status, stderr } = python(["missing.py"]);
  assert.equal(status, 2);
  assert.match(stderr, /can't open file '.*missing\.py'.*No such file or directory/);
});

test("an interrupt is a KeyboardInterrupt", async () => {
  const child = spawn(process.argv0, [CLI, "-u", "-c", "print('ready')\nwhile True: pass"]);
  let stderr = "";
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  child.stdout.once("data", () => child.kill("SIGINT"));
  const status = await new Promise((resolve) => child.on("close", resolve));
  assert.match(stderr, /KeyboardInterrupt/);
  assert.equal(status, 130);
});
