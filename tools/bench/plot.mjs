/** The measurements as a picture: SVG, without anything from outside. */
import { summarise, totals } from "./report.mjs";

const WIDTH = 760;
const LEFT = 150;
const RIGHT = 90;
const BAR = 20;
const GROUP = 62;
const COLOURS = ["#0d7a55", "#8d97a3"];

/**
 * @typedef {object} Bar
 * @property {number} value
 * @property {[number, number]} [range] Drawn as a thin line from the first to the second.
 * @property {string} label
 *
 * @typedef {object} Panel
 * @property {string} title
 * @property {{ name: string, bars: Bar[] }[]} groups One bar for each subject.
 */

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** @param {number} value */
function px(value) {
  return Number(value.toFixed(1));
}

/**
 * @param {Panel} panel
 * @param {number} top
 * @returns {string}
 */
function drawPanel({ title, groups }, top) {
  const largest = Math.max(
    ...groups.flatMap(({ bars }) => bars.flatMap(({ value, range = [0, 0] }) => [value, ...range])),
  );
  const scale = (WIDTH - LEFT - RIGHT) / largest;
  const parts = [`<text x="16" y="${top + 4}" class="title">${escaped(title)}</text>`];
  groups.forEach(({ name, bars }, index) => {
    const y = top + 20 + index * GROUP;
    parts.push(`<text x="${LEFT - 10}" y="${y + BAR + 4}" text-anchor="end">${escaped(name)}</text>`);
    bars.forEach(({ value, range, label }, subject) => {
      const barTop = y + subject * (BAR + 2);
      const middle = barTop + BAR / 2;
      parts.push(
        `<rect x="${LEFT}" y="${barTop}" width="${px(value * scale)}" height="${BAR}" fill="${COLOURS[subject]}"/>`,
      );
      if (range) {
        const [from, to] = range.map((end) => px(LEFT + end * scale));
        parts.push(
          `<path d="M${from} ${middle}H${to}M${from} ${middle - 5}v10M${to} ${middle - 5}v10" stroke="#222" fill="none"/>`,
        );
      }
      const end = Math.max(value, range?.[1] ?? 0) * scale;
      parts.push(`<text x="${px(LEFT + end + 8)}" y="${middle + 5}">${escaped(label)}</text>`);
    });
  });
  return parts.join("\n");
}

/**
 * Times as bars of the medians, with lines from the minimum to the maximum; sizes as bars.
 *
 * @param {import("./report.mjs").Report} report
 * @returns {string} an SVG document
 */
export function plot({ subjects, machine, runs }) {
  /** @type {Panel[]} */
  const panels = [
    {
      title: `Start to the first result, ms (median of ${runs}, minimum to maximum)`,
      groups: Object.keys(subjects[0].times).map((place) => ({
        name: place,
        bars: subjects.map(({ times }) => {
          const { minimum, median, maximum } = summarise(times[place]);
          return { value: median, range: [minimum, maximum], label: String(Math.round(median)) };
        }),
      })),
    },
    {
      title: "What a page fetches, MB",
      groups: /** @type {const} */ ([
        ["Brotli 11", "brotli"],
        ["raw", "raw"],
      ]).map(([name, key]) => ({
        name,
        bars: subjects.map(({ files }) => {
          const megabytes = totals(files)[key] / 1e6;
          return { value: megabytes, label: megabytes.toFixed(2) };
        }),
      })),
    },
  ];
  const parts = [];
  let top = 66;
  for (const panel of panels) {
    parts.push(drawPanel(panel, top));
    top += 20 + panel.groups.length * GROUP + 22;
  }
  const legend = subjects.map(
    ({ name, version }, subject) =>
      `<rect x="${16 + subject * 200}" y="16" width="14" height="14" fill="${COLOURS[subject]}"/>` +
      `<text x="${36 + subject * 200}" y="28">${escaped(`${name} ${version}`)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top + 8}" viewBox="0 0 ${WIDTH} ${top + 8}">
<style>text { font: 14px system-ui, "DejaVu Sans", sans-serif; fill: #222 } .title { font-weight: bold } .small { font-size: 11px; fill: #666 }</style>
<rect width="100%" height="100%" fill="#fff"/>
${legend.join("\n")}
${parts.join("\n")}
<text x="16" y="${top - 4}" class="small">${escaped(machine)}</text>
</svg>
`;
}
