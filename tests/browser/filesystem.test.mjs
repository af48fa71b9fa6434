/** Files that outlive the page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPython, openPython } from "./support.mjs";

/**
 * Mounts the browser's storage at /keep.
 *
 * @param {import("playwright-core").Page} page
 */
function mount(page) {
  return page.evaluate(async () => {
    const { FS } = globalThis.py;
    FS.mkdirTree("/keep");
    FS.mount(FS.filesystems.IDBFS, {}, "/keep");
    globalThis.sync = (populate) =>
      new Promise((resolve, reject) => FS.syncfs(populate, (error) => (error ? reject(error) : resolve())));
    await globalThis.sync(true);
  });
}

test(
  "IDBFS keeps what Python wrote across a reload",
  inPython(async (fixture) => {
    const { page } = fixture;
    await mount(page);
    await page.evaluate(async () => {
      globalThis.py.runPython(`
import os
assert os.listdir("/keep") == []
os.makedirs("/keep/folder")
with open("/keep/folder/note.txt", "w", encoding="utf-8") as file:
    file.write("ünïcödé")`);
      await globalThis.sync(false);
    });
    await openPython(fixture);
    assert.equal(await page.evaluate(() => globalThis.py.FS.analyzePath("/keep").exists), false);
    await mount(page);
    const text = await page.evaluate(() =>
      globalThis.py.runPython(`open("/keep/folder/note.txt", encoding="utf-8").read()`),
    );
    assert.equal(text, "ünïcödé");
  }),
);
