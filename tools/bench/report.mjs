/** What was measured, as numbers and as Markdown. */

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
 * @returns {{ raw: number, brotli: number }}
 */
export function totals(files) {
  const sum = (/** @type {"raw" | "brotli"} */ key) => files.reduce((total, file) => total + file[key], 0);
  return { raw: sum("raw"), brotli: sum("brotli") };
}

/** @param {number} value */
function whole(value) {
  return Math.round(value).toLocaleString("en");
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(bytes < 1e5 ? 3 : 2);
}

/** @param {(string | number)[][]} rows the first is the head; all cells but the first of a row are numbers */
function table(rows) {
  const [head, ...body] = rows.map((cells) => `| ${cells.join(" | ")} |`);
  return [head, `|${rows[0].map((_, index) => (index ? " ---: |" : " --- |")).join("")}`, ...body].join("\n");
}

/**
 * @param {Report} report
 * @returns {string}
 */
export function markdown({ date, machine, node, browser, runs, subjects }) {
  const names = subjects.map(({ name, version }) => `${name} ${version}`);
  const times = [["milliseconds: minimum / median / maximum", ...names, "ratio of medians"]];
  for (const place of Object.keys(subjects[0].times)) {
    const summaries = subjects.map((subject) => summarise(subject.times[place]));
    times.push([
      place,
      ...summaries.map((s) => `${whole(s.minimum)} / **${whole(s.median)}** / ${whole(s.maximum)}`),
      (summaries[0].median / summaries[1].median).toFixed(2),
    ]);
  }

  /** @type {(string | number)[][]} */
  const sizes = [["MB: raw / Brotli 11", ...names, "ratio, Brotli"]];
  const cell = (/** @type {{ raw: number, brotli: number } | undefined} */ size) =>
    size ? `${megabytes(size.raw)} / ${megabytes(size.brotli)}` : "";
  for (const name of new Set(subjects.flatMap(({ files }) => files.map((file) => file.name)))) {
    const found = subjects.map(({ files }) => files.find((file) => file.name === name));
    const [ours, theirs] = found;
    sizes.push([name, ...found.map(cell), ours && theirs ? (ours.brotli / theirs.brotli).toFixed(2) : ""]);
  }
  const [ours, theirs] = subjects.map(({ files }) => totals(files));
  sizes.push(["**together**", cell(ours), cell(theirs), (ours.brotli / theirs.brotli).toFixed(2)]);

  return `Start of ${names.join(" and ")}: from the import of pyodide.mjs to the result of \`1 + 1\`.
${runs} runs each, in turn, on ${date}; ${machine}; Node ${node}, ${browser}.

${table(times)}

Cold is the first visit of a new profile, warm the third. What the cold visit fetched:

${table(sizes)}
`;
}
