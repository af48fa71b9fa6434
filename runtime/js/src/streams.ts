/** Python's standard input, output and error: devices of the file system, whose handlers the embedder can set. */

import type { EmscriptenModule, FsStream, StreamOps } from "./emscripten.js";
import { inNode, nodeModule } from "./environment.js";

export interface TerminalSize {
  rows: number;
  columns: number;
}

/** What setStdin takes: `stdin`, `read` or `error`; nothing restores the default. */
export interface StdinOptions {
  /** Gives a line, bytes, a byte, or null or undefined at the end of the input. */
  stdin?: (() => string | ArrayBuffer | ArrayBufferView | number | null | undefined) | undefined;
  /** Fills the array, and gives how many bytes it wrote; 0 at the end. */
  read?: (buffer: Uint8Array) => number;
  /** Whether reading is an error: an OSError. */
  error?: boolean;
  isatty?: boolean;
  /** Whether a read ends after each string that `stdin` gives, as at a terminal. True by default. */
  autoEOF?: boolean;
}

/** What setStdout and setStderr take: `batched`, `raw` or `write`; nothing restores the default. */
export interface StdoutOptions {
  /** Gets each line, without its end. What follows the last line waits for its end, or for the end of the run. */
  batched?: (output: string) => void;
  /** Gets each byte. */
  raw?: (byte: number) => void;
  /** Gets the bytes as they come, and gives how many of them it took. */
  write?: (buffer: Uint8Array) => number;
  fsync?: () => void;
  isatty?: boolean;
  getTerminalSize?: () => TerminalSize | undefined;
}

interface Device {
  isatty: boolean;
  getTerminalSize?: (() => TerminalSize | undefined) | undefined;
  read(buffer: Uint8Array): number;
  write(buffer: Uint8Array): number;
  fsync(): void;
}

const encoder = new TextEncoder();

class Reader implements Pick<Device, "read"> {
  private rest = new Uint8Array(0);
  private ended = false;

  constructor(
    private readonly next: NonNullable<StdinOptions["stdin"]>,
    private readonly autoEOF: boolean,
  ) {}

  read(buffer: Uint8Array): number {
    let written = 0;
    while (written < buffer.length) {
      if (this.rest.length === 0 && !this.refill(written)) {
        break;
      }
      const count = Math.min(this.rest.length, buffer.length - written);
      buffer.set(this.rest.subarray(0, count), written);
      this.rest = this.rest.subarray(count);
      written += count;
    }
    return written;
  }

  /** Asks for more input. False when what there is has to do. */
  private refill(written: number): boolean {
    if (this.ended) {
      this.ended = false;
      return false;
    }
    if (this.autoEOF && written > 0) {
      return false;
    }
    const input = this.next();
    if (input === null || input === undefined) {
      return false;
    }
    this.rest = inputBytes(input);
    return this.rest.length > 0;
  }
}

function inputBytes(input: string | ArrayBuffer | ArrayBufferView | number): Uint8Array<ArrayBuffer> {
  if (typeof input === "string") {
    return encoder.encode(input.endsWith("\n") ? input : `${input}\n`);
  }
  if (typeof input === "number") {
    return Uint8Array.of(input);
  }
  if (ArrayBuffer.isView(input)) {
    return new Uint8Array(input.buffer as ArrayBuffer, input.byteOffset, input.byteLength);
  }
  if (input instanceof ArrayBuffer) {
    return new Uint8Array(input);
  }
  throw new TypeError("A stdin handler must return a string, a buffer, a byte, null or undefined");
}

/** Collects bytes into lines of text. */
class LineWriter {
  private decoder = new TextDecoder("utf-8");
  private line = "";

  constructor(private readonly handler: (line: string) => void) {}

  write(buffer: Uint8Array): number {
    const text = this.line + this.decoder.decode(buffer.slice(), { stream: true });
    const lines = text.split("\n");
    this.line = lines.pop() as string;
    for (const line of lines) {
      this.handler(line);
    }
    return buffer.length;
  }

