/** The loop that is timed, in WebAssembly: it calls the functions that it names, and says what it lacks. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { openSuite } from "../peers/blas.mjs";

const { BLAS = "", LAPACK = "", PROGRAM = "" } = process.env;
const address = (path) => pathToFileURL(path).href;

let suite;

before(async () => {
  suite = await openSuite({ program: address(PROGRAM), blas: address(BLAS), lapack: address(LAPACK) });
});

const BLAS_NAMES = [..."sdcz"].flatMap((type) => ["gemm", "gemv", "gemvt", "dot", "axpy", "trsm"].map((n) => type + n));

for (const name of [...BLAS_NAMES, "dgesv", "dpotrf", "dgesdd", "dgeev"]) {
  test(`${name} runs, and gives the same again`, () => {
    for (const n of [8, 33]) {
      suite.prepare(name, n);
      assert.ok(suite.time(3) >= 0);
      const [result] = suite.result();
      assert.ok(result > 0 && result < 1e6, `${result}`);
      assert.deepEqual(suite.result(), [result]);
    }
  });
}

test("an operation that is none is refused by its name", () => {
  for (const name of ["xgemm", "dfoo", "sgesv", ""]) {
    assert.throws(() => suite.prepare(name, 8), /no library has|for /);
  }
});

test("a library that lacks a function says which", async () => {
  const alone = await openSuite({ program: address(PROGRAM), blas: address(BLAS) });
  assert.throws(() => alone.prepare("dgesv", 8), /no library has dgesv_, for dgesv/);
});
