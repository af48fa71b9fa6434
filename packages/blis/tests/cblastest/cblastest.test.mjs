// LAPACK's testers of CBLAS: each says what it found, and ends well whatever that was.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";

const BUILD = process.env.CBLASTEST_BUILD;
const INPUTS = "../lapack/CBLAS/testing";

// They write their snapshots, if asked to, where they are.
const FOLDER = fs.mkdtempSync(path.join(process.env.TEST_TMPDIR, "cblastest-"));

// How many routines each tests.
const ROUTINES = {
  1: { s: 10, d: 10, c: 10, z: 10 },
  2: { s: 16, d: 16, c: 17, z: 17 },
  3: { s: 7, d: 7, c: 10, z: 10 },
};

// What levels 2 and 3 must say of each routine, and how often: those of complex level 2 do not say of which layout they speak.
const VERDICTS = [
  ["PASSED THE TESTS OF ERROR-EXITS", 1],
  ["PASSED THE COLUMN-MAJOR COMPUTATIONAL TESTS", 1],
  ["PASSED THE ROW-MAJOR COMPUTATIONAL TESTS", 1],
];
const VERDICTS_OF_COMPLEX_2 = [
  ["PASSED THE TESTS OF ERROR-EXITS", 1],
  ["PASSED THE COMPUTATIONAL TESTS", 2],
];

const BAD = /FAIL|FATAL|ABANDONED|NOT DETECTED|SUSPECT|NOT TESTED|NOT BE TESTED|NOT RECOGNIZED|INSTEAD OF|ERROR IN/;

for (const level of [1, 2, 3])
  for (const letter of ["s", "d", "c", "z"])
    test(`x${letter}cblat${level}`, () => {
      const input = level === 1 ? "" : fs.readFileSync(path.join(INPUTS, `${letter}in${level}`), "utf8");
      const program = path.resolve(`packages/blis/x${letter}cblat${level}_${BUILD}`);
      const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
        cwd: FOLDER,
        input,
        encoding: "utf8",
      });
      assert.equal(status, 0, stderr);
      assert.equal(stderr, "Fortran STOP\n");
      assert.doesNotMatch(stdout, BAD);
      const said = stdout.split("\n").map((line) => line.trim().replace(/\s+/g, " "));
      if (level === 1) {
        const routines = said.filter((line) => line.startsWith("Test of subprogram number"));
        const passed = said.filter((line) => line === "----- PASS -----");
        assert.equal(routines.length, ROUTINES[level][letter], stdout);
        assert.equal(passed.length, ROUTINES[level][letter], stdout);
        return;
      }
      const routines = [...input.matchAll(/^(cblas_\w+) +T/gm)].map(([, routine]) => routine);
      assert.equal(routines.length, ROUTINES[level][letter]);
      const complex = letter === "c" || letter === "z";
      for (const [verdict, times] of level === 2 && complex ? VERDICTS_OF_COMPLEX_2 : VERDICTS) {
        const passed = said.filter((line) => line.includes(verdict)).map((line) => line.split(" ")[0]);
        // Upstream's tests of errors take gerc for geru, whose names are alike as far as they compare them.
        const expected = routines
          .map((routine) => (complex && verdict.includes("ERROR") ? routine.replace("gerc", "geru") : routine))
          .flatMap((routine) => Array(times).fill(routine));
        assert.deepEqual(passed.toSorted(), expected.toSorted(), `${verdict}\n${stdout}`);
      }
      assert.ok(said.includes("END OF TESTS"), stdout);
    });
