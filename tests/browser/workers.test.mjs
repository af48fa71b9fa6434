/** Python in workers of both kinds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./support.mjs";

const ANSWER = `
  onmessage = ({ data }) => {
    if (data instanceof SharedArrayBuffer) {
      py.setInterruptBuffer(new Uint8Array(data));
      return postMessage({ ready: true });
    }
    try {
      postMessage({ value: py.runPython(data) });
    } catch (error) {
      postMessage({ error: error.type ?? String(error) });
    }
  };
  postMessage({ ready: true });`;

const WORKERS = {
  "module.mjs": `import { loadPyodide } from "./pyodide.mjs";
  const py = await loadPyodide();
  ${ANSWER}`,
  "classic.js": `importScripts("pyodide.js");
  loadPyodide().then((py) => {
    ${ANSWER}
  });`,
};

/**
 * Starts a worker in the page as `ask`: a function that sends it something and gives its answer.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} script
 */
async function startWorker(page, script) {
  await page.evaluate(async (script) => {
    const worker = new Worker(script, script.endsWith(".mjs") ? { type: "module" } : {});
    const answer = () =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (event) => reject(new Error(event.message));
      });
    globalThis.ask = (question) => {
      worker.postMessage(question);
      return answer();
    };
    await answer();
  }, script);
}

for (const [kind, script] of [
  ["a module worker", "module.mjs"],
  ["a classic worker", "classic.js"],
]) {
  test(
    `${kind} runs Python and hands exceptions out`,
    inPage({ pages: WORKERS }, async ({ page }) => {
      await startWorker(page, script);
      const ask = (question) => page.evaluate((text) => globalThis.ask(text), question);
      assert.deepEqual(await ask("import sys; '%d.%d' % sys.version_info[:2]"), { value: "3.14" });
      assert.deepEqual(await ask("1/0"), { error: "ZeroDivisionError" });
      assert.deepEqual(await ask("6 * 7"), { value: 42 });
    }),
  );
}

test(
  "an endless loop in a worker is interrupted from the page",
  inPage({ pages: WORKERS }, async ({ page }) => {
    await startWorker(page, "module.mjs");
    const [interrupted, after] = await page.evaluate(async () => {
      const shared = new SharedArrayBuffer(1);
      await globalThis.ask(shared);
      const loop = globalThis.ask("while True: pass");
      setTimeout(() => {
        new Uint8Array(shared)[0] = 2;
      }, 300);
      return [await loop, await globalThis.ask("1 + 1")];
    });
    assert.deepEqual(interrupted, { error: "KeyboardInterrupt" });
    assert.deepEqual(after, { value: 2 });
  }),
);
