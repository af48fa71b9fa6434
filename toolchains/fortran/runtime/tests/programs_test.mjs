// Programs that print, read, stop and fail as compiled Fortran does. What io.f90 prints as a native program is in expected.txt.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const { EXPECTED, PROGRAMS, TEST_TMPDIR } = process.env;

function run(program, { input = "", more = [] } = {}) {
  const cwd = mkdtempSync(join(TEST_TMPDIR, "program-"));
  const env = { ...process.env, TERRARIUM_TEST: "variable" };
  return spawnSync(process.execPath, [PROGRAMS, program, ...more], { cwd, encoding: "utf8", env, input });
}

test("input and output are those of a native program", () => {
  const { status, stdout, stderr } = run("io");
  assert.equal(stderr, "");
  assert.equal(stdout, readFileSync(EXPECTED, "utf8"));
  assert.equal(status, 0);
});

test("STOP ends with its code, and what was printed before is out", () => {
  const { status, stdout, stderr } = run("stop");
  assert.deepEqual({ status, stdout, stderr }, { status: 3, stdout: " before\n", stderr: "Fortran STOP: code 3\n\n" });
});

test("ERROR STOP says its text", () => {
  const { status, stdout, stderr } = run("error-stop");
  assert.deepEqual(
    { status, stdout, stderr },
    { status: 1, stdout: "", stderr: "Fortran ERROR STOP: this is wrong\n" },
  );
});

test("arguments and the environment are there", () => {
  const { status, stdout } = run("surroundings", { more: ["one", "and more than fits"] });
  assert.deepEqual(
    { status, stdout },
    { status: 0, stdout: " 3\n surroundin\n one       \n and more t\n variable  \n" },
  );
});

test("standard input is read to its end", () => {
  const { status, stdout } = run("echo", { input: "first\nsecond" });
  assert.deepEqual({ status, stdout }, { status: 0, stdout: ` ${"first".padEnd(20)}\n ${"second".padEnd(20)}\n` });
});

test("messages have numbers of 64 bits", () => {
  const position = run("bad-position");
  assert.match(position.stderr, /fatal Fortran runtime error\(position\.f90:5\): POS=-5000000000 is invalid\n/);
  assert.notEqual(position.status, 0);
  const shape = run("bad-shape");
  assert.match(
    shape.stderr,
    /fatal Fortran runtime error\(reshape\.f90:7\): RESHAPE: not enough elements, need 10000000000 but only have 3\n/,
  );
  assert.notEqual(shape.status, 0);
});
