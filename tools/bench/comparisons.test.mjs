/** What compares peers and what is made of it, with peers and times that are made up. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FAMILIES, items, rate } from "./blas/operations.mjs";
import * as blas from "./blas/report.mjs";
import { choose, readOptions } from "./command.mjs";
import { best, compareResults, geometricMean, measure, progress } from "./compare.mjs";
import { markdown, plot, WITHOUT } from "./numpy_report.mjs";
import { draw } from "./plot.mjs";
import { kernelNames } from "./suites/run.mjs";

/** A peer whose calls take so many seconds, and what it was asked. */
function peer(name, seconds, result = [1]) {
  const asked = [];
  return {
    name,
    asked,
    ask: async (request) => {
      asked.push(request);
      return "time" in request ? request.time * seconds : "result" in request ? result : null;
    },
  };
}

const PLAN = { rounds: 3, sample: 0.05, warm: 0.5 };

test("samples last long enough, and calls come before that do not count", async () => {
  const fast = peer("fast", 1e-4);
  const { fast: times } = await measure([fast], { name: "x", size: 8 }, PLAN);
  assert.deepEqual(fast.asked[0], { prepare: "x", size: 8 });
  const counts = fast.asked.slice(1).map(({ time }) => time);
  assert.equal(counts[0], 1);
  const samples = counts.slice(-3);
  assert.ok(
    samples.every((count) => count === samples[0] && count * 1e-4 >= 0.05),
    String(counts),
  );
  assert.ok(counts.slice(0, -3).reduce((sum, count) => sum + count) * 1e-4 >= 0.5);
  assert.equal(times.length, 3);
  assert.ok(times.every((time) => Math.abs(time - 1e-4) < 1e-9));
});

test("a call that takes long is a sample by itself", async () => {
  const slow = peer("slow", 2);
  await measure([slow], { name: "x", size: 8 }, PLAN);
  assert.deepEqual(
    slow.asked.slice(1).map(({ time }) => time),
    [1, 1, 1, 1],
  );
});

test("peers take turns, and none is always the first", async () => {
  const order = [];
  const peers = ["a", "b", "c"].map((name) => ({
    name,
    ask: async (request) => {
      order.push(name);
      return request.time ? 1 : null;
    },
  }));
  await measure(peers, { name: "x", size: 8 }, PLAN);
  assert.equal(order.slice(-9).join(""), "abcbcacab");
});

test("processor time is that of the peer's process alone", async () => {
  const idle = { ...peer("idle", 1), pid: process.pid };
  const { idle: times } = await measure(
    [idle],
    { name: "x", size: 8 },
    { rounds: 2, sample: 0, warm: 0, processorTime: true },
  );
  assert.ok(times.every((time) => time >= 0 && time < 0.5));
  await assert.rejects(
    measure([peer("a", 1)], { name: "x", size: 8 }, { ...PLAN, processorTime: true }),
    /a is no process/,
  );
});

test("results must agree", async () => {
  const item = { name: "x", size: 8 };
  await compareResults([peer("a", 1, [1, 2]), peer("b", 1, [1 + 1e-9, 2])], item, 1e-6);
  for (const [result, what] of [
    [[1.1, 2], /a computes 1.1,2, b 1,2/],
    [[1], /a computes 1, b/],
    [[Number.NaN, 2], /a computes NaN/],
  ]) {
    await assert.rejects(compareResults([peer("a", 1, result), peer("b", 1, [1, 2])], item, 1e-6), what);
  }
});

test("geometric mean, and the best of times", () => {
  assert.ok(Math.abs(geometricMean([1, 4, 16]) - 4) < 1e-12);
  assert.equal(best({ a: [3, 1, 2] }, "a"), 1);
  assert.ok(Number.isNaN(best({ a: [3] }, "b")));
});

test("progress has a line for each item, with the time that is left", () => {
  const lines = [];
  let time = 0;
  const advance = progress(
    3,
    () => time,
    (line) => lines.push(line),
  );
  time = 10_000;
  advance("one");
  time = 20_000;
  advance("two");
  advance("three");
  assert.deepEqual(lines, ["1 of 3: one; about 20 s left\n", "2 of 3: two; about 10 s left\n", "3 of 3: three\n"]);
});

test("the command line", () => {
  assert.deepEqual({ ...readOptions("blas", "", []) }, { quick: false, processorTime: false });
  assert.equal(readOptions("blas", "", ["--quick", "--only", "dgemm"]).only, "dgemm");
  assert.throws(() => readOptions("blas", "", ["--quick", "--page", "x.md"]), /leave --quick and --only out/);
  assert.throws(() => readOptions("blas", "", ["--page", "there-is-none.md"]), /there-is-none/);
  assert.throws(() => readOptions("blas", "", ["--slow"]), /--slow/);
  assert.throws(() => choose([{ name: "dgemm" }], "xyz"), /no name has: dgemm/);
  assert.deepEqual(choose([{ name: "dgemm" }, { name: "sdot" }], "gem"), [{ name: "dgemm" }]);
});

