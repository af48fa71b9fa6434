/** pywavelets from its wheel, in the release. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { importAll, loadWheels } from "../../testing/wheels.mjs";

let py;

before(async () => {
  py = await loadWheels();
});

describe("the wheel", () => {
  test("its packages and every extension module are imported", () => {
    const { packages, extensions } = importAll(py, "pywavelets");
    assert.ok(packages.length > 0 && extensions.length > 0, JSON.stringify({ packages, extensions }));
  });
});
