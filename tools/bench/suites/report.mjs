/** What was measured of suites in Python, as Markdown and as a plot. */
import { best, geometricMean } from "../compare.mjs";
import { draw } from "../plot.mjs";
import { table } from "../report.mjs";

/**
 * @typedef {object} Measurement
 * @property {string} name
 * @property {number} size
 * @property {import("../compare.mjs").Times} times
 *
 * @typedef {object} Report
 * @property {string} date
 * @property {string} machine
 * @property {boolean} quick
 * @property {boolean} [processorTime]
 * @property {number} rounds
 * @property {Record<string, string>} versions
 * @property {Measurement[]} measurements
 */

/** @param {number} seconds */
export function milliseconds(seconds) {
  return Number((1e3 * seconds).toPrecision(3)).toLocaleString("en", { maximumSignificantDigits: 3 });
}

/** @param {Report} report */
export function heading({ date, machine, quick, processorTime, rounds, versions }) {
  const what = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${quick ? "**A trial: the times are too short to mean anything.**\n\n" : ""}On ${date}; ${machine}; ${what.join(", ")}. The best of ${rounds} rounds, in which the peers take turns${processorTime ? ", by processor time" : ""}.`;
}

/**
 * Each measurement's ratio of two peers' times.
 *
 * @param {Measurement[]} measurements
 * @param {string} ours
 * @param {string} theirs
 */
export function ratios(measurements, ours, theirs) {
  return measurements.map(({ times }) => best(times, ours) / best(times, theirs));
}

/**
 * Times of two peers, their ratios, and the geometric mean of these.
 *
 * @param {Measurement[]} measurements at least one
 * @param {string} ours
 * @param {string} theirs
 */
export function ratioTable(measurements, ours, theirs) {
  const all = ratios(measurements, ours, theirs);
  const rows = measurements.map(({ name, times }, index) => [
    `\`${name}\``,
    milliseconds(best(times, ours)),
    milliseconds(best(times, theirs)),
    all[index].toFixed(2),
  ]);
  return table([
    ["milliseconds", ours, theirs, "ratio"],
    ...rows,
    ["**geometric mean**", "", "", `**${geometricMean(all).toFixed(2)}**`],
  ]);
}

/**
 * Ratios as bars.
 *
 * @param {string} title
 * @param {Measurement[]} measurements
 * @param {string} ours
 * @param {string} theirs
 * @returns {import("../plot.mjs").Panel}
 */
export function ratioPanel(title, measurements, ours, theirs) {
  const all = ratios(measurements, ours, theirs);
  return {
    title: `${title}; geometric mean ${geometricMean(all).toFixed(2)}`,
    groups: measurements.map(({ name }, index) => ({
      name,
      bars: [{ value: all[index], label: all[index].toFixed(2) }],
    })),
  };
}

/**
 * @param {Report} report
 * @param {import("../plot.mjs").Panel[]} panels
 * @param {string[]} subjects
 * @returns {string} an SVG document
 */
export function picture({ machine, date }, panels, subjects) {
  return draw(panels, subjects, `${machine}, ${date}`);
}
