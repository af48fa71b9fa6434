/** The public interface of pyodide.mjs and pyodide.js: Pyodide's, under Terrarium's name too. */

// biome-ignore lint/suspicious/noExplicitAny: Python's values have no type that TypeScript could know
type Any = any;

/** A Python object in JavaScript: its attributes are the object's. Call destroy() when done with it. */
export interface PyProxy {
  (...args: unknown[]): Any;
  [attribute: PropertyKey]: Any;
}

type ProxyClass = { new (): PyProxy; prototype: PyProxy };

/** A Python exception in JavaScript. Its message is the formatted traceback. */
export declare class PythonError extends Error {
  /** The name of the exception's class, such as "ZeroDivisionError". */
  readonly type: string;
}

/** What getBuffer() of a proxy gives: a window on Python's memory. Call release() when done with it. */
export declare class PyBufferView {
  /** The memory. It moves when WebAssembly's memory grows: get a new view after running Python. */
  readonly data: ArrayBufferView;
  /** Where the first item is in `data`, and how to go from there, in items. */
  readonly offset: number;
  readonly readonly: boolean;
  readonly format: string;
  readonly itemsize: number;
  readonly ndim: number;
  readonly nbytes: number;
  readonly shape: number[];
  readonly strides: number[];
  readonly c_contiguous: boolean;
  readonly f_contiguous: boolean;
  private constructor();
  /** Lets Python free or resize the buffer again. */
  release(): void;
}

/** What mountNativeFS gives. */
export interface NativeFS {
  /** Writes what Python has changed into the folder, and deletes there what Python has deleted. */
  syncfs(): Promise<void>;
}

export interface RunOptions {
  /** A Python dict to use as globals; pyodide.globals by default. */
  globals?: PyProxy;
  locals?: PyProxy;
  /** The file name in tracebacks, which then show lines of the code. */
  filename?: string;
  /** Whether leading white space that all lines share is taken away first; true by default. */
  dedent?: boolean;
}

/** What setStdin takes: `stdin`, `read` or `error`; nothing restores the default. */
export interface StdinOptions {
  stdin?: (() => string | ArrayBuffer | ArrayBufferView | number | null | undefined) | undefined;
  read?: (buffer: Uint8Array) => number;
  error?: boolean;
  isatty?: boolean;
  autoEOF?: boolean;
}

/** What setStdout and setStderr take: `batched`, `raw` or `write`; nothing restores the default. */
export interface StdoutOptions {
  batched?: (output: string) => void;
  raw?: (byte: number) => void;
  write?: (buffer: Uint8Array) => number;
  fsync?: () => void;
  isatty?: boolean;
  getTerminalSize?: () => { rows: number; columns: number } | undefined;
}

export interface LoadPackageOptions {
  messageCallback?: (message: string) => void;
  errorCallback?: (message: string) => void;
  /** Whether the SHA-256 of the lock file is looked at; true by default. */
  checkIntegrity?: boolean;
}

export interface PackageData {
  name: string;
  version: string;
  fileName: string;
  packageType: string;
}

/** A file that takes a package's place in engines that have a feature of WebAssembly. */
export interface LockfileVariant {
  /** As WebAssembly's proposals are called: `relaxed-simd`. */
  feature: string;
  file_name: string;
  sha256: string;
}

export interface LockfilePackage {
  name: string;
  version: string;
  file_name: string;
  install_dir: string;
  sha256: string;
  package_type: string;
  imports: string[];
  depends: string[];
  variants?: LockfileVariant[];
}

export interface LockfileInfo {
  abi_version: string;
  arch: string;
  platform: string;
  python: string;
}

/** pyodide-lock.json. */
export interface Lockfile {
  info: LockfileInfo;
  packages: Record<string, LockfilePackage>;
}

export interface ToPyOptions {
  depth?: number;
  defaultConverter?: (
    value: unknown,
    convert: (value: unknown) => unknown,
    cache: (input: unknown, output: unknown) => void,
  ) => unknown;
}

/** Emscripten's file system; its documentation says what there is. */
export interface FileSystem {
  mkdir(path: string, mode?: number): unknown;
  mkdirTree(path: string, mode?: number): unknown;
  writeFile(path: string, data: string | Uint8Array): void;
  readFile(path: string): Uint8Array;
  readdir(path: string): string[];
  unlink(path: string): void;
  mount(type: unknown, options: object, path: string): unknown;
  filesystems: Record<string, unknown>;
  [name: string]: Any;
}

