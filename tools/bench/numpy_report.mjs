/** What was measured of numpy, as Markdown and as a plot. */
import { best } from "./compare.mjs";
import { table } from "./report.mjs";
import { heading, milliseconds, picture, ratioPanel, ratioTable } from "./suites/report.mjs";
import { NATIVE, TERRARIUM } from "./suites/run.mjs";

export const MATMUL = "matmul";
export const WITHOUT = "Terrarium without BLAS";

/** @param {import("./suites/report.mjs").Report} report */
function parts({ measurements }) {
  return {
    kernels: measurements.filter(({ name }) => name !== MATMUL),
    products: measurements.filter(({ name }) => name === MATMUL),
  };
}

/** @param {import("./suites/report.mjs").Measurement[]} products */
function productsTable(products) {
  const peers = [TERRARIUM, WITHOUT, NATIVE];
  const rows = products.map(({ size, times }) => {
    const [ours, without, native] = peers.map((peer) => best(times, peer));
    return [
      size,
      ...[ours, without, native].map(milliseconds),
      `${(without / ours).toFixed(1)} ×`,
      (ours / native).toFixed(2),
    ];
  });
  return table([["`matmul` of n × n numbers, ms", ...peers, "faster than without BLAS", "ratio to native"], ...rows]);
}

/**
 * @param {import("./suites/report.mjs").Report} report
 * @returns {string}
 */
export function markdown(report) {
  const { kernels, products } = parts(report);
  const tables = [
    ...(kernels.length ? [ratioTable(kernels, TERRARIUM, NATIVE)] : []),
    ...(products.length ? [productsTable(products)] : []),
  ];
  return `${[heading(report), ...tables].join("\n\n")}\n`;
}

/**
 * @param {import("./suites/report.mjs").Report} report
 * @returns {string} an SVG document
 */
export function plot(report) {
  const { kernels, products } = parts(report);
  const peers = [TERRARIUM, WITHOUT, NATIVE];
  const panels = [
    ...(kernels.length ? [ratioPanel("Times over native numpy's", kernels, TERRARIUM, NATIVE)] : []),
    ...(products.length
      ? [
          {
            title: "matmul, GFLOP/s by n",
            groups: products.map(({ size, times }) => ({
              name: String(size),
              bars: peers.map((peer) => {
                const value = (2 * size ** 3) / best(times, peer) / 1e9;
                return { value, label: value.toFixed(1) };
              }),
            })),
          },
        ]
      : []),
  ];
  return picture(report, panels, peers);
}
