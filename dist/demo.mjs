// A short Python session in WebAssembly, from the release folder given as the argument.
import { pathToFileURL } from "node:url";

const release = process.argv[2];
const { loadTerrarium } = await import(pathToFileURL(`${release}/pyodide.mjs`).href);
const py = await loadTerrarium();

const session = [
  "import sys, platform",
  'f"Python {platform.python_version()} on {sys.platform}, {platform.machine()}"',
  "import decimal, math",
  "decimal.getcontext().prec = 60; decimal.Decimal(2).sqrt()",
  "math.comb(100, 50) == math.factorial(100) // math.factorial(50) ** 2",
];
const str = py.runPython("str");
for (const line of session) {
  console.log(`>>> ${line}`);
  const value = py.runPython(line);
  if (value !== undefined) {
    console.log(str(value));
  }
}
