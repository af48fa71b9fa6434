/** pyodide.js: for script tags, importScripts() and require(). Sets loadTerrarium and loadPyodide on globalThis. */

import type { TerrariumAPI } from "./api.js";
import { loadWith, type TerrariumConfig } from "./load.js";
import { abiVersion, version } from "./version.js";

declare const module: { exports: Record<string, unknown> } | undefined;
declare const __dirname: string | undefined;

/** Where this script is: known only while it is first run. */
function findFolder(): string | undefined {
  if (typeof __dirname === "string") {
    return __dirname;
  }
  if (typeof document === "object" && document.currentScript instanceof HTMLScriptElement) {
    return new URL(".", document.currentScript.src).href;
  }
  // A worker that was made from this script, or imported it, finds the address in a stack trace.
  const address = new Error().stack?.match(/((?:https?|file|blob):[^\s)]*?):\d+:\d+/)?.[1];
  return address ? new URL(".", address).href : undefined;
}

const folder = findFolder();

function loadTerrarium(config: TerrariumConfig = {}): Promise<TerrariumAPI> {
  return loadWith(folder, config);
}

const exported = { loadTerrarium, loadPyodide: loadTerrarium, version, abiVersion };
if (typeof module === "object" && typeof module?.exports === "object") {
  Object.assign(module.exports, exported);
}
Object.assign(globalThis, { loadTerrarium, loadPyodide: loadTerrarium });

// biome-ignore lint/complexity/noUselessEmptyExport: makes this a module for esbuild, which then leaves require()'s `module` alone
export {};
