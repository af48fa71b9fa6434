/** The measurements as a picture: SVG, without anything from outside. */
import { summarise, totals } from "./report.mjs";

const WIDTH = 760;
const LEFT = 150;
const RIGHT = 90;
const BAR = 20;
const GAP = 18;
/** The height of lines. */
const LINES = 220;
/** How many names of subjects are beside each other, and how wide each is. */
const LEGEND = 3;
const LEGEND_WIDTH = 245;
const COLOURS = ["#0d7a55", "#8d97a3", "#d98a00", "#3465a4", "#a33b6e", "#6b8e23", "#555753", "#00a5c4"];

/**
 * @typedef {object} Bar
 * @property {number} value
 * @property {[number, number]} [range] Drawn as a thin line from the first to the second.
 * @property {string} label
 * @property {number} [subject] Whose it is; by default each subject has one, in order.
 *
 * @typedef {object} Panel Bars, in groups below each other.
 * @property {string} title
 * @property {{ name: string, bars: Bar[] }[]} groups
 *
 * @typedef {object} LinePanel Lines from left to right.
 * @property {string} title
 * @property {(string | number)[]} marks Below the axis, one for each value.
 * @property {{ subject: number, values: number[] }[]} lines Values that are not there are NaN.
 */

/**
 * @param {Panel} panel
 * @returns {number} the height of one of its groups
 */
function groupHeight({ groups }) {
  return Math.max(...groups.map(({ bars }) => bars.length)) * (BAR + 2) + GAP;
}

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
function drawPanel(panel, top) {
  const { title, groups } = panel;
  const largest = Math.max(
    ...groups.flatMap(({ bars }) => bars.flatMap(({ value, range = [0, 0] }) => [value, ...range])),
  );
  const scale = (WIDTH - LEFT - RIGHT) / largest;
  const parts = [`<text x="16" y="${top + 4}" class="title">${escaped(title)}</text>`];
  groups.forEach(({ name, bars }, index) => {
    const y = top + 20 + index * groupHeight(panel);
    const centre = y + (bars.length * (BAR + 2)) / 2 + 2;
    parts.push(`<text x="${LEFT - 10}" y="${centre}" text-anchor="end">${escaped(name)}</text>`);
    bars.forEach(({ value, range, label, subject }, place) => {
      const barTop = y + place * (BAR + 2);
      const middle = barTop + BAR / 2;
      parts.push(
        `<rect x="${LEFT}" y="${barTop}" width="${px(value * scale)}" height="${BAR}" fill="${COLOURS[subject ?? place]}"/>`,
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
 * The first of 1, 2, 5, 10, 20 … by which an axis to `largest` has at most five steps.
 *
 * @param {number} largest
 */
function step(largest) {
  const decade = 10 ** Math.floor(Math.log10(largest / 5));
  return [1, 2, 5, 10].map((factor) => factor * decade).find((size) => largest / size <= 5) ?? largest;
}

/**
 * @param {LinePanel} panel
 * @param {number} top
 * @returns {string}
 */
function drawLines({ title, marks, lines }, top) {
  const largest = Math.max(...lines.flatMap(({ values }) => values.filter((value) => !Number.isNaN(value))));
  const [left, bottom] = [60, top + 20 + LINES];
  const x = (/** @type {number} */ index) => px(left + ((index + 0.5) * (WIDTH - left - 20)) / marks.length);
  const y = (/** @type {number} */ value) => px(bottom - (value / largest) * LINES);
  const parts = [`<text x="16" y="${top + 4}" class="title">${escaped(title)}</text>`];
  for (let value = 0; value <= largest; value += step(largest)) {
    parts.push(
      `<path d="M${left} ${y(value)}H${WIDTH - 20}" stroke="#ddd"/>`,
      `<text x="${left - 8}" y="${y(value) + 5}" text-anchor="end">${Number(value.toPrecision(3))}</text>`,
    );
  }
  marks.forEach((mark, index) => {
    parts.push(`<text x="${x(index)}" y="${bottom + 20}" text-anchor="middle">${escaped(String(mark))}</text>`);
  });
  for (const { subject, values } of lines) {
    const points = values.flatMap((value, index) => (Number.isNaN(value) ? [] : [`${x(index)} ${y(value)}`]));
    parts.push(
      `<path d="M${points.join("L")}" fill="none" stroke="${COLOURS[subject]}" stroke-width="2"/>`,
      ...points.map((point) => {
        const [cx, cy] = point.split(" ");
        return `<circle cx="${cx}" cy="${cy}" r="3" fill="${COLOURS[subject]}"/>`;
      }),
    );
  }
  return parts.join("\n");
}

/**
 * Panels below each other.
 *
 * @param {(Panel | LinePanel)[]} panels
 * @param {string[]} subjects what the colours stand for
 * @param {string} note below all
 * @returns {string} an SVG document
 * @throws {RangeError} for more subjects than there are colours
 */
export function draw(panels, subjects, note) {
  if (subjects.length > COLOURS.length) {
    throw new RangeError(`${subjects.length} subjects and ${COLOURS.length} colours: add colours in plot.mjs`);
  }
  const rows = Math.ceil(subjects.length / LEGEND);
  const parts = [];
  let top = 46 + 20 * rows;
  for (const panel of panels) {
    if ("lines" in panel) {
      parts.push(drawLines(panel, top));
      top += 20 + LINES + 56;
    } else {
      parts.push(drawPanel(panel, top));
      top += 20 + panel.groups.length * groupHeight(panel) + 22;
    }
  }
  const legend = subjects.map((name, subject) => {
    const [x, y] = [16 + (subject % LEGEND) * LEGEND_WIDTH, 16 + Math.floor(subject / LEGEND) * 20];
    return (
      `<rect x="${x}" y="${y}" width="14" height="14" fill="${COLOURS[subject]}"/>` +
      `<text x="${x + 20}" y="${y + 12}">${escaped(name)}</text>`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top + 8}" viewBox="0 0 ${WIDTH} ${top + 8}">
<style>text { font: 14px system-ui, "DejaVu Sans", sans-serif; fill: #222 } .title { font-weight: bold } .small { font-size: 11px; fill: #666 }</style>
<rect width="100%" height="100%" fill="#fff"/>
${legend.join("\n")}
${parts.join("\n")}
<text x="16" y="${top - 4}" class="small">${escaped(note)}</text>
</svg>
`;
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
  return draw(
    panels,
    subjects.map(({ name, version }) => `${name} ${version}`),
    machine,
  );
}
