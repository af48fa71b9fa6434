/** loadTerrarium, which is also called loadPyodide. */

import { TerrariumAPI } from "./api.js";
import type { CreateModule, FileSystem } from "./emscripten.js";
import { fileUrl, folderUrl } from "./environment.js";
import { SITE_PACKAGES } from "./filesystem.js";
import { startInterpreter } from "./interpreter.js";
import { fetchLock, type Lockfile, readLock } from "./packages.js";

/** The options of loadTerrarium. All have defaults. */
export interface TerrariumConfig {
  /** Where the files of the distribution are: a URL, or in Node a path. By default, where this script came from. */
  indexURL?: string;
  /** Where python_stdlib.zip is, if not in indexURL: a URL, relative to the page, or in Node a path. */
  stdLibURL?: string;
  /** Where pyodide-lock.json is, if not in indexURL, likewise. */
  lockFileURL?: string;
  /** The lock file itself, in place of lockFileURL: its text, the object, or a promise of either. */
  lockFileContents?: string | Lockfile | Promise<string | Lockfile>;
  /** Packages to load before the promise is fulfilled. */
  packages?: string[];
  /** What relative file names of the lock file are relative to. */
  packageBaseUrl?: string;
  /** Gives a line of input, or null at its end. */
  stdin?: () => string | null | undefined;
  /** Gets each line of output. */
  stdout?: (line: string) => void;
  stderr?: (line: string) => void;
  /** What Python's module `js` stands for: globalThis by default. */
  jsglobals?: object;
  /** Python's command line options. */
  args?: string[];
  /** Python's environment variables. HOME is also the folder that Python starts in. */
  env?: Record<string, string>;
  /** Has no effect: the standard library is always whole. */
  fullStdLib?: boolean;
  /** Called when the file system is there, before Python starts. */
  fsInit?: (FS: FileSystem, info: { sitePackages: string }) => Promise<void> | void;
  /** Whether a PyProxy's toString() is Python's repr(), not str(). */
  pyproxyToStringRepr?: boolean;
  /** Whether JavaScript's null becomes None, not jsnull. */
  convertNullToNone?: boolean;
  /** The default export of pyodide.asm.mjs, where import() is not allowed, as in service workers. */
  createPyodideModule?: CreateModule;
  /** What sys.executable says. */
  _sysExecutable?: string;
  /** @private Whether `args` is a command line, which _runMain() runs. */
  _commandLine?: boolean;
  /** @private How much of its stack Python may use, in bytes: see runtime/core/recursion.h. */
  _stackLimit?: number;
}

/** Python ended while it was started, after `--version` say, or an error that is on standard error. */
export class StartError extends Error {
  constructor(readonly exitCode: number) {
    super(`Python ended at once with status ${exitCode}: check the options args and env of loadTerrarium()`);
  }
}

const HOME = "/home/pyodide";

/** Loads the runtime, starts Python, and gives its interface. */
export async function loadWith(defaultIndexURL: string | undefined, config: TerrariumConfig): Promise<TerrariumAPI> {
  const index = config.indexURL ?? defaultIndexURL;
  if (index === undefined) {
    throw new Error("Where are Terrarium's files? Give their folder as the option indexURL of loadTerrarium()");
  }
  const indexURL = await folderUrl(index);
  const env = { HOME, ...config.env };
  const commandLine = config._commandLine ?? false;
  const { url, lock } = await findLock(config, indexURL);
  // Its error is seen by who asks for a package.
  lock.catch(() => {});
  const interpreter = await startInterpreter({
    indexURL,
    stdLibURL: config.stdLibURL === undefined ? `${indexURL}python_stdlib.zip` : await fileUrl(config.stdLibURL),
    args: config.args ?? [],
    env,
    jsglobals: config.jsglobals ?? globalThis,
    executable: config._sysExecutable ?? "",
    commandLine,
    pyproxyToStringRepr: config.pyproxyToStringRepr ?? false,
    convertNullToNone: config.convertNullToNone ?? false,
    createModule: config.createPyodideModule,
    async prepare(module, streams) {
      if (config.stdin) {
        streams.setStdin({ stdin: config.stdin });
      }
      if (config.stdout) {
        streams.setStdout({ batched: config.stdout });
      }
      if (config.stderr) {
        streams.setStderr({ batched: config.stderr });
      }
      await config.fsInit?.(module.FS, { sitePackages: SITE_PACKAGES });
    },
  });
  if (interpreter.startStatus >= 0) {
    throw new StartError(interpreter.startStatus);
  }
  if (config._stackLimit !== undefined) {
    interpreter.bridge.count(interpreter.bridge.core.terra_limit_stack(config._stackLimit));
  }
  const api = new TerrariumAPI(interpreter, {
    commandLine,
    lockfile: lock,
    packageBaseUrl: config.packageBaseUrl === undefined ? url : await folderUrl(config.packageBaseUrl),
  });
  if (config.packages?.length) {
    await api.loadPackage(config.packages);
  }
  // So that `lockfile` is there. It was asked for at the start.
  await lock.catch(() => {});
  return api;
}

/** The lock file, which is fetched while Python goes on; and what its file names are relative to. */
async function findLock(config: TerrariumConfig, indexURL: string): Promise<{ url: string; lock: Promise<Lockfile> }> {
  const { lockFileContents, lockFileURL } = config;
  if (lockFileContents === undefined) {
    const url = lockFileURL === undefined ? `${indexURL}pyodide-lock.json` : await fileUrl(lockFileURL);
    return { url, lock: config._commandLine ? Promise.reject(new Error("no packages")) : fetchLock(url) };
  }
  const lock = Promise.resolve(lockFileContents).then((contents) => {
    return readLock(contents, "lockFileContents", "lockFileContents");
  });
  return { url: indexURL, lock };
}
