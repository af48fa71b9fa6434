/** Takes the times of starts: in Node, and in a browser with cold and warm caches. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
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
 * What a start leaves behind: `phases` if it was watched.
 *
 * @typedef {object} Start
 * @property {number} [milliseconds]
 * @property {unknown} [value]
 * @property {import("./phases.mjs").Durations} [phases]
 * @property {string} [error]
 *
 * @typedef {import("../../tests/browser/site.mjs").Request[]} Requests
 */

/**
 * The page, which leaves what `script` makes of it, or what went wrong, in `report`.
 *
 * @param {string} script
 */
function html(script) {
  return `<!doctype html>
<title>Start</title>
<script type="module">
  try {
    ${script}
  } catch (error) {
    globalThis.report = { error: String(error) };
  }
</script>
`;
}

const PLAIN = html(`const start = performance.now();
    const { loadPyodide } = await import("./pyodide.mjs");
    const value = (await loadPyodide()).runPython("1 + 1");
    globalThis.report = { milliseconds: performance.now() - start, value };`);

const PHASES = "phases-of-the-benchmark.mjs";
const WATCHED = html(`const { startInPhases } = await import("./${PHASES}");
    globalThis.report = await startInPhases(new URL(".", location.href).href);`);

const PAGE = "start-of-the-benchmark.html";

/** Milliseconds that a browser gets to put what it compiled into its cache, which it does when it has time. */
const TO_CACHE = 3000;

/** Milliseconds until a start counts as hanging. */
const PATIENCE = 120_000;

/**
 * @param {Contender} contender
 * @param {string[]} more further arguments of in_node.mjs
 */
async function runInNode({ folder }, ...more) {
  const script = join(import.meta.dirname, "in_node.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [script, join(folder, "pyodide.mjs"), ...more], {
    timeout: PATIENCE,
  });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

/**
 * One start in a fresh process of this Node, which is not counted: from before the import of pyodide.mjs to the result.
 *
 * @param {Contender} contender
 * @returns {Promise<number>} milliseconds
 */
export async function startInNode(contender) {
  return check(contender.name, await runInNode(contender)).milliseconds;
}

/**
 * The same, watched: see phases.mjs.
 *
 * @param {Contender} contender Terrarium
 * @returns {Promise<import("./phases.mjs").Durations>}
 */
export async function phasesInNode(contender) {
  return check(contender.name, await runInNode(contender, "phases")).phases;
}

/**
 * @param {Contender} contender Terrarium
 * @returns {Promise<import("./phases.mjs").Import[]>}
 */
export async function importsInNode(contender) {
  return runInNode(contender, "imports");
}

/**
 * Three visits in a browser with a new profile: the first is cold, the third warm. In between the browser gets time, for
 * it caches compiled WebAssembly after the first visit, compiled JavaScript after the second.
 *
 * @param {Contender} contender
 * @param {Record<string, string>} pages the page, and what it imports beside the contender's own files
 * @returns {Promise<{ cold: Required<Start>, warm: Required<Start>, requests: Requests, browser: string }>} and what
 *     the cold visit asked the server for, without `pages`
 */
async function visitThrice({ name, folder }, pages) {
  const site = await startSite({ folder, pages, cacheControl: "public, max-age=31536000, immutable" });
  let browser;
  try {
    browser = await launchBrowser();
    const { context } = browser;
    const visit = async () => {
      const page = await context.newPage();
      await page.goto(site.url + PAGE);
      await page.waitForFunction("globalThis.report", undefined, { timeout: PATIENCE });
      const report = check(name, await page.evaluate("globalThis.report"));
      await sleep(TO_CACHE);
      await page.close();
      return report;
    };
    const cold = await visit();
    const requests = site.requests.filter((request) => request.status === 200 && !(request.name in pages));
    await visit();
    return { cold, warm: await visit(), requests, browser: browser.name };
  } finally {
    await browser?.close();
    await site.close();
  }
}

/**
 * @param {Contender} contender
 * @returns {Promise<{ cold: number, warm: number, requests: Requests, browser: string }>} milliseconds, and what the
 *     cold visit asked the server for, without the benchmark's own page
 */
export async function startInBrowser(contender) {
  const { cold, warm, ...more } = await visitThrice(contender, { [PAGE]: PLAIN });
  return { cold: cold.milliseconds, warm: warm.milliseconds, ...more };
}

/**
 * The same, watched: see phases.mjs.
 *
 * @param {Contender} contender Terrarium
 * @returns {Promise<{ cold: import("./phases.mjs").Durations, warm: import("./phases.mjs").Durations }>}
 */
export async function phasesInBrowser(contender) {
  const phases = readFileSync(join(import.meta.dirname, "phases.mjs"), "utf8");
  const { cold, warm } = await visitThrice(contender, { [PAGE]: WATCHED, [PHASES]: phases });
  return { cold: cold.phases, warm: warm.phases };
}

/**
 * @param {string} name
 * @param {Start} start
 * @returns {Required<Start>}
 */
function check(name, start) {
  const { milliseconds, value, error } = start;
  if (milliseconds === undefined || value !== 2) {
    throw new Error(`${name} does not start: ${error ?? `1 + 1 is ${value}`}`);
  }
  return /** @type {Required<Start>} */ (start);
}
