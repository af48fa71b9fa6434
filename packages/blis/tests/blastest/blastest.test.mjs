// The testers of the reference BLAS, as BLIS has them: each says what it found, and ends well whatever that was.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";

const BUILD = process.env.BLASTEST_BUILD;
const INPUTS = "../blis/blastest/input";

// They write their reports where they are.
const FOLDER = fs.mkdtempSync(path.join(process.env.TEST_TMPDIR, "blastest-"));

// What each level must say, and how often: once a routine, for wrong arguments and for right results.
const EXPECTED = {
  1: { s: 13, d: 13, c: 10, z: 10 },
  2: { s: 16, d: 16, c: 17, z: 17 },
  3: { s: 6, d: 6, c: 9, z: 9 },
};

for (const level of [1, 2, 3])
  for (const letter of ["s", "d", "c", "z"])
    test(`${letter}blat${level}`, () => {
      const tester = `${letter}blat${level}`;
      const input = level === 1 ? "" : fs.readFileSync(path.join(INPUTS, `${tester}.in`));
      const program = path.resolve(`packages/blis/${tester}_${BUILD}`);
      const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
        cwd: FOLDER,
        input,
        encoding: "utf8",
      });
      assert.equal(status, 0, stderr);
      const report = level === 1 ? stdout : fs.readFileSync(path.join(FOLDER, `out.${tester}`), "utf8");
      assert.doesNotMatch(report, /FAIL|FATAL|ABANDONED|NOT DETECTED/);
      const passed = (pattern) => (report.match(pattern) ?? []).length;
      if (level === 1) {
        assert.equal(passed(/----- PASS -----/g), EXPECTED[level][letter], report);
      } else {
        assert.equal(passed(/PASSED THE TESTS OF ERROR-EXITS/g), EXPECTED[level][letter], report);
        assert.equal(passed(/PASSED THE COMPUTATIONAL TESTS/g), EXPECTED[level][letter], report);
      }
    });
