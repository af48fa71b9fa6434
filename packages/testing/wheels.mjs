/** What the tests of wheels share: a Python of the release that has them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Loads the release and, into it, the wheels that the target `wheel_test` names; gives what loadTerrarium() gives. */
export async function loadWheels(options = {}) {
  const { TERRARIUM_DIST, WHEELS } = process.env;
  assert.ok(TERRARIUM_DIST && WHEELS, "set TERRARIUM_DIST and WHEELS: see packages/testing/defs.bzl");
  const { loadTerrarium } = await import(pathToFileURL(resolve(TERRARIUM_DIST, "pyodide.mjs")).href);
  const py = await loadTerrarium(options);
  const { libraries, wheels } = JSON.parse(readFileSync(WHEELS, "utf8"));
  // Paths are from the top of the tree, among the runfiles.
  const top = join(import.meta.dirname, "..", "..");
  py.FS.mkdirTree("/usr/lib");
  for (const library of libraries) {
    py.FS.writeFile(`/usr/lib/${basename(library)}`, readFileSync(join(top, library)));
  }
  for (const wheel of wheels) {
    const loaded = await py.loadPackage(pathToFileURL(join(top, wheel)).href, { messageCallback: () => {} });
    assert.deepEqual(
      loaded.map(({ fileName }) => fileName),
      [basename(wheel)],
    );
  }
  return py;
}

/** Runs a function's body in Python, and gives what it returns, as JavaScript has it. */
export function run(py, body) {
  const globals = py.toPy({});
  try {
    const lines = body.trim().split("\n");
    const result = py.runPython(`def main():\n${lines.map((line) => `  ${line}`).join("\n")}\nmain()`, { globals });
    return result?.toJs ? result.toJs() : result;
  } finally {
    globals.destroy();
  }
}

/**
 * Imports all that an installed project brings: its packages and modules at the top, and each of its extension modules.
 * Gives their names. A module that cannot be imported is an error that names it, save those of `missing`: they must raise
 * ImportError, for what they need is not there.
 */
export function importAll(py, project, missing = []) {
  const [packages, extensions] = run(
    py,
    `
import importlib
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.metadata import files
packages, extensions, missing = set(), set(), set(${JSON.stringify(missing)})
for file in files(${JSON.stringify(project)}):
  *folders, name = file.parts
  suffix = next((suffix for suffix in EXTENSION_SUFFIXES if name.endswith(suffix)), "")
  if suffix:
    extensions.add(".".join([*folders, name.removesuffix(suffix)]))
  elif not folders and name.endswith(".py"):
    packages.add(name.removesuffix(".py"))
  elif len(folders) == 1 and name == "__init__.py":
    packages.add(folders[0])
unknown = missing - packages - extensions
if unknown:
  raise RuntimeError(f"the wheel has no module {', '.join(sorted(unknown))}: take it out of what is missing")
for name in sorted(packages) + sorted(extensions):
  try:
    importlib.import_module(name)
    unexpected = "it is imported" if name in missing else ""
  except Exception as error:
    unexpected = "" if name in missing and isinstance(error, ImportError) else f"{type(error).__name__}: {error}"
  if unexpected:
    raise RuntimeError(f"{name}: {unexpected}")
return [sorted(packages), sorted(extensions)]`,
  );
  return { packages, extensions };
}