  /** Gives away what has no end yet. */
  flush(): void {
    const rest = this.line + this.decoder.decode();
    this.line = "";
    if (rest !== "") {
      this.handler(rest);
    }
  }
}

/** Node's modules for its own streams, fetched once before Python starts. */
interface NodeStreams {
  fs: typeof import("node:fs");
  tty: typeof import("node:tty");
}

const NO_INPUT: Device = { isatty: false, read: () => 0, write: () => 0, fsync: () => {} };

export class Streams {
  private readonly devices: [Device, Device, Device] = [NO_INPUT, NO_INPUT, NO_INPUT];
  private writers: LineWriter[] = [];

  private constructor(
    private readonly module: EmscriptenModule,
    private readonly node: NodeStreams | undefined,
  ) {}

  static async nodeStreams(): Promise<NodeStreams | undefined> {
    if (!inNode) {
      return undefined;
    }
    const [fs, tty] = await Promise.all([
      nodeModule<typeof import("node:fs")>("fs"),
      nodeModule<typeof import("node:tty")>("tty"),
    ]);
    return { fs, tty };
  }

  /** Makes the devices, opens them as file descriptors 0, 1 and 2, and gives them their default handlers. */
  static install(module: EmscriptenModule, node: NodeStreams | undefined): Streams {
    const streams = new Streams(module, node);
    const { FS } = module;
    ["stdin", "stdout", "stderr"].forEach((name, fd) => {
      const device = FS.makedev(3, fd);
      FS.registerDevice(device, streams.operations(fd));
      const path = `/dev/${name}`;
      if (FS.analyzePath(path).exists) {
        FS.unlink(path);
      }
      FS.mkdev(path, fd === 0 ? 0o444 : 0o222, device);
      const opened = FS.open(path, fd === 0 ? 0 : 1);
      if (opened.fd !== fd) {
        throw new Error(`/dev/${name} was opened as file descriptor ${opened.fd}, not ${fd}`);
      }
    });
    streams.setStdin();
    streams.setStdout();
    streams.setStderr();
    return streams;
  }

  setStdin(options: StdinOptions = {}): void {
    const isatty = options.isatty ?? false;
    if (options.error) {
      this.devices[0] = {
        ...NO_INPUT,
        read: () => {
          throw this.errno("EIO");
        },
      };
    } else if (options.read) {
      this.devices[0] = { ...NO_INPUT, isatty, read: options.read };
    } else if (options.stdin) {
      const reader = new Reader(options.stdin, options.autoEOF ?? true);
      this.devices[0] = { ...NO_INPUT, isatty, read: (buffer) => reader.read(buffer) };
    } else {
      this.devices[0] = this.defaultInput();
    }
  }

  setStdout(options: StdoutOptions = {}): void {
    this.devices[1] = this.output(1, options);
  }

  setStderr(options: StdoutOptions = {}): void {
    this.devices[2] = this.output(2, options);
  }

  /** Gives the handlers what has no line end yet. */
  flush(): void {
    for (const writer of this.writers) {
      writer?.flush();
    }
  }

  private output(fd: 1 | 2, options: StdoutOptions): Device {
    const { getTerminalSize } = options;
    const common = { ...NO_INPUT, isatty: options.isatty ?? false, getTerminalSize };
    delete this.writers[fd];
    if (options.write) {
      return { ...common, write: options.write, fsync: options.fsync ?? (() => {}) };
    }
    if (options.raw) {
      const { raw } = options;
      const write = (buffer: Uint8Array): number => {
        for (const byte of buffer) {
          raw(byte);
        }
        return buffer.length;
      };
      return { ...common, write };
    }
    if (options.batched) {
      return { ...common, ...this.lines(fd, options.batched) };
    }
    return this.defaultOutput(fd);
  }

