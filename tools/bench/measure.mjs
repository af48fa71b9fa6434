/** Takes the times of starts: in Node, and in a browser with cold and warm caches. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { launchBrowser } from "../../tests/browser/launch.mjs";
import { startSite } from "../../tests/browser/site.mjs";

/**
 * What is measured.
 *
 * @typedef {object} Contender
 * @property {string} name
 * @property {string} version
 * @property {string} folder With pyodide.mjs and what it loads.
 *
 * @typedef {{ cold: number, warm: number }} Visits
 */

/** The page, which leaves the milliseconds, or what went wrong, in `report`. */
const PAGE = `<!doctype html>
<title>Start</title>
<script type="module">
  const start = performance.now();
  try {
    const { loadPyodide } = await import("./pyodide.mjs");
    const value = (await loadPyodide()).runPython("1 + 1");
    globalThis.report = { milliseconds: performance.now() - start, value };
  } catch (error) {
    globalThis.report = { error: String(error) };
  }
</script>
`;
const PAGE_NAME = "start-of-the-benchmark.html";

/** Milliseconds that a browser gets to put what it compiled into its cache, which it does when it has time. */
const TO_CACHE = 3000;

/** Milliseconds until a start counts as hanging. */
const PATIENCE = 120_000;

/**
 * One start in a fresh process of this Node, which is not counted: from before the import of pyodide.mjs to the result.
 *
 * @param {Contender} contender
 * @returns {Promise<number>} milliseconds
 */
export async function startInNode({ name, folder }) {
  const script = join(import.meta.dirname, "in_node.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [script, join(folder, "pyodide.mjs")], {
    timeout: PATIENCE,
  });
  return check(name, JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}

/**
 * Three visits in a browser with a new profile: the first is cold, the third warm. In between the browser gets time, for
 * it caches compiled WebAssembly after the first visit, compiled JavaScript after the second.
 *
 * @param {Contender} contender
 * @returns {Promise<{ visits: Visits, requests: import("../../tests/browser/site.mjs").Request[], browser: string }>}
 *     and what the cold visit asked the server for, without the benchmark's own page
 */
export async function startInBrowser({ name, folder }) {
  const site = await startSite({
    folder,
    pages: { [PAGE_NAME]: PAGE },
    cacheControl: "public, max-age=31536000, immutable",
  });
  const browser = await launchBrowser();
  try {
    const visit = async () => {
      const page = await browser.context.newPage();
      await page.goto(site.url + PAGE_NAME);
      await page.waitForFunction("globalThis.report", undefined, { timeout: PATIENCE });
      const milliseconds = check(name, await page.evaluate("globalThis.report"));
      await sleep(TO_CACHE);
      await page.close();
      return milliseconds;
    };
    const cold = await visit();
    const requests = site.requests.filter((request) => request.status === 200 && request.name !== PAGE_NAME);
    await visit();
    return { visits: { cold, warm: await visit() }, requests, browser: browser.name };
  } finally {
    await browser.close();
    await site.close();
  }
}

/**
 * @param {string} name
 * @param {{ milliseconds?: number, value?: number, error?: string }} report
 */
function check(name, { milliseconds, value, error }) {
  if (milliseconds === undefined || value !== 2) {
    throw new Error(`${name} does not start: ${error ?? `1 + 1 is ${value}`}`);
  }
  return milliseconds;
}
