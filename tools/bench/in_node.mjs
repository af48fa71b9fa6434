// One start: in_node.mjs PYODIDE_MJS [phases | imports]. Prints, as JSON, the milliseconds from here to the result of
// 1 + 1; with `phases` also what each of them took, with `imports` instead what Python imports.
import { pathToFileURL } from "node:url";

const [script, more] = process.argv.slice(2);
const url = pathToFileURL(script).href;

async function start() {
  const start = performance.now();
  const { loadPyodide } = await import(url);
  const value = (await loadPyodide()).runPython("1 + 1");
  return { milliseconds: performance.now() - start, value };
}

async function startWatched() {
  const { listImports, startInPhases } = await import("./phases.mjs");
  const folder = new URL(".", url).href;
  return more === "imports" ? listImports(folder) : startInPhases(folder);
}

console.log(JSON.stringify(await (more ? startWatched() : start())));
process.exit();
