/** The parts of Emscripten's module that the runtime uses. */

import type { CoreExports } from "./bridge/exports.js";

export interface FsStream {
  fd: number;
  tty?: unknown;
  seekable?: boolean;
  node: { rdev: number };
}

export interface FsNode {
  mount: FsMount;
}

export interface FsMount {
  mountpoint: string;
  opts: Record<string, unknown>;
}

export interface FsStat {
  mode: number;
  size: number;
  mtime: Date;
}

/** What a type of file system can do with a file or folder. */
export interface NodeOps {
  mknod(parent: FsNode, name: string, mode: number, device: number): FsNode;
  getattr(node: FsNode): FsStat;
  setattr(node: FsNode, attributes: { mode?: number }): void;
}

export interface StreamOps {
  open?(stream: FsStream): void;
  close?(stream: FsStream): void;
  fsync?(stream: FsStream): void;
  read?(stream: FsStream, buffer: Int8Array, offset: number, length: number, position?: number): number;
  write?(stream: FsStream, buffer: Int8Array, offset: number, length: number, position?: number): number;
}

export interface FileSystem {
  mkdir(path: string, mode?: number): unknown;
  mkdirTree(path: string, mode?: number): unknown;
  writeFile(path: string, data: string | Uint8Array, options?: { canOwn?: boolean }): void;
  readFile(path: string): Uint8Array;
  readdir(path: string): string[];
  rmdir(path: string): void;
  unlink(path: string): void;
  utime(path: string, atime: number, mtime: number): void;
  symlink(target: string, path: string): void;
  chdir(path: string): void;
  cwd(): string;
  analyzePath(path: string): { exists: boolean };
  stat(path: string): FsStat;
  lstat(path: string): FsStat;
  isDir(mode: number): boolean;
  isFile(mode: number): boolean;
  mount(type: unknown, options: object, path: string): FsNode;
  unmount(path: string): void;
  lookupPath(path: string, options?: { follow_mount?: boolean }): { node: FsNode };
  isMountpoint(node: FsNode): boolean;
  makedev(major: number, minor: number): number;
  mkdev(path: string, mode: number, device: number): unknown;
  registerDevice(device: number, operations: StreamOps): void;
  open(path: string, flags: number | string, mode?: number): FsStream;
  filesystems: Record<string, unknown>;
  ErrnoError: new (errno: number) => Error & { errno: number };
  [name: string]: unknown;
}

export interface EmscriptenModule {
  FS: FileSystem;
  GOT: Record<string, WebAssembly.Global & { required?: boolean }>;
  PATH: unknown;
  ENV: Record<string, string>;
  ERRNO_CODES: Record<string, number>;
  HEAP8: Int8Array;
  HEAPU8: Uint8Array;
  HEAPU16: Uint16Array;
  HEAP32: Int32Array;
  HEAPU32: Uint32Array;
  wasmMemory: WebAssembly.Memory;
  UTF8ToString(pointer: number): string;
  stackSave(): number;
  stackRestore(pointer: number): void;
  stringToNewUTF8(text: string): number;
  loadDynamicLibrary(path: string, flags: object, localScope: object | null): Promise<unknown> | unknown;
  _malloc(size: number): number;
  _free(pointer: number): void;
  _Py_EMSCRIPTEN_SIGNAL_HANDLING: number;
  Py_EmscriptenSignalBuffer?: ArrayLike<number>;
  [name: string]: unknown;
}

/** What `createModule` of pyodide.asm.mjs takes. */
export interface ModuleArguments {
  noInitialRun: boolean;
  noFSInit: boolean;
  noExitRuntime: boolean;
  locateFile(name: string): string;
  print(text: string): void;
  printErr(text: string): void;
  preRun: ((module: EmscriptenModule) => void)[];
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
  thisProgram?: string;
}

export type CreateModule = (settings: ModuleArguments) => Promise<EmscriptenModule>;

/** The exports of the WebAssembly instance: the runtime's own, and all of C Python's. */
export type RawExports = CoreExports & Record<string, (...args: unknown[]) => unknown>;