test("work is counted by the usual formulas", () => {
  assert.equal(rate("dgemm", 1000, 1), 2);
  assert.equal(rate("zgemm", 1000, 2), 4);
  assert.equal(rate("sgemvt", 1000, 1e-3), 2);
  assert.ok(Math.abs(rate("dpotrf", 3000, 1) - 9) < 1e-9);
  assert.throws(() => rate("dfoo", 1, 1), /no operation dfoo/);
});

test("a trial has all operations, at two sizes", () => {
  const names = FAMILIES.flatMap(({ operations }) => operations);
  assert.equal(items(true).length, 2 * names.length);
  assert.deepEqual([...new Set(items(false).map(({ name }) => name))], names);
});

const BLAS = {
  date: "2026-01-02",
  machine: "2 × <fast>, 8 GiB",
  quick: false,
  rounds: 7,
  versions: { Node: "24.0.0" },
  peers: ["ours", "other", "native"],
  native: "native",
  measurements: [
    { name: "dgemm", size: 1000, times: { ours: [0.2, 0.1], other: [0.4], native: [0.04] } },
    { name: "dgemm", size: 2000, times: { ours: [0.8], native: [0.32] } },
    { name: "dgemvt", size: 1000, times: { ours: [1e-3], native: [1e-3] } },
  ],
};

test("BLAS as a table: the best rates, what is missing, and the share of native", () => {
  const text = blas.markdown(BLAS);
  assert.ok(text.includes("| GFLOP/s | ours | other | native | the fastest of native |"), text);
  assert.ok(text.includes("| dgemm 1000 | 20.0 | 5.00 | 50.0 | 40 % |"), text);
  assert.ok(text.includes("| dgemm 2000 | 20.0 |  | 50.0 | 40 % |"), text);
  assert.ok(text.includes("**gemv of the transposed matrix**, 2n²"), text);
  assert.ok(text.includes("| dgemv 1000 | 2.00 |  | 2.00 | 100 % |"), text);
  assert.doesNotMatch(text, /NaN|undefined|Infinity|trial|axpy/);
  assert.match(blas.markdown({ ...BLAS, quick: true }), /A trial/);
});

test("BLAS as a plot: lines for gemm, bars for the rest", () => {
  const svg = blas.plot(BLAS);
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  assert.equal(svg.match(/<circle/g)?.length, 5);
  assert.equal(svg.match(/<rect x="150"/g)?.length, 2);
  assert.ok(svg.includes("2 × &lt;fast&gt;, 8 GiB, 2026-01-02"));
  assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
});

const NUMPY = {
  date: "2026-01-02",
  machine: "2 × fast, 8 GiB",
  quick: false,
  rounds: 7,
  versions: { Node: "24.0.0", numpy: "2.0" },
  measurements: [
    { name: "fft", size: 1, times: { Terrarium: [0.002, 0.003], native: [0.001] } },
    { name: "rosen", size: 1, times: { Terrarium: [0.016], native: [0.002] } },
    { name: "matmul", size: 512, times: { Terrarium: [0.02], [WITHOUT]: [0.4], native: [0.01] } },
  ],
};

test("numpy as tables: ratios and their geometric mean, matmul beside the build without BLAS", () => {
  const text = markdown(NUMPY);
  assert.ok(text.includes("| `fft` | 2 | 1 | 2.00 |\n| `rosen` | 16 | 2 | 8.00 |"), text);
  assert.ok(text.includes("| **geometric mean** |  |  | **4.00** |"), text);
  assert.ok(text.includes("| 512 | 20 | 400 | 10 | 20.0 × | 2.00 |"), text);
  assert.doesNotMatch(markdown({ ...NUMPY, measurements: NUMPY.measurements.slice(2) }), /geometric/);
});

test("numpy as a plot: a bar for each ratio, and three for each product", () => {
  const svg = plot(NUMPY);
  assert.equal(svg.match(/<rect x="150"/g)?.length, 5);
  assert.ok(svg.includes("geometric mean 4.00"));
  assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
});

test("as many subjects as BLAS has peers have colours, and more are refused", () => {
  const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const values = [1, 2];
  const panel = { title: "t", marks: [1, 2], lines: names.map((_, subject) => ({ subject, values })) };
  assert.doesNotMatch(draw([panel], names, ""), /undefined/);
  assert.throws(() => draw([panel], [...names, "i"], ""), /9 subjects and 8 colours/);
});

test("more subjects than fit beside each other have a second line", () => {
  const bars = [1, 2, 3, 4, 5].map((value) => ({ value, label: String(value) }));
  const svg = draw([{ title: "t", groups: [{ name: "g", bars }] }], ["a", "b", "c", "d", "e"], "");
  assert.equal(svg.match(/<rect x="\d+" y="16" width="14"/g)?.length, 3);
  assert.equal(svg.match(/<rect x="\d+" y="36" width="14"/g)?.length, 2);
});

test("the names of kernels are read from their sources", () => {
  const names = (file) => kernelNames(readFileSync(join(import.meta.dirname, "suites", file), "utf8"));
  const kernels = names("numpy_kernels.py");
  assert.equal(kernels.length, 34);
  assert.ok(kernels.includes("allpairs_distances_loops") && kernels.includes("wave"));
  assert.ok(names("scipy_workloads.py").includes("solve_ivp"));
});
