/** pyodide.mjs: the ES module. */

import type { TerrariumAPI } from "./api.js";
import { loadWith, type TerrariumConfig } from "./load.js";

export type { RunOptions, TerrariumAPI } from "./api.js";
export type { PyProxy } from "./bridge/pyproxy.js";
export type { TerrariumConfig } from "./load.js";
export type { StdinOptions, StdoutOptions } from "./streams.js";
export { abiVersion, version } from "./version.js";

/**
 * Loads Python.
 *
 * @example
 * const py = await loadTerrarium();
 * py.runPython("1 + 2"); // 3
 */
export function loadTerrarium(config: TerrariumConfig = {}): Promise<TerrariumAPI> {
  return loadWith(new URL(".", import.meta.url).href, config);
}

export const loadPyodide = loadTerrarium;
