// One start: in_node.mjs PYODIDE_MJS. Prints the milliseconds from here to the result of 1 + 1.
import { pathToFileURL } from "node:url";

const start = performance.now();
const { loadPyodide } = await import(pathToFileURL(process.argv[2]).href);
const value = (await loadPyodide()).runPython("1 + 1");
const milliseconds = performance.now() - start;
console.log(JSON.stringify({ milliseconds, value }));
process.exit();
