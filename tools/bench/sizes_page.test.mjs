/** docs/sizes.md has the packages of the release. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { differences } from "./packages.mjs";

test("the table has the packages of the release, in their versions", () => {
  const { PAGE = "", TERRARIUM_DIST = "" } = process.env;
  const lock = JSON.parse(readFileSync(join(TERRARIUM_DIST, "pyodide-lock.json"), "utf8"));
  assert.deepEqual(
    differences(readFileSync(PAGE, "utf8"), lock),
    [],
    "write it anew: ./bazelw run //tools/bench:sizes -- --page docs/sizes.md",
  );
});
