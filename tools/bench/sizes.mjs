/**
 * Measures the packages of the release in bytes.
 *
 *     ./bazelw run //tools/bench:sizes [-- --json FILE --page FILE]
 *
 * Prints a table in Markdown. --json FILE keeps every figure, --page FILE is a page in Markdown that gets the table
 * between its marks, as docs/sizes.md has them. The same release gives the same table everywhere.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { measurePackages, packagesTable } from "./packages.mjs";
import { fillPage } from "./report.mjs";

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      help: { type: "boolean", short: "h" },
      json: { type: "string" },
      page: { type: "string" },
    },
  });
  if (values.help) {
    say("sizes [--json FILE] [--page FILE]\nMeasures the packages of the release in bytes.");
    process.exit(0);
  }
  return values;
}

async function main() {
  const { json, page } = readOptions();
  if (page) {
    // What is wrong with it is better known before the measurement than after it.
    fillPage(readFileSync(page, "utf8"), "", "sizes");
  }
  const folder = process.env.TERRARIUM_DIST;
  if (!folder) {
    throw new Error("TERRARIUM_DIST is not set: start this by ./bazelw run //tools/bench:sizes");
  }
  const { loadTerrarium, version } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
  const packages = await measurePackages(folder, loadTerrarium, say);
  const text = `Packages of Terrarium ${version}, in MB of 1,000,000 bytes.\n\n${packagesTable(packages)}\n`;
  process.stdout.write(text);
  if (json) {
    writeFileSync(json, `${JSON.stringify({ version, packages }, undefined, 2)}\n`);
  }
  if (page) {
    writeFileSync(page, fillPage(readFileSync(page, "utf8"), text, "sizes"));
  }
}

await main().catch((error) => {
  say(`sizes: ${error.message}`);
  process.exitCode = 1;
});
