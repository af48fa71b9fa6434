/**
 * Measures how long Terrarium and Pyodide take to start, and how much a page fetches for it.
 *
 *     ./bazelw run //tools/bench:startup [-- --runs N --json FILE --svg FILE --page FILE]
 *
 * Prints tables in Markdown. --json FILE keeps every measurement, --svg FILE gets a plot, --page FILE is a page in
 * Markdown that gets the tables between its marks, as docs/startup.md has them. The two take turns, and change places
 * from run to run, so that neither has the quieter machine. Terrarium's phases are taken in starts of their own.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { checkPage, publish, say, setting } from "./command.mjs";
import { machine } from "./compare.mjs";
import { importsInNode, phasesInBrowser, phasesInNode, startInBrowser, startInNode } from "./measure.mjs";
import { plot } from "./plot.mjs";
import { markdown } from "./report.mjs";
import { measureSizes } from "./size.mjs";

/**
 * @param {string} name
 * @param {string} folder
 * @returns {import("./measure.mjs").Contender}
 */
function contender(name, folder) {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return { name, version, folder };
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      help: { type: "boolean", short: "h" },
      json: { type: "string" },
      page: { type: "string" },
      runs: { type: "string", default: "7" },
      svg: { type: "string" },
    },
  });
  const runs = Number(values.runs);
  if (values.help) {
    say(
      "startup [--runs N] [--json FILE] [--svg FILE] [--page FILE]\nMeasures the start of Terrarium and Pyodide, N times each.",
    );
    process.exit(0);
  }
  if (!Number.isInteger(runs) || runs < 1) {
    throw new TypeError(`--runs is '${values.runs}': give a number from 1`);
  }
  return { ...values, runs };
}

async function main() {
  const options = readOptions();
  const { runs } = options;
  checkPage("startup", options.page);
  const contenders = [
    contender("Terrarium", setting("TERRARIUM_DIST")),
    contender("Pyodide", dirname(setting("PYODIDE_PACKAGE"))),
  ];
  /** @type {import("./report.mjs").Subject[]} */
  const subjects = contenders.map(({ name, version }) => ({
    name,
    version,
    times: { Node: [], "Chromium, cold": [], "Chromium, warm": [] },
    files: [],
  }));
  /** @type {import("./report.mjs").Report["phases"]} */
  const phases = { Node: [], "Chromium, cold": [], "Chromium, warm": [] };
  let browserName = "";

  // Not counted: the files come from the disk once.
  for (const one of contenders) {
    await startInNode(one);
  }
  for (let run = 0; run < runs; run++) {
    for (const index of run % 2 ? [1, 0] : [0, 1]) {
      const { name } = contenders[index];
      const { times } = subjects[index];
      times.Node.push(await startInNode(contenders[index]));
      const { cold, warm, requests, browser } = await startInBrowser(contenders[index]);
      times["Chromium, cold"].push(cold);
      times["Chromium, warm"].push(warm);
      browserName = browser;
      const shown = Object.values(times).map((values) => Math.round(values[run]));
      say(`run ${run + 1} of ${runs}: ${name} ${shown.join(", ")} ms`);
      if (run === 0) {
        subjects[index].files = await measureSizes(requests);
      }
    }
    phases.Node.push(await phasesInNode(contenders[0]));
    const { cold, warm } = await phasesInBrowser(contenders[0]);
    phases["Chromium, cold"].push(cold);
    phases["Chromium, warm"].push(warm);
  }

  const report = {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    node: process.versions.node,
    browser: browserName,
    runs,
    subjects,
    phases,
    imports: await importsInNode(contenders[0]),
  };
  publish("startup", options, report, markdown(report), options.svg && plot(report));
}

await main().catch((error) => {
  say(`startup: ${error.message}`);
  process.exitCode = 1;
});
