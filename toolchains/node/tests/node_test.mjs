// Tests that Node knows how to start itself again, though a loader starts it.

import assert from "node:assert/strict";
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, isAbsolute, join } from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

const folder = mkdtempSync(join(tmpdir(), "node-test-"));

test("execPath is a program that is Node", () => {
  assert.ok(isAbsolute(process.execPath));
  assert.equal(basename(process.execPath), "node");
  assert.equal(process.argv[0], process.execPath);
  // From another folder, and without any environment.
  const said = execFileSync(process.execPath, ["-p", "process.version"], { cwd: "/", env: {} });
  assert.equal(said.toString().trim(), process.version);
});

test("fork", async () => {
  const script = join(folder, "child.cjs");
  writeFileSync(script, "process.send([process.execPath, process.execArgv, process.argv.slice(2)])");
  const [answer] = await once(fork(script, ["a b"]), "message");
  assert.deepEqual(answer, [process.execPath, process.execArgv, ["a b"]]);
});

test("workers", async () => {
  const code = "require('worker_threads').parentPort.postMessage(process.execPath)";
  const [answer] = await once(new Worker(code, { eval: true }), "message");
  assert.equal(answer, process.execPath);
});

test("its own options come in any order", () => {
  const options = ["--expose-gc", "-e", "console.log(typeof gc, process.execArgv.length)", "--", "x"];
  assert.equal(execFileSync(process.execPath, options, { env: {} }).toString().trim(), "function 3");
});

test("time zones, languages and compression are built in", () => {
  assert.equal(new Intl.DateTimeFormat("de", { month: "long", timeZone: "UTC" }).format(0), "Januar");
  assert.ok(process.versions.zlib && process.versions.zstd && process.versions.openssl);
});