  private lines(fd: 1 | 2, handler: (line: string) => void): Pick<Device, "write" | "fsync"> {
    const writer = new LineWriter(handler);
    this.writers[fd] = writer;
    return { write: (buffer) => writer.write(buffer), fsync: () => writer.flush() };
  }

  private defaultInput(): Device {
    if (this.node) {
      const { fs, tty } = this.node;
      const read = (buffer: Uint8Array): number => this.retry(() => fs.readSync(0, buffer));
      return { ...NO_INPUT, isatty: tty.isatty(0), read };
    }
    if (typeof prompt === "function") {
      const reader = new Reader(() => prompt(), true);
      return { ...NO_INPUT, read: (buffer) => reader.read(buffer) };
    }
    return NO_INPUT;
  }

  private defaultOutput(fd: 1 | 2): Device {
    if (this.node) {
      const { fs, tty } = this.node;
      const write = (buffer: Uint8Array): number => this.retry(() => fs.writeSync(fd, buffer));
      const getTerminalSize = (): TerminalSize | undefined => {
        const size = new tty.WriteStream(fd).getWindowSize();
        return { columns: size[0], rows: size[1] };
      };
      return { ...NO_INPUT, isatty: tty.isatty(fd), getTerminalSize, write };
    }
    const log = fd === 1 ? console.log : console.warn;
    return { ...NO_INPUT, ...this.lines(fd, (line) => log(line)) };
  }

  /** Runs a call of Node's, again while a pipe that doesn't block isn't ready; its errors become C's. */
  private retry(call: () => number): number {
    for (;;) {
      try {
        return call();
      } catch (error) {
        const { code } = error as { code?: string };
        if (code === "EOF") {
          return 0;
        }
        if (code !== "EAGAIN") {
          throw this.errno(code ?? "EIO");
        }
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      }
    }
  }

  private errno(name: string): Error {
    const { FS, ERRNO_CODES } = this.module;
    return new FS.ErrnoError(ERRNO_CODES[name] ?? (ERRNO_CODES.EIO as number));
  }

  private operations(fd: number): StreamOps {
    const device = (): Device => this.devices[fd] as Device;
    return {
      open: (stream) => {
        stream.seekable = false;
        Object.defineProperty(stream, "tty", {
          configurable: true,
          get: () => (device().isatty ? terminal(device()) : undefined),
        });
      },
      fsync: () => device().fsync(),
      close: () => device().fsync(),
      read: (_stream: FsStream, buffer, offset, length) => {
        // C reads without a buffer in two parts, of which the first is empty: nothing to wait for.
        return length === 0 ? 0 : this.handled(() => device().read(bytes(buffer, offset, length)));
      },
      write: (_stream: FsStream, buffer, offset, length) => {
        return this.handled(() => device().write(bytes(buffer, offset, length)));
      },
    };
  }

  /** An exception of a handler is an input/output error in Python, and is told on the console. */
  private handled(call: () => number): number {
    try {
      const count = call();
      if (typeof count === "number") {
        return count;
      }
      console.error("A handler for a standard stream must return the number of bytes that it took");
    } catch (error) {
      if (error instanceof this.module.FS.ErrnoError) {
        throw error;
      }
      const { code } = (error ?? {}) as { code?: string };
      if (code !== undefined && code in this.module.ERRNO_CODES) {
        throw this.errno(code);
      }
      console.error("A handler for a standard stream threw", error);
    }
    throw this.errno("EIO");
  }
}

function bytes(buffer: Int8Array, offset: number, length: number): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length);
}

/** What Emscripten's ioctl wants of a terminal. */
function terminal(device: Device): object {
  return {
    ops: {
      ioctl_tiocgwinsz: () => {
        const { rows, columns } = device.getTerminalSize?.() ?? { rows: 24, columns: 80 };
        return [rows, columns];
      },
    },
  };
}
