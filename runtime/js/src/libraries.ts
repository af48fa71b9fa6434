/** Shared libraries: extension modules, and what they need. */

import type { EmscriptenModule } from "./emscripten.js";
import { abiVersion } from "./version.js";

/** What Emscripten remembers of the libraries, by path. */
interface LoadedLibraries {
  loadedLibsByName: Record<string, { exports: unknown }>;
}

/**
 * Makes a file one library, whichever path leads to it.
 *
 * Emscripten remembers libraries by the path that was asked for. What a library needs is found along its run path, such
 * as `$ORIGIN/../NAME.libs`: from modules in two folders, that would be two libraries, each with variables of its own.
 */
export function shareLibraries(module: EmscriptenModule): void {
  const LDSO = module.LDSO as LoadedLibraries;
  const { normalize } = module.PATH as { normalize(path: string): string };
  const key = (name: string | symbol): string | symbol => (typeof name === "string" ? normalize(name) : name);
  LDSO.loadedLibsByName = new Proxy(LDSO.loadedLibsByName, {
    get: (libraries, name) => Reflect.get(libraries, key(name)),
    set: (libraries, name, library) => Reflect.set(libraries, key(name), library),
    deleteProperty: (libraries, name) => Reflect.deleteProperty(libraries, key(name)),
  });
}

/** Compiles a shared library now: browsers refuse to compile a large one while Python imports it. */
export async function loadLibrary(module: EmscriptenModule, path: string, global: boolean): Promise<void> {
  try {
    await module.loadDynamicLibrary(
      path,
      { loadAsync: true, nodelete: true, allowUndefined: true, global, fs: module.FS },
      global ? null : {},
    );
  } catch (error) {
    forgetUnfinished(module.LDSO as LoadedLibraries);
    const reason = (error as Error).message;
    throw new Error(`${path} cannot be loaded (${reason}): find a wheel for pyemscripten_${abiVersion}_wasm32`, {
      cause: error,
    });
  }
}

/** What Emscripten gives for the address of a symbol that is not found yet. */
const UNDEFINED = -1;

/**
 * Gives weak symbols that no library has the address that C says, which is none. Emscripten does so when undefined symbols
 * are not allowed; C++ asks so whether a variable of a thread needs a function to initialise it.
 *
 * It looks through the addresses of all libraries: once for all of a package's is enough.
 */
export function settleWeakSymbols({ GOT }: EmscriptenModule): void {
  for (const address of Object.values(GOT)) {
    if (address.value === UNDEFINED && !address.required) {
      address.value = 0;
    }
  }
}

/** Takes libraries whose files are gone for not loaded: another file at the same path is another library. */
export function forgetLibraries(module: EmscriptenModule, paths: string[]): void {
  const { loadedLibsByName } = module.LDSO as LoadedLibraries;
  for (const path of paths) {
    delete loadedLibsByName[path];
  }
}

/** Emscripten keeps the record of a library that failed, and would take it for a loaded one the next time. */
function forgetUnfinished({ loadedLibsByName }: LoadedLibraries): void {
  for (const [name, { exports }] of Object.entries(loadedLibsByName)) {
    if (exports === "loading") {
      delete loadedLibsByName[name];
    }
  }
}