/** What loadTerrarium gives. */
export interface TerrariumAPI {
  readonly version: string;
  readonly FS: FileSystem;
  readonly PATH: unknown;
  readonly ERRNO_CODES: Record<string, number>;
  /** The globals that code runs in: those of Python's `__main__`. */
  readonly globals: PyProxy;
  /** Python's package `pyodide`. */
  readonly pyodide_py: PyProxy;
  readonly loadedPackages: Record<string, string>;
  /** pyodide-lock.json; undefined if it could not be had. */
  readonly lockfile: Lockfile | undefined;
  readonly lockfileBaseUrl: string;
  /** Classes for `instanceof`. */
  readonly ffi: {
    PythonError: typeof PythonError;
    PyProxy: ProxyClass;
    PyProxyWithLength: ProxyClass;
    PyProxyWithGet: ProxyClass;
    PyProxyWithSet: ProxyClass;
    PyProxyWithHas: ProxyClass;
    PyDict: ProxyClass;
    PyIterable: ProxyClass;
    PyAsyncIterable: ProxyClass;
    PyIterator: ProxyClass;
    PyAsyncIterator: ProxyClass;
    PyGenerator: ProxyClass;
    PyAsyncGenerator: ProxyClass;
    PyAwaitable: ProxyClass;
    PyCallable: ProxyClass;
    PyBuffer: ProxyClass;
    PyBufferView: typeof PyBufferView;
    PySequence: ProxyClass;
    PyMutableSequence: ProxyClass;
  };
  /** Runs code, and gives the value of its last statement if that is an expression without a semicolon after it. */
  runPython(code: string, options?: RunOptions): Any;
  /** As runPython, and the code may use `await` at its top level. */
  runPythonAsync(code: string, options?: RunOptions): Promise<Any>;
  pyimport(name: string): Any;
  toPy(value: unknown, options?: ToPyOptions): Any;
  isPyProxy(value: unknown): boolean;
  registerJsModule(name: string, module: object): void;
  unregisterJsModule(name: string): void;
  loadPackage(names: string | string[] | PyProxy, options?: LoadPackageOptions): Promise<PackageData[]>;
  loadPackagesFromImports(code: string, options?: LoadPackageOptions): Promise<PackageData[]>;
  setStdin(options?: StdinOptions): void;
  setStdout(options?: StdoutOptions): void;
  setStderr(options?: StdoutOptions): void;
  /** Mounts a folder of the host. In Node only. */
  mountNodeFS(emscriptenPath: string, hostPath: string): void;
  /** Mounts a folder of the File System API. Python gets a copy of its files. */
  mountNativeFS(path: string, fileSystemHandle: FileSystemDirectoryHandle): Promise<NativeFS>;
  unpackArchive(buffer: ArrayBuffer | ArrayBufferView, format: string, options?: { extractDir?: string }): void;
  /** Writing a signal's number (2 interrupts) into the first item of `buffer`, which can be shared, sends it to Python. */
  setInterruptBuffer(buffer?: ArrayLike<number>): void;
  checkInterrupt(): void;
}

export type PyodideAPI = TerrariumAPI;
export type PyodideInterface = TerrariumAPI;

/** The options of loadTerrarium. All have defaults. */
export interface TerrariumConfig {
  /** Where the files of the release are: a URL, or in Node a path. By default, where this script came from. */
  indexURL?: string;
  stdLibURL?: string;
  lockFileURL?: string;
  /** The lock file itself, in place of lockFileURL. */
  lockFileContents?: string | Lockfile | Promise<string | Lockfile>;
  packageBaseUrl?: string;
  /** Packages to load before the promise is fulfilled. */
  packages?: string[];
  stdin?: () => string | null | undefined;
  stdout?: (line: string) => void;
  stderr?: (line: string) => void;
  /** What Python's module `js` stands for: globalThis by default. */
  jsglobals?: object;
  /** Python's command line options. */
  args?: string[];
  /** Python's environment variables. HOME is also the folder that Python starts in. */
  env?: Record<string, string>;
  fullStdLib?: boolean;
  fsInit?: (FS: FileSystem, info: { sitePackages: string }) => Promise<void> | void;
  pyproxyToStringRepr?: boolean;
  convertNullToNone?: boolean;
  /** The default export of pyodide.asm.mjs, where import() is not allowed, as in service workers. */
  createPyodideModule?: (settings: Any) => Promise<Any>;
}

export type PyodideConfig = TerrariumConfig;

/** Loads Python. */
export declare function loadTerrarium(config?: TerrariumConfig): Promise<TerrariumAPI>;
export declare const loadPyodide: typeof loadTerrarium;
export declare const version: string;
export declare const abiVersion: string;
