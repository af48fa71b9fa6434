/** Peers in workers of a page. */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { launchBrowser } from "../../../tests/browser/launch.mjs";
import { startSite } from "../../../tests/browser/site.mjs";
import { content } from "./peers.mjs";

const PAGE = `<!doctype html>
<title>Benchmark</title>
<script type="module">
  const workers = new Map();
  globalThis.ask = (name, message) => new Promise((resolve, reject) => {
    if (!workers.has(name)) {
      workers.set(name, new Worker("in_worker.mjs", { type: "module" }));
    }
    const worker = workers.get(name);
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message || "the worker does not start"));
    worker.postMessage(message);
  });
</script>
`;

/**
 * A browser with a page whose workers are peers.
 *
 * @param {string[]} files what the page is served with, under their own names
 */
export async function openBrowser(files) {
  const own = ["answers.mjs", "in_worker.mjs", "blas.mjs"].map((file) => join(import.meta.dirname, file));
  const folder = mkdtempSync(join(tmpdir(), "benchmark-"));
  const site = await startSite({ folder, pages: { "index.html": PAGE } });
  /** @type {Awaited<ReturnType<typeof launchBrowser>> | undefined} */
  let browser;
  const close = async () => {
    await browser?.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const file of [...own, ...files]) {
      copyFileSync(file, join(folder, basename(file)));
    }
    browser = await launchBrowser();
    const page = await browser.context.newPage();
    await page.goto(`${site.url}index.html`);
    const tell = async (/** @type {string} */ name, /** @type {object} */ message) =>
      content(
        name,
        await page.evaluate(
          ([to, what]) => /** @type {any} */ (globalThis).ask(to, what),
          /** @type {const} */ ([name, message]),
        ),
      );
    return {
      name: browser.name,
      url: site.url,
      /**
       * @param {string} name
       * @param {string} module
       * @param {object} settings
       * @returns {Promise<import("./peers.mjs").Peer>}
       */
      async open(name, module, settings) {
        await tell(name, { module: `./${module}`, settings });
        return { name, ask: (request) => tell(name, request), close: async () => {} };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
