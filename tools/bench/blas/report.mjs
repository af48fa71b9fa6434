/** What was measured of BLAS and LAPACK, as Markdown and as a plot. */
import { best } from "../compare.mjs";
import { draw } from "../plot.mjs";
import { table } from "../report.mjs";
import { heading } from "../suites/report.mjs";
import { FAMILIES, rate } from "./operations.mjs";

/**
 * @typedef {object} Measurement
 * @property {string} name The operation, as dgemm.
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
 * @property {string[]} peers Columns of the tables.
 * @property {string} native The one of them that the others are compared with.
 * @property {Measurement[]} measurements
 */

/** @param {number} value GFLOP/s */
function shown(value) {
  return Number.isNaN(value) ? "" : value.toFixed(value < 10 ? 2 : 1);
}

/**
 * @param {Measurement} measurement
 * @param {string} peer
 */
function bestRate({ name, size, times }, peer) {
  return rate(name, size, best(times, peer));
}

/**
 * How much of the native rate a peer reaches at best, over the peers that are no native ones.
 *
 * @param {Report} report
 * @param {Measurement} measurement
 */
function share({ native, peers }, measurement) {
  const rates = peers.filter((peer) => peer !== native).map((peer) => bestRate(measurement, peer));
  const whole = bestRate(measurement, native);
  const ours = Math.max(...rates.filter((value) => !Number.isNaN(value)));
  return Number.isFinite(ours / whole) ? `${Math.round((100 * ours) / whole)} %` : "";
}

/** @param {Report} report */
function familyTables(report) {
  const { peers, measurements } = report;
  return FAMILIES.flatMap(({ title, operations, counted }) => {
    const found = measurements.filter(({ name }) => operations.includes(name));
    if (found.length === 0) {
      return [];
    }
    const rows = found.map((measurement) => [
      `${measurement.name.replace(/^(.gemv)t$/, "$1")} ${measurement.size}`,
      ...peers.map((peer) => shown(bestRate(measurement, peer))),
      share(report, measurement),
    ]);
    return [`**${title}**, ${counted}\n\n${table([["GFLOP/s", ...peers, "the fastest of native"], ...rows])}`];
  });
}

/**
 * @param {Report} report
 * @returns {string}
 */
export function markdown(report) {
  return `${[heading(report), ...familyTables(report)].join("\n\n")}\n`;
}

/**
 * gemm as lines by size, all else as bars at the largest size.
 *
 * @param {Report} report
 * @returns {string} an SVG document
 */
export function plot(report) {
  const { peers, measurements, machine, date } = report;
  const panels = FAMILIES.flatMap(({ operations, sizes, title }) => {
    if (sizes.length > 5) {
      return operations.flatMap((operation) => {
        const found = measurements.filter(({ name }) => name === operation);
        const lines = peers
          .map((peer, subject) => ({ subject, values: found.map((one) => bestRate(one, peer)) }))
          .filter(({ values }) => values.some((value) => !Number.isNaN(value)));
        return lines.length
          ? [{ title: `${operation}, GFLOP/s by n`, marks: found.map(({ size }) => size), lines }]
          : [];
      });
    }
    const groups = operations.flatMap((operation) => {
      const found = measurements.filter(({ name }) => name === operation).at(-1);
      if (!found) {
        return [];
      }
      const bars = peers
        .map((peer, subject) => ({ subject, value: bestRate(found, peer) }))
        .filter(({ value }) => !Number.isNaN(value))
        .map((bar) => ({ ...bar, label: shown(bar.value) }));
      return [{ name: `${operation} ${found.size}`, bars }];
    });
    return groups.length ? [{ title: `${title}, GFLOP/s`, groups }] : [];
  });
  return draw(panels, peers, `${machine}, ${date}`);
}
