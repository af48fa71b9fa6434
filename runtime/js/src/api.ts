/** The object that loadTerrarium gives. Its names and behaviour are Pyodide's. */

import type { Bridge } from "./bridge/bridge.js";
import { bytesOf, PyBufferView } from "./bridge/buffer.js";
import { type ToPyOptions, toPython } from "./bridge/deep.js";
import { PythonError } from "./bridge/errors.js";
import { isPyProxy, type PyProxy } from "./bridge/pyproxy.js";
import { proxyClasses } from "./bridge/pyproxy_methods.js";
import type { EmscriptenModule, FileSystem } from "./emscripten.js";
import { mountNodeFS } from "./filesystem.js";
import type { Interpreter } from "./interpreter.js";
import { mountNativeFS, type NativeFS } from "./nativefs.js";
import { type LoadPackageOptions, type Lockfile, type PackageData, type PackageHelpers, Packages } from "./packages.js";
import { schedule, unschedule } from "./schedule.js";
import type { StdinOptions, StdoutOptions, Streams } from "./streams.js";
import { abiVersion, version } from "./version.js";

export interface RunOptions {
  /** A Python dict to use as globals; pyodide.globals by default. */
  globals?: PyProxy;
  locals?: PyProxy;
  /** The file name in tracebacks, which then show lines of the code. */
  filename?: string;
  /** Whether leading white space that all lines share is taken away first; true by default. */
  dedent?: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: the value of any Python expression
type Value = any;

const ffi = { ...proxyClasses, PyBufferView, PythonError };

/** What loadTerrarium's options say about the API. */
export interface ApiOptions {
  commandLine: boolean;
  lockfile: Promise<Lockfile>;
  packageBaseUrl: string;
}

export class TerrariumAPI {
  readonly version = version;
  readonly ffi = ffi;
  readonly FS: FileSystem;
  readonly PATH: unknown;
  readonly ERRNO_CODES: Record<string, number>;
  /** The globals that code runs in: those of Python's `__main__`. */
  readonly globals: PyProxy;
  /** Python's package `pyodide`. */
  readonly pyodide_py: PyProxy;
  /** @private Emscripten's module. */
  readonly _module: EmscriptenModule;
  readonly #bridge: Bridge;
  readonly #streams: Streams;
  readonly #packages: Packages;
  readonly #evalCode: PyProxy;
  readonly #evalCodeAsync: PyProxy;

  constructor({ bridge, module, streams }: Interpreter, options: ApiOptions) {
    this.#bridge = bridge;
    this.#streams = streams;
    this._module = module;
    this.FS = module.FS;
    this.PATH = module.PATH;
    this.ERRNO_CODES = module.ERRNO_CODES;
    this.#bindMethods();
    bridge.runtime = { version, abiVersion, schedule, unschedule, api: this, flush: () => streams.flush() };
    this.#helper("_terrarium.boot", options.commandLine ? "start_command_line" : "start");
    this.#evalCode = this.#import("_terrarium.code", "eval_code");
    this.#evalCodeAsync = this.#import("_terrarium.code", "eval_code_async");
    this.pyodide_py = this.#import("pyodide");
    this.globals = this.#import("__main__", "__dict__");
    const name = "_terrarium.packages";
    const helpers: PackageHelpers = {
      checkTags: (file) => this.#helper(name, "check_tags", file, abiVersion),
      install: (...args) => this.#list(name, "install", ...args),
      keep: () => this.#helper(name, "keep"),
      rollBack: () => this.#list(name, "roll_back"),
      missingImports: (code) => this.#list(name, "missing_imports", code),
    };
    this.#packages = new Packages(module, helpers, options.lockfile, options.packageBaseUrl);
  }

