/**
 * Measures the packages of the release in bytes.
 *
 *     ./bazelw run //tools/bench:sizes [-- --json FILE --page FILE]
 *
 * Prints a table in Markdown. --json FILE keeps every figure, --page FILE is a page in Markdown that gets the table
 * between its marks, as docs/sizes.md has them. The same release gives the same table everywhere.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { checkPage, publish, say, setting } from "./command.mjs";
import { measurePackages, modulesTable, packagesTable } from "./packages.mjs";

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
  const options = readOptions();
  checkPage("sizes", options.page);
  const folder = setting("TERRARIUM_DIST");
  const { loadTerrarium, version } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
  const packages = await measurePackages(folder, loadTerrarium, say);
  const text = `Packages of Terrarium ${version}, in MB of 1,000,000 bytes.\n\n${packagesTable(packages)}

The largest modules of SciPy's, and the libraries that it needs, in the same unit.\n\n${modulesTable(packages)}\n`;
  publish("sizes", options, { version, packages }, text);
}

await main().catch((error) => {
  say(`sizes: ${error.message}`);
  process.exitCode = 1;
});
