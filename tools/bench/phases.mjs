/**
 * One start of Terrarium, cut into phases. For Node and for a page alike.
 *
 * The runtime is watched from outside, through what WebAssembly and loadTerrarium's options let a caller see, so that
 * what is measured is the release as its users have it. A start takes a few milliseconds longer for being watched.
 */

/**
 * The phases in their order: each is named for what is there at its end, and begins where the one before it ends.
 *
 * @type {Record<string, string>}
 */
export const PHASES = {
  script: "`pyodide.mjs` has run",
  fetched: "`pyodide.asm.wasm` has been fetched",
  compiled: "… has been compiled",
  ready: "`pyodide.asm.mjs` and `python_stdlib.zip` are there too",
  glue: "… `pyodide.asm.mjs` has run",
  instance: "the WebAssembly instance is made",
  module: "C's run time and the file system work",
  python: "Python is initialised",
  bridge: "the runtime's Python side is imported; `loadTerrarium()` gives its result",
  result: "`1 + 1` has run",
};

/** The C function that initialises Python, from runtime/core/main.c. */
const INITIALISE = "terra_start";

/**
 * What a phase took, in milliseconds.
 *
 * @typedef {Record<string, number>} Durations
 */

/**
 * Starts Terrarium from the folder at the URL, which ends with a slash.
 *
 * @param {string} folder
 * @returns {Promise<{ milliseconds: number, value: unknown, phases: Durations }>} the whole time from here to the result
 *     of 1 + 1, that result, and the time of each of PHASES
 * @throws {Error} when the runtime no longer does what this watches for
 */
export async function startInPhases(folder) {
  const start = performance.now();
  /** @type {Map<string, number>} */
  const ends = new Map();
  const end = (/** @type {string} */ phase) => ends.set(phase, performance.now());
  const watched = watchWebAssembly(end);
  try {
    const { loadTerrarium } = await import(`${folder}pyodide.mjs`);
    end("script");
    // Asked for now, as the runtime would: what it is given, it does not fetch while it fetches the rest.
    const glue = import(`${folder}pyodide.asm.mjs`);
    const python = await loadTerrarium({
      createPyodideModule: async (/** @type {any} */ settings) => {
        const { default: createModule } = await glue;
        end("ready");
        return createModule({
          ...settings,
          // The runtime has seen a copy of the instance: Emscripten gets the instance.
          instantiateWasm: (/** @type {any} */ imports, /** @type {any} */ receive) =>
            settings.instantiateWasm(imports, (/** @type {any} */ _, /** @type {any} */ module) =>
              receive(watched.instance, module),
            ),
        });
      },
      fsInit: () => {
        end("module");
      },
    });
    end("bridge");
    const value = python.runPython("1 + 1");
    end("result");
    if (watched.url) {
      // Compiled while it arrived: the end of that is known afterwards, and to the browser alone.
      ends.set("fetched", performance.getEntriesByName(watched.url, "resource").at(-1)?.responseEnd || Number.NaN);
    }
    return { milliseconds: performance.now() - start, value, phases: durations(start, ends) };
  } finally {
    watched.restore();
  }
}

/**
 * Puts functions that call `end` in the place of WebAssembly's.
 *
 * @param {(phase: string) => void} end
 */
function watchWebAssembly(end) {
  const { compile, compileStreaming, instantiate } = WebAssembly;
  const watched = {
    /** @type {WebAssembly.Instance | undefined} */
    instance: undefined,
    /** The address that was compiled from while it arrived. @type {string | undefined} */
    url: undefined,
    restore: () => {
      Object.assign(WebAssembly, { compile, compileStreaming, instantiate });
    },
  };
  Object.assign(WebAssembly, {
    compile: async (/** @type {BufferSource} */ bytes) => {
      end("fetched");
      const module = await compile(bytes);
      end("compiled");
      return module;
    },
    compileStreaming: async (/** @type {Response | Promise<Response>} */ source) => {
      const response = await source;
      watched.url = response.url;
      const module = await compileStreaming(response);
      end("compiled");
      return module;
    },
    instantiate: async (/** @type {WebAssembly.Module} */ module, /** @type {WebAssembly.Imports} */ imports) => {
      end("glue");
      const instance = await instantiate(module, imports);
      end("instance");
      watched.instance = instance;
      const exports = /** @type {Record<string, any>} */ ({ ...instance.exports });
      const initialise = exports[INITIALISE];
      exports[INITIALISE] = (/** @type {unknown[]} */ ...args) => {
        const status = initialise(...args);
        end("python");
        return status;
      };
      return { exports };
    },
  });
  return watched;
}

/**
 * @param {number} start
 * @param {Map<string, number>} ends
 * @returns {Durations}
 */
function durations(start, ends) {
  /** @type {Durations} */
  const result = {};
  let last = start;
  for (const phase of Object.keys(PHASES)) {
    const time = ends.get(phase) ?? Number.NaN;
    const duration = time - last;
    // A page's clock is coarse: what ends together may seem to end in the wrong order.
    if (!(duration > -1)) {
      throw new Error(
        `the phase '${phase}' has no end after the one before it: the runtime starts in another way; ` +
          "correct tools/bench/phases.mjs",
      );
    }
    result[phase] = Math.max(duration, 0);
    last = time;
  }
  return result;
}

/**
 * A module that Python imports while it starts.
 *
 * @typedef {object} Import
 * @property {string} name
 * @property {number} self Microseconds, without what it imports in turn.
 * @property {string} from `built-in`, `frozen`, the file's ending in the standard library, or `not found`.
 */

const WHERE = `
import sys

def where(module):
    spec = getattr(module, "__spec__", None)
    origin = getattr(spec, "origin", None)
    return origin if origin in ("built-in", "frozen") else (getattr(module, "__file__", None) or "built-in").rpartition(".")[2]

{name: where(sys.modules[name]) if name in sys.modules else "not found" for name in names}
`;

/**
 * What Python imports while it starts, as its own \`-X importtime\` tells it: the times are longer for being told.
 *
 * @param {string} folder as startInPhases takes it
 * @returns {Promise<Import[]>} in the order in which the imports ended
 */
export async function listImports(folder) {
  const { loadTerrarium } = await import(`${folder}pyodide.mjs`);
  /** @type {string[]} */
  const lines = [];
  const python = await loadTerrarium({
    args: ["-X", "importtime"],
    stderr: (/** @type {string} */ line) => lines.push(line),
  });
  const found = lines.flatMap((line) => {
    const match = /^import time: +(\d+) \| +\d+ \| +(\S+)$/.exec(line);
    return match ? [{ name: match[2], self: Number(match[1]) }] : [];
  });
  if (found.length === 0) {
    throw new Error("Python does not tell what it imports: correct listImports() in tools/bench/phases.mjs");
  }
  const places = python.runPython(WHERE, { globals: python.toPy({ names: found.map(({ name }) => name) }) }).toJs();
  return found.map((one) => ({ ...one, from: places[one.name] }));
}
