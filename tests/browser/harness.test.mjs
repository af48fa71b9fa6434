/** The browser itself, without Python: what all other tests here rest on. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { chooseBrowser } from "./launch.mjs";
import { inPage } from "./support.mjs";

test(
  "a page runs scripts, and may share memory with workers",
  inPage({ pages: { "worker.js": "onmessage = ({ data }) => postMessage(data + 1);" } }, async ({ page }) => {
    assert.equal(await page.title(), "Empty");
    assert.equal(await page.evaluate(() => crossOriginIsolated && typeof SharedArrayBuffer), "function");
    const answer = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker("worker.js");
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = reject;
          worker.postMessage(1);
        }),
    );
    assert.equal(answer, 2);
  }),
);

test(
  "WebAssembly has exceptions, and suspends where the browser can",
  inPage({}, async ({ page }) => {
    assert.equal(await page.evaluate(() => typeof WebAssembly.Tag), "function");
    if (chooseBrowser().kind === "chromium") {
      assert.equal(await page.evaluate(() => typeof WebAssembly.Suspending), "function");
    }
  }),
);

/** The memory maps of all processes that run a program whose path ends so. */
function mapsOf(program) {
  return readdirSync("/proc").flatMap((name) => {
    try {
      const maps = /^\d+$/.test(name) ? readFileSync(`/proc/${name}/maps`, "utf8") : "";
      return maps.includes(`${program}\n`) ? [maps] : [];
    } catch {
      // It has ended, or is another user's.
      return [];
    }
  });
}

test(
  "the pinned Chromium has several processes, none of which uses a library of the machine",
  { skip: process.env.TERRARIUM_BROWSER ? "another browser is used" : false },
  inPage({}, async () => {
    const maps = mapsOf("/toolchains/chromium/program");
    assert.ok(maps.length >= 3, `browser, network and page, but ${maps.length} found`);
    for (const one of maps) {
      const libraries = new Set(one.match(/\/\S+\.so(?:\.\d+)*$/gm));
      assert.ok(libraries.size > 5);
      assert.deepEqual(
        [...libraries].filter((path) => !path.includes("/debian_chromium/")),
        [],
      );
    }
  }),
);

const LETTERS = `<!doctype html><meta charset="utf-8"><style>span { font-size: 40px }</style>
<span id="i" style="font-family: monospace">iiii</span> <span id="m" style="font-family: monospace">mmmm</span>
<p><span style="font-family: sans-serif">Ünïcödé, кириллица, ελληνικά ≠ ∑</span></p>`;

test(
  "text has a font",
  inPage({ pages: { "letters.html": LETTERS } }, async ({ page, site, screenshot }) => {
    await page.goto(`${site.url}letters.html`);
    const [narrow = 0, wide] = await page.evaluate(() =>
      ["i", "m"].map((id) => document.getElementById(id)?.getBoundingClientRect().width),
    );
    assert.ok(narrow > 20);
    assert.equal(narrow, wide);
    await screenshot("letters");
  }),
);

test(
  "a profile starts empty, and outlives a reload",
  inPage({}, async ({ page }) => {
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    await page.evaluate(() => localStorage.setItem("a", "1"));
    await page.reload();
    assert.equal(await page.evaluate(() => localStorage.getItem("a")), "1");
  }),
);

test(
  "nothing but the test's own server can be reached",
  inPage({}, async ({ page, site }) => {
    assert.equal(await page.evaluate(() => fetch("no-such-file").then(({ status }) => status)), 404);
    assert.equal(await page.evaluate(() => fetch("..%2f..%2fetc/passwd").then(({ status }) => status)), 404);
    assert.equal(await page.evaluate(() => fetch("http://example.org/").catch(() => "refused")), "refused");
    assert.deepEqual(
      site.requests.map(({ name, status }) => [name, status]),
      [
        ["empty.html", 200],
        ["no-such-file", 404],
        ["../../etc/passwd", 404],
      ],
    );
  }),
);

test("a browser that the machine lacks is an error that says what to do", () => {
  assert.throws(() => chooseBrowser({ TERRARIUM_BROWSER: "system", PATH: "/no/such/folder" }), /Install one/);
  assert.throws(() => chooseBrowser({ TERRARIUM_BROWSER: "/no/such/browser" }), /correct the path/);
  assert.throws(() => chooseBrowser({ TERRARIUM_BROWSER: "netscape" }), /use pinned, system, chromium, firefox/);
  assert.throws(() => chooseBrowser({}), /start the test through Bazel/);
});
