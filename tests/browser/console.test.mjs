/** The page console.html: a Python prompt. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, settled } from "./support.mjs";

/** @param {import("./support.mjs").Fixture} fixture */
async function openConsole({ page, site }) {
  await page.goto(`${site.url}console.html`);
  await settled(page);
}

/**
 * Types a line, and waits until it has run. Gives what the prompt is then.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} line
 */
async function enter(page, line) {
  const input = page.locator("#input");
  await input.fill(line);
  await input.press("Enter");
  await page.waitForFunction(() => !("busy" in document.body.dataset));
  await input.waitFor({ state: "visible" });
  return (await page.locator("#prompt").textContent())?.trim();
}

/** @param {import("playwright-core").Page} page */
async function shown(page) {
  return (await page.locator("#output").textContent()) ?? "";
}

test(
  "shows values, takes several lines, prints tracebacks, awaits",
  inPage({}, async (fixture) => {
    const { page, screenshot, messages } = fixture;
    await openConsole(fixture);
    assert.match(await shown(page), /Python 3\.14/);

    assert.equal(await enter(page, "1+1"), ">>>");
    assert.match(await shown(page), />>> 1\+1\n2\n$/);

    assert.equal(await enter(page, "def double(x):"), "...");
    assert.equal(await enter(page, "    return x * 2"), "...");
    assert.equal(await enter(page, ""), ">>>");
    await enter(page, "double('ab')");
    assert.match(await shown(page), /'abab'\n$/);

    await enter(page, "print('a', 'é'); None");
    assert.match(await shown(page), /\na é\n$/);

    assert.equal(await enter(page, "double(1/0)"), ">>>");
    assert.match(await shown(page), /Traceback.*ZeroDivisionError: division by zero\n$/s);
    assert.doesNotMatch(await shown(page), /_terrarium|runcode/);

    await enter(page, "1 +");
    assert.match(await shown(page), /SyntaxError: invalid syntax\n$/);

    await enter(page, "import asyncio");
    await enter(page, "await asyncio.sleep(0.01, 'slept')");
    assert.match(await shown(page), /'slept'\n$/);

    await enter(page, "_");
    assert.match(await shown(page), /'slept'\n$/);
    await screenshot("console");
    assert.deepEqual(messages, []);
  }),
);

test(
  "remembers, completes and interrupts",
  inPage({}, async (fixture) => {
    const { page } = fixture;
    await openConsole(fixture);
    const input = page.locator("#input");
    await enter(page, "answer = 6 * 7");
    await input.press("ArrowUp");
    assert.equal(await input.inputValue(), "answer = 6 * 7");
    await input.fill("answ");
    await input.press("Tab");
    assert.equal(await input.inputValue(), "answer");
    await input.press("Control+c");
    assert.match(await shown(page), /KeyboardInterrupt\n$/);
    assert.equal(await input.inputValue(), "");
    await page.reload();
    await settled(page);
    await input.press("ArrowUp");
    assert.equal(await input.inputValue(), "answer = 6 * 7");
  }),
);

test(
  "endless recursion leaves the prompt alive",
  inPage({}, async (fixture) => {
    const { page } = fixture;
    await openConsole(fixture);
    await enter(page, "f = lambda: f()");
    await enter(page, "f()");
    assert.match(await shown(page), /RecursionError/);
    await enter(page, "1+1");
    assert.match(await shown(page), /\n2\n$/);
  }),
);

test(
  "says so when a file is missing",
  inPage({ missing: ["python_stdlib.zip"] }, async ({ page, site }) => {
    await page.goto(`${site.url}console.html`);
    await page.waitForFunction(() => document.body.dataset.state === "failed");
    assert.match(await shown(page), /python_stdlib\.zip/);
    assert.match((await page.locator("#status").textContent()) ?? "", /failed/);
  }),
);
