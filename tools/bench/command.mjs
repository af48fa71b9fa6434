/** What the command lines of the benchmarks have in common. */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { fillPage } from "./report.mjs";

/**
 * @typedef {object} Options
 * @property {boolean} quick
 * @property {boolean} processorTime
 * @property {string} [only]
 * @property {string} [json]
 * @property {string} [svg]
 * @property {string} [page]
 *
 * @typedef {object} Report
 * @property {string} date
 * @property {boolean} quick Whether it was a trial, whose figures mean nothing.
 */

/**
 * Reads the command line, and ends the process after --help.
 *
 * @param {string} name
 * @param {string} what it does
 * @param {string[]} [args]
 * @returns {Options}
 */
export function readOptions(name, what, args = process.argv.slice(2)) {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: "boolean", short: "h" },
      json: { type: "string" },
      only: { type: "string" },
      page: { type: "string" },
      "processor-time": { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      svg: { type: "string" },
    },
  });
  if (values.help) {
    process.stderr.write(`${name} [--quick] [--processor-time] [--only WORD] [--json FILE] [--svg FILE] [--page FILE]
${what}
  --quick      small sizes and few repetitions, to see whether it works
  --processor-time
               what counts is the processor's time, for a machine that has more to do; not in browsers
  --only WORD  what has this in its name alone
  --json FILE  keeps every measurement
  --svg FILE   gets a plot
  --page FILE  a page in Markdown, which gets the tables between its marks <!-- ${name}:begin --> and <!-- ${name}:end -->
`);
    process.exit(0);
  }
  if (values.page) {
    if (values.quick || values.only) {
      throw new TypeError("--page takes the figures of a whole run: leave --quick and --only out");
    }
  }
  checkPage(name, values.page);
  const { "processor-time": processorTime, ...others } = values;
  return { ...others, quick: values.quick, processorTime };
}

/**
 * Refuses a page that has no place for figures: that is better known before the measurement than after it.
 *
 * @param {string} name
 * @param {string} [page]
 */
export function checkPage(name, page) {
  if (page) {
    fillPage(readFileSync(page, "utf8"), "", name);
  }
}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** @param {string} name a variable that the BUILD file sets */
export function setting(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: start this by ./bazelw run //tools/bench:…`);
  }
  return value;
}

/**
 * Prints a report, and writes it to where the options say.
 *
 * @param {string} name
 * @param {Pick<Options, "json" | "svg" | "page">} options
 * @param {object} report
 * @param {string} text in Markdown
 * @param {string} [picture] SVG, for what has the option
 */
export function publish(name, { json, svg, page }, report, text, picture = "") {
  process.stdout.write(text);
  if (json) {
    writeFileSync(json, `${JSON.stringify(report, undefined, 2)}\n`);
  }
  if (svg) {
    writeFileSync(svg, picture);
  }
  if (page) {
    writeFileSync(page, fillPage(readFileSync(page, "utf8"), text, name));
  }
}

/**
 * @template {{ name: string }} T
 * @param {T[]} items
 * @param {string} [only]
 * @returns {T[]} those whose names have it
 */
export function choose(items, only = "") {
  const chosen = items.filter(({ name }) => name.includes(only));
  if (chosen.length === 0) {
    const names = [...new Set(items.map(({ name }) => name))];
    throw new Error(`--only is '${only}', which no name has: ${names.join(", ")}`);
  }
  return chosen;
}
