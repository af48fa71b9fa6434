/** What is made of measurements, from measurements that are made up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { plot } from "./plot.mjs";
import { markdown, summarise, totals } from "./report.mjs";

const REPORT = {
  date: "2026-01-02",
  machine: "2 × <fast & new>, 8 GiB",
  node: "24.0.0",
  browser: "Chromium 1.0",
  runs: 3,
  subjects: [
    {
      name: "Terrarium",
      version: "1.0",
      times: { Node: [1100, 900, 1000] },
      files: [
        { name: "a.wasm", raw: 8_000_000, brotli: 2_000_000 },
        { name: "a.mjs", raw: 50_000, brotli: 12_000 },
      ],
    },
    {
      name: "Pyodide",
      version: "2.0",
      times: { Node: [2000, 2500, 1900] },
      files: [
        { name: "a.wasm", raw: 9_600_000, brotli: 2_770_000 },
        { name: "lock.json", raw: 120_000, brotli: 20_000 },
      ],
    },
  ],
};

test("minimum, median and maximum", () => {
  assert.deepEqual(summarise([3, 1, 2]), { minimum: 1, median: 2, maximum: 3 });
  assert.deepEqual(summarise([10, 1, 2, 9]), { minimum: 1, median: 5.5, maximum: 10 });
  assert.deepEqual(summarise([7]), { minimum: 7, median: 7, maximum: 7 });
});

test("sizes add up", () => {
  assert.deepEqual(totals(REPORT.subjects[0].files), { raw: 8_050_000, brotli: 2_012_000 });
  assert.deepEqual(totals([]), { raw: 0, brotli: 0 });
});

test("the tables have a row for each place and each file, with ratios", () => {
  const text = markdown(REPORT);
  assert.ok(text.includes("| Node | 900 / **1,000** / 1,100 | 1,900 / **2,000** / 2,500 | 0.50 |"), text);
  assert.ok(text.includes("| a.wasm | 8.00 / 2.00 | 9.60 / 2.77 | 0.72 |"), text);
  assert.ok(text.includes("| a.mjs | 0.050 / 0.012 |  |  |"), text);
  assert.ok(text.includes("| lock.json |  | 0.12 / 0.020 |  |"), text);
  assert.ok(text.includes("| **together** | 8.05 / 2.01 | 9.72 / 2.79 | 0.72 |"), text);
});

test("the plot is an SVG document with a bar for each number", () => {
  const svg = plot(REPORT);
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  assert.ok(svg.includes("2 × &lt;fast &amp; new&gt;, 8 GiB"));
  assert.equal(svg.match(/<rect x="150"/g)?.length, 6);
  assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
});
