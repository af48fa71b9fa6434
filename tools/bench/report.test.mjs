/** What is made of measurements, from measurements that are made up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHASES } from "./phases.mjs";
import { plot } from "./plot.mjs";
import { fillPage, markdown, summarise, totals } from "./report.mjs";

/** One watched start, in which each phase takes as long. */
function phases(milliseconds) {
  return Object.fromEntries(Object.keys(PHASES).map((phase) => [phase, milliseconds]));
}

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
        { name: "a.wasm", raw: 8_000_000, gzip: 3_000_000, brotli: 2_000_000 },
        { name: "a.mjs", raw: 50_000, gzip: 15_000, brotli: 12_000 },
      ],
    },
    {
      name: "Pyodide",
      version: "2.0",
      times: { Node: [2000, 2500, 1900] },
      files: [
        { name: "a.wasm", raw: 9_600_000, gzip: 3_500_000, brotli: 2_770_000 },
        { name: "lock.json", raw: 120_000, gzip: 25_000, brotli: 20_000 },
      ],
    },
  ],
  phases: { Node: [phases(10), phases(30), phases(12)] },
  imports: [{ name: "_io", self: 431, from: "built-in" }],
};

test("minimum, median and maximum", () => {
  assert.deepEqual(summarise([3, 1, 2]), { minimum: 1, median: 2, maximum: 3 });
  assert.deepEqual(summarise([10, 1, 2, 9]), { minimum: 1, median: 5.5, maximum: 10 });
  assert.deepEqual(summarise([7]), { minimum: 7, median: 7, maximum: 7 });
});

test("sizes add up", () => {
  assert.deepEqual(totals(REPORT.subjects[0].files), { raw: 8_050_000, gzip: 3_015_000, brotli: 2_012_000 });
  assert.deepEqual(totals([]), { raw: 0, gzip: 0, brotli: 0 });
});

test("the tables have a row for each place and each file, with ratios", () => {
  const text = markdown(REPORT);
  assert.ok(text.includes("| Node | 900 / **1,000** / 1,100 | 1,900 / **2,000** / 2,500 | 0.50 |"), text);
  assert.ok(text.includes("| a.wasm | 8.00 / 3.00 / 2.00 | 9.60 / 3.50 / 2.77 | 0.72 |"), text);
  assert.ok(text.includes("| a.mjs | 0.050 / 0.015 / 0.012 |  |  |"), text);
  assert.ok(text.includes("| lock.json |  | 0.12 / 0.025 / 0.020 |  |"), text);
  assert.ok(text.includes("| **together** | 8.05 / 3.02 / 2.01 | 9.72 / 3.52 / 2.79 | 0.72 |"), text);
});

test("the phases have a row each, of medians, and their sum", () => {
  const text = markdown(REPORT);
  assert.ok(text.includes(`| ${PHASES.script} | 12 |\n| ${PHASES.fetched} | 12 |`), text);
  assert.ok(text.includes(`| **together** | ${12 * Object.keys(PHASES).length} |`), text);
});

test("what is imported has a row each", () => {
  assert.ok(markdown(REPORT).includes("| `_io` | 0.4 | built-in |"));
});

test("a page gets the text between its marks, again and again", () => {
  const page = "# A\n\n<!-- startup:begin -->\nold\n<!-- startup:end -->\n\nafter\n";
  const filled = fillPage(page, "new $& text\n");
  assert.equal(filled, "# A\n\n<!-- startup:begin -->\n\nnew $& text\n\n<!-- startup:end -->\n\nafter\n");
  assert.equal(fillPage(filled, "new $& text"), filled);
});

test("a page without its marks, or with them twice or the wrong way round, is refused", () => {
  const [begin, end] = ["<!-- startup:begin -->", "<!-- startup:end -->"];
  for (const page of ["", begin, end, `${end}${begin}`, `${begin}${end}${begin}${end}`, `${end}${begin}${end}`]) {
    assert.throws(() => fillPage(page, ""), /put them where the figures belong/, page);
  }
});

test("the plot is an SVG document with a bar for each number", () => {
  const svg = plot(REPORT);
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  assert.ok(svg.includes("2 × &lt;fast &amp; new&gt;, 8 GiB"));
  assert.equal(svg.match(/<rect x="150"/g)?.length, 6);
  assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
});
