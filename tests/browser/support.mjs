/** What tests in a browser need: the release on a server, a page, and screenshots. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { launchBrowser } from "./launch.mjs";
import { startSite } from "./site.mjs";

/** The release folder to test: what TERRARIUM_DIST names. */
export const release = process.env.TERRARIUM_DIST && resolve(process.env.TERRARIUM_DIST);

/** Where screenshots go. */
const outputs = process.env.TEST_UNDECLARED_OUTPUTS_DIR ?? join(tmpdir(), "terrarium-browser");

/** Milliseconds that Python may take to be loaded, on a machine that is busy with other things. */
export const LOADING = 120_000;

/** A page without anything. */
const EMPTY = "<!doctype html><title>Empty</title>";

/** A page that has loaded Python as `py`, and says so in data-state. `lines` gets the output. */
const PYTHON = `<!doctype html>
<title>Python</title>
<body data-state="loading">
<script type="module">
  try {
    const { loadPyodide } = await import("./pyodide.mjs");
    globalThis.lines = [];
    globalThis.py = await loadPyodide({ stdout: (line) => lines.push(line), stderr: (line) => lines.push(line) });
    document.body.dataset.state = "ready";
  } catch (error) {
    document.body.append(String(error), " at ", error?.stack ?? "");
    document.body.dataset.state = "failed";
  }
</script>
`;

/**
 * What a test is given.
 *
 * @typedef {object} Fixture
 * @property {import("playwright-core").Page} page
 * @property {import("./site.mjs").Site} site
 * @property {string[]} messages What the page wrote to its console, and its uncaught errors.
 * @property {(name: string) => Promise<void>} screenshot Saves a picture of the page as NAME.png, among the test's outputs.
 */

/** @param {string} name */
function fileName(name) {
  return name.replaceAll(/[^\w.-]+/g, "-");
}

/**
 * Makes the function of a test that needs a page: with a browser of its own, a server of its own, and an empty page of
 * that server in front. When the test fails, a screenshot and the page's console are saved.
 *
 *     test("title", inPage({ pages: { "a.html": "<title>A" } }, async ({ page, site }) => { … }));
 *
 * @param {import("./site.mjs").SiteOptions} options The server's; its folder is the release by default.
 * @param {(fixture: Fixture) => Promise<void>} body
 * @returns {(context: import("node:test").TestContext) => Promise<void>}
 */
export function inPage(options, body) {
  return async (context) => {
    const started = await launchBrowser();
    try {
      const site = await startSite({ folder: release, ...options, pages: { "empty.html": EMPTY, ...options.pages } });
      try {
        await watched(context, await started.context.newPage(), site, body);
      } finally {
        await site.close();
      }
    } finally {
      await started.close();
    }
  };
}

/**
 * Runs the body of a test in a page, and keeps what explains a failure.
 *
 * @param {import("node:test").TestContext} context
 * @param {import("playwright-core").Page} page
 * @param {import("./site.mjs").Site} site
 * @param {(fixture: Fixture) => Promise<void>} body
 */
async function watched(context, page, site, body) {
  page.setDefaultTimeout(LOADING);
  /** @type {string[]} */
  const messages = [];
  page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => messages.push(`uncaught: ${error.message}`));
  page.on("crash", () => messages.push("the page crashed"));
  mkdirSync(outputs, { recursive: true });
  /** @param {string} name */
  const screenshot = async (name) => {
    await page.screenshot({ path: join(outputs, `${fileName(name)}.png`) });
  };
  try {
    await page.goto(`${site.url}empty.html`);
    await body({ page, site, messages, screenshot });
  } catch (error) {
    const name = `failed ${context.name}`;
    await screenshot(name).catch(() => messages.push("no screenshot could be taken"));
    writeFileSync(join(outputs, `${fileName(name)}.txt`), messages.map((message) => `${message}\n`).join(""));
    for (const message of messages) {
      context.diagnostic(message);
    }
    throw error;
  }
}

/**
 * As inPage, with a page that has loaded Python: `py` is what loadPyodide gave, `lines` is the output so far.
 *
 * @param {(fixture: Fixture) => Promise<void>} body
 */
export function inPython(body) {
  return inPage({ pages: { "python.html": PYTHON } }, async (fixture) => {
    await openPython(fixture);
    await body(fixture);
  });
}

/**
 * Opens the page that inPython starts with, anew.
 *
 * @param {Fixture} fixture
 */
export async function openPython({ page, site }) {
  await page.goto(`${site.url}python.html`);
  await settled(page);
}

/**
 * Waits until the page says in data-state that Python is ready; fails with what the page says when it is not.
 *
 * @param {import("playwright-core").Page} page
 */
export async function settled(page) {
  await page.waitForFunction(() => document.body?.dataset.state && document.body.dataset.state !== "loading");
  const state = await page.evaluate(() => document.body.dataset.state);
  assert.equal(state, "ready", await page.evaluate(() => document.body.textContent));
}