  /** So that `const { runPython } = py` works, and `from pyodide_js import loadPackage`. */
  #bindMethods(): void {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(TerrariumAPI.prototype))) {
      if (typeof value === "function" && name !== "constructor") {
        Object.defineProperty(this, name, { value: value.bind(this), configurable: true, writable: true });
      }
    }
  }

  #import(module: string, attribute?: string): PyProxy {
    return this.#bridge.value(this.#bridge.core.terra_import(module, attribute)) as PyProxy;
  }

  /**
   * Runs Python code, and gives the value of its last statement if that is an expression without a semicolon after it.
   *
   * @throws PythonError
   */
  runPython(code: string, options: RunOptions = {}): Value {
    const { globals = this.globals, ...rest } = options;
    return this.#evalCode(code, globals, rest);
  }

  /** As runPython, and the code may use `await` at its top level. */
  async runPythonAsync(code: string, options: RunOptions = {}): Promise<Value> {
    const { globals = this.globals, ...rest } = options;
    return await this.#evalCodeAsync(code, globals, rest);
  }

  /** Imports a Python module, or with a dot in the name, what the module before the last dot has of that name. */
  pyimport(name: string): Value {
    const dot = name.lastIndexOf(".");
    if (dot < 0) {
      return this.#import(name);
    }
    const helper = this.#import("_terrarium.code", "import_from");
    try {
      return helper(name.slice(0, dot), name.slice(dot + 1));
    } finally {
      helper.destroy();
    }
  }

  /** Converts in depth: arrays to lists, plain objects and maps to dicts, sets to sets. Gives a PyProxy of it. */
  toPy(value: unknown, options: ToPyOptions = {}): Value {
    if (value === null || (typeof value !== "object" && typeof value !== "function") || isPyProxy(value)) {
      return value;
    }
    const { core } = this.#bridge;
    return this.#bridge.value(core.terra_take_to_js(toPython(this.#bridge, value, options)));
  }

  isPyProxy(value: unknown): boolean {
    return isPyProxy(value);
  }

  /** Makes `module` importable in Python under `name`; its properties that are objects are submodules. */
  registerJsModule(name: string, module: object): void {
    this.#helper("_terrarium.importhook", "register_js_module", name, module);
  }

  unregisterJsModule(name: string): void {
    this.#helper("_terrarium.importhook", "unregister_js_module", name);
  }

  #helper(module: string, name: string, ...args: unknown[]): Value {
    const helper = this.#import(module, name);
    try {
      return helper(...args);
    } finally {
      helper.destroy();
    }
  }

  /** Calls a Python function that gives a list. */
  #list(module: string, name: string, ...args: unknown[]): string[] {
    const list = this.#helper(module, name, ...args) as PyProxy;
    try {
      return list.toJs();
    } finally {
      list.destroy();
    }
  }

  /** What is loaded: the package's name, and where it came from. */
  get loadedPackages(): Record<string, string> {
    return this.#packages.loaded;
  }

  /** pyodide-lock.json; undefined if it could not be had. */
  get lockfile(): Lockfile | undefined {
    return this.#packages.lockfile;
  }

  /** What file names in the lock file are relative to. */
  get lockfileBaseUrl(): string {
    return this.#packages.baseUrl;
  }

  /**
   * Loads packages of pyodide-lock.json with all that they need, and wheels.
   *
   * @param names a name, the address of a wheel, or an array of those
   * @returns what was loaded
   */
  async loadPackage(names: string | string[] | PyProxy, options: LoadPackageOptions = {}): Promise<PackageData[]> {
    const list = isPyProxy(names) ? (names.toJs() as string[]) : names;
    return this.#packages.load(typeof list === "string" ? [list] : Array.from(list), options);
  }

  /** Loads the packages that have the modules that the code imports, as far as the lock file knows them. */
  async loadPackagesFromImports(code: string, options: LoadPackageOptions = {}): Promise<PackageData[]> {
    return this.#packages.loadImports(code, options);
  }

  setStdin(options?: StdinOptions): void {
    this.#streams.setStdin(options);
  }

  setStdout(options?: StdoutOptions): void {
    this.#streams.setStdout(options);
  }

  setStderr(options?: StdoutOptions): void {
    this.#streams.setStderr(options);
  }

  /** Mounts a folder of the host at an absolute path of Python's file system. In Node only. */
  mountNodeFS(emscriptenPath: string, hostPath: string): void {
    mountNodeFS(this._module, emscriptenPath, hostPath);
  }

  /**
   * Mounts a folder of the File System API at an absolute path of Python's file system.
   *
   * Python gets a copy of its files. What Python changes reaches the folder at the next syncfs() of the result; what
   * others change there reaches Python at the next `FS.syncfs(true, …)`.
   *
   * @param path where Python sees it; made if it is not there, else it must be an empty folder
   * @param fileSystemHandle what showDirectoryPicker({ mode: "readwrite" }) or navigator.storage.getDirectory() give
   */
  mountNativeFS(path: string, fileSystemHandle: FileSystemDirectoryHandle): Promise<NativeFS> {
    return mountNativeFS(this._module, path, fileSystemHandle);
  }

  /**
   * Unpacks an archive.
   *
   * @param buffer the bytes of the archive
   * @param format "zip", "wheel", "tar", "gztar", "bztar", "xztar" or "zstdtar", or a file name's ending such as ".tar.gz"
   * @param options.extractDir the folder to unpack into; the current one by default
   * @throws PythonError when the archive has a file that would be outside of that folder; nothing is unpacked then
   */
  unpackArchive(buffer: ArrayBuffer | ArrayBufferView, format: string, options: { extractDir?: string } = {}): void {
    // Not `instanceof`: the buffer can be of another frame, or of a test runner's own realm.
    if (!ArrayBuffer.isView(buffer) && Object.prototype.toString.call(buffer) !== "[object ArrayBuffer]") {
      throw new TypeError("Expected argument 'buffer' to be an ArrayBuffer or an ArrayBuffer view");
    }
    this.#helper("_terrarium.archives", "unpack", bytesOf(buffer), format, options.extractDir);
  }

  /** Writing a signal's number (2 interrupts) into the first item of `buffer`, which can be shared, sends it to Python. */
  setInterruptBuffer(buffer?: ArrayLike<number>): void {
    const { module } = this.#bridge;
    if (buffer) {
      module.Py_EmscriptenSignalBuffer = buffer;
    } else {
      delete module.Py_EmscriptenSignalBuffer;
    }
    module.HEAP8[module._Py_EMSCRIPTEN_SIGNAL_HANDLING] = buffer ? 1 : 0;
  }

  /** @private Runs what the command line says, ends Python, and gives its exit status. */
  _runMain(): number {
    try {
      return this.#bridge.core.terra_run_command_line();
    } finally {
      this.#streams.flush();
      this.#bridge.markGone({ name: "ExitStatus", status: 0 });
    }
  }

  /** Throws a KeyboardInterrupt, or what else the signal handler raises, if the interrupt buffer asks for it. */
  checkInterrupt(): void {
    const { core } = this.#bridge;
    this.#bridge.count(core.terra_check_signals());
  }
}
