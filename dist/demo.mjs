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
for (const line of session) {
  console.log(`>>> ${line}`);
  const shown = py.runPython(`
import ast as _ast
def _show(line):
    tree = _ast.parse(line)
    last = tree.body.pop() if isinstance(tree.body[-1], _ast.Expr) else None
    exec(compile(tree, "<session>", "exec"), globals())
    return "" if last is None else str(eval(compile(_ast.Expression(last.value), "<session>", "eval"), globals()))
_show(${JSON.stringify(line)})`);
  if (shown) {
    console.log(shown);
  }
}
