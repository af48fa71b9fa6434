/** Loading the WebAssembly module and starting Python in it. What the API and the command line are made from. */

import { Bridge, type ConversionOptions } from "./bridge/bridge.js";
import { makeImports } from "./bridge/imports.js";
import type { CreateModule, EmscriptenModule, RawExports } from "./emscripten.js";
import { fetchBytes, fetchWebAssembly } from "./environment.js";
import { layOut } from "./filesystem.js";
import { Streams } from "./streams.js";
import { Umask } from "./umask.js";

export interface InterpreterOptions extends ConversionOptions {
  /** Where the files are: a URL that ends with a slash. */
  indexURL: string;
  stdLibURL: string;
  /** Python's command line, without its first word. */
  args: string[];
  env: Record<string, string>;
  jsglobals: object;
  /** What sys.executable says. */
  executable: string;
  /** Whether `args` is a command line that will be run. */
  commandLine: boolean;
  /** Called before Python starts, when the file system is there. */
  prepare(module: EmscriptenModule, streams: Streams): Promise<void> | void;
  createModule?: CreateModule | undefined;
}

export interface Interpreter {
  bridge: Bridge;
  module: EmscriptenModule;
  streams: Streams;
  /** What Python gave when it was started: an exit code if there is nothing to run, else -1. */
  startStatus: number;
}

async function importCreateModule(options: InterpreterOptions): Promise<CreateModule> {
  if (options.createModule) {
    return options.createModule;
  }
  const url = `${options.indexURL}pyodide.asm.mjs`;
  try {
    const module = (await import(/* webpackIgnore: true */ /* @vite-ignore */ url)) as { default: CreateModule };
    return module.default;
  } catch (error) {
    throw new Error(`Cannot import ${url}: check the option indexURL of loadTerrarium()`, { cause: error });
  }
}

/** Fetches all files at once, instantiates, and starts Python. */
export async function startInterpreter(options: InterpreterOptions): Promise<Interpreter> {
  const compiled = fetchWebAssembly(`${options.indexURL}pyodide.asm.wasm`);
  const stdlib = fetchBytes(options.stdLibURL);
  // Their errors are seen where they are awaited, which may be after others.
  compiled.catch(() => {});
  stdlib.catch(() => {});
  const [createModule, nodeStreams, stdlibBytes] = await Promise.all([
    importCreateModule(options),
    Streams.nodeStreams(),
    stdlib,
  ]);
  const wasmModule = await compiled;

  const bridge = new Bridge(options);
  bridge.globals = options.jsglobals;
  const umask = new Umask((mask) => bridge.core.terra_umask(mask));
  let streams: Streams | undefined;
  const module = await createModule({
    noInitialRun: true,
    noFSInit: true,
    noExitRuntime: true,
    locateFile: (name) => options.indexURL + name,
    // What Emscripten itself has to say, such as on an abort.
    print: (text) => console.log(text),
    printErr: (text) => console.error(text),
    thisProgram: options.executable,
    preRun: [
      (early) => {
        bridge.module = early;
        Object.assign(early.ENV, options.env);
        streams = Streams.install(early, nodeStreams);
        layOut(early, stdlibBytes, options.env.HOME as string);
        early.FS.chdir(options.env.HOME as string);
      },
    ],
    instantiateWasm(imports, receive) {
      Object.assign(imports.env as object, makeImports(bridge), {
        __syscall_umask_js: (mask: number) => umask.set(mask),
      });
      WebAssembly.instantiate(wasmModule, imports).then((instance) => {
        bridge.connect(instance.exports as RawExports);
        receive(instance, wasmModule);
      }, rejectInstance);
      return {};
    },
  });
  bridge.module = module;
  umask.start(module);
  await options.prepare(module, streams as Streams);
  const startStatus = start(bridge, options);
  return { bridge, module, streams: streams as Streams, startStatus };
}

/** Emscripten does not listen for the failure of instantiateWasm; an unhandled rejection is at least seen. */
function rejectInstance(error: unknown): never {
  throw error;
}

function start(bridge: Bridge, { executable, args, commandLine }: InterpreterOptions): number {
  const { module, core } = bridge;
  const argv = ["python", ...args];
  const words = [executable, ...argv].map((word) => module.stringToNewUTF8(word));
  // The array of the arguments ends with a null pointer.
  const array = module._malloc(4 * (argv.length + 1)) >>> 0;
  module.HEAPU32.set([...words.slice(1), 0], array >>> 2);
  // Python copies what it keeps.
  const status = core.terra_start(words[0] as number, argv.length, array, commandLine ? 1 : 0);
  for (const word of words) {
    module._free(word);
  }
  module._free(array);
  return status;
}
