/** The phases of a start of the release that TERRARIUM_DIST names. */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { listImports, PHASES, startInPhases } from "./phases.mjs";

const folder = `${pathToFileURL(resolve(process.env.TERRARIUM_DIST ?? "")).href}/`;

test("each phase has a time, and together they are the start", async () => {
  const { compile, instantiate } = WebAssembly;
  const { milliseconds, value, phases } = await startInPhases(folder);
  assert.equal(value, 2);
  assert.deepEqual(Object.keys(phases), Object.keys(PHASES));
  const sum = Object.values(phases).reduce((total, duration) => total + duration, 0);
  assert.ok(Math.abs(sum - milliseconds) < 0.05 * milliseconds, `${sum} of ${milliseconds} ms`);
  assert.ok(phases.python > 0 && phases.instance > 0 && phases.compiled > 0, JSON.stringify(phases));
  assert.deepEqual([WebAssembly.compile, WebAssembly.instantiate], [compile, instantiate]);
});

test("the imports of a start are told with where they come from", async () => {
  const places = Object.fromEntries((await listImports(folder)).map(({ name, from }) => [name, from]));
  assert.equal(places._io, "built-in");
  assert.equal(places.os, "frozen");
  assert.equal(places["encodings.utf_8"], "pyc");
  assert.equal(places["_terrarium.boot"], "pyc");
});
