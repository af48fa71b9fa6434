/** What was measured, as numbers and as Markdown. */
import { PHASES } from "./phases.mjs";

/**
 * @typedef {object} Summary
 * @property {number} minimum
 * @property {number} median
 * @property {number} maximum
 *
 * @typedef {object} Subject One of the two that are compared.
 * @property {string} name
 * @property {string} version
 * @property {Record<string, number[]>} times Place to milliseconds, one for each run.
 * @property {import("./size.mjs").FileSize[]} files What a page fetches.
 *
 * @typedef {object} Report
 * @property {string} date
 * @property {string} machine
 * @property {string} node
 * @property {string} browser
 * @property {number} runs
 * @property {Subject[]} subjects Ours first, then the one that it is measured against.
 * @property {Record<string, import("./phases.mjs").Durations[]>} phases Of ours: place to one for each run.
 * @property {import("./phases.mjs").Import[]} imports Of ours.
 */

/**
 * @param {number[]} values at least one
 * @returns {Summary}
 */
export function summarise(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return {
    minimum: sorted[0],
    median: sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
    maximum: sorted[sorted.length - 1],
  };
}

/**
 * @param {import("./size.mjs").FileSize[]} files
 * @returns {{ raw: number, gzip: number, brotli: number }}
 */
export function totals(files) {
  const sum = (/** @type {"raw" | "gzip" | "brotli"} */ key) => files.reduce((total, file) => total + file[key], 0);
  return { raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli") };
}

/** @param {number} value */
export function whole(value) {
  return Math.round(value).toLocaleString("en");
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return (bytes / 1e6).toFixed(bytes < 1e5 ? 3 : 2);
}

/** @param {(string | number)[][]} rows the first is the head; cells but the first of a row are aligned as numbers are */
export function table(rows) {
  const [head, ...body] = rows.map((cells) => `| ${cells.join(" | ")} |`);
  return [head, `|${rows[0].map((_, index) => (index ? " ---: |" : " --- |")).join("")}`, ...body].join("\n");
}

/** @param {Report} report */
function timesTable({ subjects }) {
  const names = subjects.map(({ name, version }) => `${name} ${version}`);
  const rows = [["milliseconds: minimum / median / maximum", ...names, "ratio of medians"]];
  for (const place of Object.keys(subjects[0].times)) {
    const summaries = subjects.map((subject) => summarise(subject.times[place]));
    rows.push([
      place,
      ...summaries.map((s) => `${whole(s.minimum)} / **${whole(s.median)}** / ${whole(s.maximum)}`),
      (summaries[0].median / summaries[1].median).toFixed(2),
    ]);
  }
  return table(rows);
}

/** @param {Report} report */
function sizesTable({ subjects }) {
  const names = subjects.map(({ name, version }) => `${name} ${version}`);
  /** @type {(string | number)[][]} */
  const rows = [["MB: raw / gzip 9 / Brotli 11", ...names, "ratio, Brotli"]];
  const cell = (/** @type {{ raw: number, gzip: number, brotli: number } | undefined} */ size) =>
    size ? [size.raw, size.gzip, size.brotli].map(megabytes).join(" / ") : "";
  for (const name of new Set(subjects.flatMap(({ files }) => files.map((file) => file.name)))) {
    const found = subjects.map(({ files }) => files.find((file) => file.name === name));
    const [ours, theirs] = found;
    rows.push([name, ...found.map(cell), ours && theirs ? (ours.brotli / theirs.brotli).toFixed(2) : ""]);
  }
  const [ours, theirs] = subjects.map(({ files }) => totals(files));
  rows.push(["**together**", cell(ours), cell(theirs), (ours.brotli / theirs.brotli).toFixed(2)]);
  return table(rows);
}

/** @param {Report} report */
function phasesTable({ phases }) {
  const places = Object.keys(phases);
  const median = (/** @type {string} */ place, /** @type {string} */ phase) =>
    summarise(phases[place].map((durations) => durations[phase])).median;
  /** @type {(string | number)[][]} */
  const rows = [["milliseconds until …, medians", ...places]];
  for (const [phase, what] of Object.entries(PHASES)) {
    rows.push([what, ...places.map((place) => whole(median(place, phase)))]);
  }
  const sums = places.map((place) => Object.keys(PHASES).reduce((sum, phase) => sum + median(place, phase), 0));
  rows.push(["**together**", ...sums.map(whole)]);
  return table(rows);
}

/** @param {Report} report */
function importsTable({ imports }) {
  return table([
    ["module, in the order in which they are ready", "ms of its own", "from"],
    ...imports.map(({ name, self, from }) => [`\`${name}\``, (self / 1000).toFixed(1), from]),
  ]);
}

/**
 * @param {Report} report
 * @returns {string}
 */
export function markdown(report) {
  const { date, machine, node, browser, runs, subjects } = report;
  const names = subjects.map(({ name, version }) => `${name} ${version}`);
  return `Start of ${names.join(" and ")}: from the import of pyodide.mjs to the result of \`1 + 1\`.
${runs} runs each, in turn, on ${date}; ${machine}; Node ${node}, ${browser}.

${timesTable(report)}

Cold is the first visit of a new profile, warm the third. What the cold visit fetched:

${sizesTable(report)}

The phases of ${names[0]}'s start, each from the end of the one before it:

${phasesTable(report)}

What Python imports in it, in Node. Each time is longer for being taken:

${importsTable(report)}
`;
}

/**
 * Puts `text` between the page's marks, in place of what was there.
 *
 * @param {string} page
 * @param {string} text Markdown
 * @param {string} name of the benchmark, which the marks have
 * @returns {string} the page
 * @throws {Error} when the page has not each mark once, in order
 */
export function fillPage(page, text, name = "startup") {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const parts = page.split(begin);
  const rest = parts[1]?.split(end);
  if (parts.length !== 2 || rest?.length !== 2 || parts[0].includes(end)) {
    throw new Error(`the page must have ${begin} and then ${end}, each once: put them where the figures belong`);
  }
  return `${parts[0]}${begin}\n\n${text.trim()}\n\n${end}${rest[1]}`;
}
