/** The page console.html when Python cannot be loaded. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./support.mjs";

/** Makes stacks that begin with the message, as V8 does by itself, or that do not, as in Firefox and Safari. */
const STACKS = {
  "have the message": () => {},
  "have no message": () => {
    // What V8 asks about stacks; other engines don't.
    Error.prepareStackTrace = (_error, frames) => frames.map((frame) => `at@${frame.getFileName()}`).join("\n");
  },
};

for (const [what, init] of Object.entries(STACKS)) {
  test(
    `shows the message once, the stack and the cause, when stacks ${what}`,
    inPage({ missing: ["pyodide.asm.mjs"] }, async ({ page, site }) => {
      await page.addInitScript(init);
      await page.goto(`${site.url}console.html`);
      await page.waitForFunction(() => document.body.dataset.state === "failed");
      const text = (await page.locator("#output").textContent()) ?? "";
      const [first, second, ...rest] = text.trimEnd().split("\n");
      assert.equal(first, "Python could not be loaded.");
      assert.match(second, /^Error: Cannot import .*\/pyodide\.asm\.mjs: check the option indexURL/);
      assert.ok(rest[0].includes(`${site.url}pyodide.mjs`), text);
      assert.equal(text.split("Cannot import").length, 2, text);
      assert.match(text, /\nCaused by TypeError: /);
      assert.doesNotMatch(text, /undefined/);
    }),
  );
}
