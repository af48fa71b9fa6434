/** Finds the distribution to test: the folder that TERRARIUM_DIST names. */
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

if (!process.env.TERRARIUM_DIST) {
  throw new Error("Set TERRARIUM_DIST to the folder with pyodide.mjs, such as bazel-bin/dist/all");
}

export const dist = resolve(process.env.TERRARIUM_DIST);
export const { abiVersion, loadTerrarium, loadPyodide, version } = await import(
  pathToFileURL(join(dist, "pyodide.mjs")).href
);
