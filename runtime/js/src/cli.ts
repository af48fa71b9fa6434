/**
 * cli.mjs: the `python` command in Node.
 *
 * Python runs in a worker, so that the main thread can hear Ctrl-C while it is busy. The host's file system is visible at
 * its own paths, but for the folders that are Python's own: /lib, /usr/lib, /dev and /proc.
 */

import * as fs from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import type { FileSystem } from "./emscripten.js";
import type * as Terrarium from "./index.js";

/** What the two threads share, as Int32Array items; the input's bytes follow. */
const Shared = {
  /** The signal for Python, as setInterruptBuffer() wants it. */
  signal: 0,
  /** What the worker waits for: see Input. */
  input: 1,
  /** How many bytes of input there are. */
  count: 2,
  header: 4,
} as const;

const Input = { idle: 0, wanted: 1, ready: 2, interrupted: 3 } as const;

const SIGINT = 2;
const INPUT_SIZE = 1 << 16;

/** The worker's stack, and what of its own Python may use then: see runtime/core/recursion.h. */
const STACK_SIZE_MB = 4;
const STACK_LIMIT = 3.4 * 2 ** 20;

/** Folders that Python has of its own, where the host's cannot be. Shared libraries of packages are put into /usr/lib. */
const OWN_FOLDERS = ["/lib", "/usr/lib", "/dev", "/proc"];

interface WorkerData {
  buffer: SharedArrayBuffer;
  args: string[];
}

// -- the main thread --

function runMain(): void {
  const buffer = new SharedArrayBuffer(4 * Shared.header + INPUT_SIZE);
  const state = new Int32Array(buffer);
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { buffer, args: process.argv.slice(2) } satisfies WorkerData,
    // Python's recursion needs room.
    resourceLimits: { stackSizeMb: STACK_SIZE_MB, maxOldGenerationSizeMb: 4096 },
  });
  worker.on("message", () => readTerminal(buffer));
  worker.on("error", (error) => {
    console.error(error);
    process.exit(1);
  });
  worker.on("exit", (code) => process.exit(code));
  process.on("SIGINT", () => {
    if (state[Shared.signal] === SIGINT) {
      // The last one is still there: Python is in code that does not look.
      process.exit(130);
    }
    state[Shared.signal] = SIGINT;
    if (Atomics.compareExchange(state, Shared.input, Input.wanted, Input.interrupted) === Input.wanted) {
      Atomics.notify(state, Shared.input);
    }
  });
}

/** What was typed, and not yet asked for. */
let typed: Uint8Array = new Uint8Array(0);
let reading = false;

/** Gives a line of the terminal to the worker. */
function readTerminal(buffer: SharedArrayBuffer): void {
  if (reading) {
    // A read that was interrupted goes on, and serves this request.
    return;
  }
  reading = true;
  const chunk = new Uint8Array(INPUT_SIZE);
  fs.read(0, chunk, 0, chunk.length, null, (error, count) => {
    reading = false;
    typed = error ? new Uint8Array(0) : chunk.subarray(0, count);
    deliver(buffer);
  });
}

function deliver(buffer: SharedArrayBuffer): void {
  const state = new Int32Array(buffer);
  new Uint8Array(buffer, 4 * Shared.header).set(typed);
  state[Shared.count] = typed.length;
  if (Atomics.compareExchange(state, Shared.input, Input.wanted, Input.ready) === Input.wanted) {
    Atomics.notify(state, Shared.input);
  }
}

// -- the worker --

class Interrupted extends Error {
  readonly code = "EINTR";
}

/** Reads from the terminal by way of the main thread, until it has a line or Ctrl-C was pressed. */
function terminalReader(buffer: SharedArrayBuffer, ask: () => void): (to: Uint8Array) => number {
  const state = new Int32Array(buffer);
  const bytes = new Uint8Array(buffer, 4 * Shared.header);
  let rest = new Uint8Array(0);
  return (to) => {
    if (rest.length === 0) {
      Atomics.store(state, Shared.input, Input.wanted);
      ask();
      Atomics.wait(state, Shared.input, Input.wanted);
      if (Atomics.exchange(state, Shared.input, Input.idle) === Input.interrupted) {
        throw new Interrupted("interrupted");
      }
      rest = bytes.slice(0, state[Shared.count]);
    }
    const count = Math.min(rest.length, to.length);
    to.set(rest.subarray(0, count));
    rest = rest.subarray(count);
    return count;
  };
}

function mount(FS: FileSystem, folder: string): void {
  try {
    FS.mkdirTree(folder);
    FS.mount(FS.filesystems.NODEFS, { root: folder }, folder);
  } catch {
    // A folder that cannot be seen is as if it were not there.
  }
}

/** Shows what is in a folder of the host, but for Python's own folders. */
function mountEntries(FS: FileSystem, folder: string): void {
  for (const entry of fs.readdirSync(folder || "/", { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (OWN_FOLDERS.includes(path)) {
      continue;
    }
    if (entry.isSymbolicLink()) {
      FS.symlink(fs.readlinkSync(path), path);
    } else if (OWN_FOLDERS.some((own) => own.startsWith(`${path}/`))) {
      FS.mkdirTree(path);
      mountEntries(FS, path);
    } else if (entry.isDirectory()) {
      mount(FS, path);
    }
  }
}

/** Shows the host's folders at their own paths; of what is in Python's own folders only those that are asked for. */
function mountHost(FS: FileSystem, wanted: string[]): void {
  mountEntries(FS, "");
  for (const folder of wanted) {
    const isOwn = OWN_FOLDERS.some((own) => folder === own || folder.startsWith(`${own}/`));
    if (isOwn && !FS.analyzePath(folder).exists && fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      mount(FS, folder);
    }
  }
}

/** What the command line finds in the environment. Python itself reads the variables that are for it, PYTHONPATH and so on. */
function environment(): Record<string, string> {
  // Python's own editor of lines needs more of a terminal than there is.
  const env: Record<string, string> = { HOME: "/", PYTHON_BASIC_REPL: "1" };
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) {
      env[name] = value;
    }
  }
  return env;
}

async function runWorker({ buffer, args }: WorkerData): Promise<number> {
  const { loadTerrarium } = (await import(new URL("./pyodide.mjs", import.meta.url).href)) as typeof Terrarium;
  const { parentPort } = await import("node:worker_threads");
  const state = new Int32Array(buffer);
  try {
    const env = environment();
    const current = process.cwd();
    const path = env.PYTHONPATH?.split(":") ?? [];
    const python = await loadTerrarium({
      args,
      env,
      fsInit(FS) {
        mountHost(FS, [current, ...path.map((folder) => resolve(folder))]);
        FS.chdir(current);
      },
      _sysExecutable: fileURLToPath(import.meta.url),
      _commandLine: true,
      _stackLimit: STACK_LIMIT,
    });
    if ((await import("node:tty")).isatty(0)) {
      python.setStdin({ read: terminalReader(buffer, () => parentPort?.postMessage("read")), isatty: true });
    }
    python.setInterruptBuffer(state.subarray(Shared.signal, Shared.signal + 1));
    return python._runMain();
  } catch (error) {
    const { exitCode } = error as { exitCode?: number };
    if (exitCode === undefined) {
      console.error(error);
    }
    return exitCode ?? 1;
  }
}

if (isMainThread) {
  runMain();
} else {
  const code = await runWorker(workerData as WorkerData);
  // process.exit() of a worker ends the worker.
  process.exit(code);
}
