/** The ways of getting Python into a page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, settled } from "./support.mjs";

const REPORT = `
  py.runPython("import sys; print('Python', *sys.version_info[:2])");
  document.body.dataset.state = "ready";`;

/** @param {string} script */
function html(script) {
  return `<!doctype html><title>Python</title><body data-state="loading">${script}`;
}

const MODULE = html(`<script type="module">
  import { loadPyodide } from "./pyodide.mjs";
  const py = await loadPyodide({ stdout: (line) => document.body.append(line) });
  ${REPORT}
</script>`);

const CLASSIC = html(`<script src="pyodide.js"></script>
<script>
  loadPyodide({ stdout: (line) => document.body.append(line) }).then((py) => {
    ${REPORT}
  });
</script>`);

const ELSEWHERE = html(`<script type="module">
  const { loadTerrarium } = await import("/pyodide.mjs");
  const py = await loadTerrarium({ indexURL: "../..", stdout: (line) => document.body.append(line) });
  ${REPORT}
</script>`);

for (const [what, name, content] of [
  ["an ES module", "module.html", MODULE],
  ["a script element", "classic.html", CLASSIC],
  ["an ES module, with an indexURL relative to the page", "some/where/page.html", ELSEWHERE],
]) {
  test(
    `from ${what}`,
    inPage({ pages: { [name]: content } }, async ({ page, site, messages }) => {
      /** @type {string[]} */
      const elsewhere = [];
      page.on("request", (request) => {
        if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(site.url)) {
          elsewhere.push(request.url());
        }
      });
      await page.goto(site.url + name);
      await settled(page);
      assert.match((await page.locator("body").textContent()) ?? "", /Python 3 14$/);
      assert.deepEqual(elsewhere, [], "everything comes from the folder of the release");
      assert.deepEqual(
        site.requests.filter(({ status }) => status !== 200).map((request) => request.name),
        [],
      );
      assert.deepEqual(messages, [], "nothing is written to the console");
    }),
  );
}
