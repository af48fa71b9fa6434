/** One interpreter's side of the bridge: the exports of C, guarded, and what the files of this folder share. */

import type { EmscriptenModule, RawExports } from "../emscripten.js";
import { clearExitCode } from "../environment.js";
import { asError, InterpreterGone, interpreterGone, PythonError } from "./errors.js";
import type { CoreExports, PyPtr } from "./exports.js";
import { HandleTable } from "./handles.js";
import { isInstance } from "./kinds.js";

/** What the embedder may change about conversions: see the options of loadTerrarium. */
export interface ConversionOptions {
  pyproxyToStringRepr: boolean;
  convertNullToNone: boolean;
}

/** What TypeScript gives to Python: `_terrarium_core.runtime()`. */
export type PythonSide = Record<string, unknown>;

export class Bridge {
  readonly handles = new HandleTable();
  /** The errors that stand for this interpreter's exceptions, with the serial number of each. */
  readonly errors = new WeakMap<object, number>();
  /** The C functions. Each throws InterpreterGone once the interpreter is beyond use. */
  core!: CoreExports;
  raw!: RawExports;
  module!: EmscriptenModule;
  /** The object behind Python's module `js`. */
  globals: object = globalThis;
  /** What Python's side of the runtime can reach. */
  runtime: PythonSide = {};
  gone: InterpreterGone | undefined;
  onGone: ((error: InterpreterGone) => void) | undefined;

  constructor(readonly options: ConversionOptions) {}

  /** Takes the exports of the instance that was made. */
  connect(exports: RawExports): void {
    this.raw = exports;
    const guarded: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(exports)) {
      if (name.startsWith("terra_")) {
        guarded[name] = this.guarded(value);
      }
    }
    this.core = guarded as unknown as CoreExports;
  }

  private guarded(call: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
    return (...args) => {
      if (this.gone) {
        throw this.gone;
      }
      try {
        return call(...args);
      } catch (thrown) {
        throw this.markGone(thrown);
      }
    };
  }

  /**
   * C code was left by a JavaScript exception: by a trap, an abort, exit() or the end of the machine's stack. What it was
   * in the middle of stays half done, so nothing may enter it again.
   */
  markGone(thrown: unknown): InterpreterGone {
    if (!this.gone) {
      this.gone = interpreterGone(thrown);
      clearExitCode(this.gone.exitCode);
      this.onGone?.(this.gone);
    }
    return this.gone;
  }

  /** Throws the pending Python exception as a PythonError. */
  throwPending(): never {
    throw this.core.terra_take_error();
  }

  /** A value from C, where null may mean a pending exception. */
  value<T>(result: T): NonNullable<T> {
    if (result === null && this.core.terra_error_pending()) {
      this.throwPending();
    }
    return result as NonNullable<T>;
  }

  /** A count or an answer from C, where -1 may mean a pending exception. */
  count(result: number): number {
    if (result < 0 && this.core.terra_error_pending()) {
      this.throwPending();
    }
    return result;
  }

  /** An address from C, where 0 means a pending exception. */
  pointer(result: PyPtr): PyPtr {
    if (result === 0) {
      this.throwPending();
    }
    return result;
  }

  /** Makes what JavaScript threw the pending Python exception. What ends the interpreter goes on through C. */
  raise(thrown: unknown): void {
    if (this.gone || isInstance(thrown, InterpreterGone)) {
      throw thrown;
    }
    this.core.terra_raise(thrown);
  }

  asError = asError;
  PythonError = PythonError;
}
