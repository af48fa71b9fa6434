/** The errors that JavaScript gets to see. */

import { isError, isInstance } from "./kinds.js";

/** Gives an error class the name that the minifier takes away, for users who look at it. */
function nameClass(errorClass: { prototype: Error }, name: string): void {
  Object.defineProperty(errorClass, "name", { value: name, configurable: true });
  Object.defineProperty(errorClass.prototype, "name", { value: name, configurable: true });
}

/** A Python exception in JavaScript. Its message is the formatted traceback. */
export class PythonError extends Error {
  /** The name of the exception's class, such as "ZeroDivisionError". */
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}
nameClass(PythonError, "PythonError");

/**
 * The interpreter cannot go on: it exited, was aborted, or was interrupted at a place where C code cannot be left.
 * Every later call throws the same error.
 */
export class InterpreterGone extends Error {
  /** The exit status, when Python ended by itself. */
  readonly exitCode: number | undefined;

  constructor(message: string, options: { cause?: unknown; exitCode?: number | undefined } = {}) {
    super(message, { cause: options.cause });
    this.exitCode = options.exitCode;
  }
}
nameClass(InterpreterGone, "InterpreterGone");

/** The error for what came out of WebAssembly as a JavaScript exception, which no working call lets happen. */
export function interpreterGone(thrown: unknown): InterpreterGone {
  if (isInstance(thrown, InterpreterGone)) {
    return thrown;
  }
  const { name, status, message } = (thrown ?? {}) as { name?: string; status?: number; message?: string };
  if (name === "ExitStatus") {
    return new InterpreterGone(
      `Python has exited with status ${status}. Call loadTerrarium() again for a new interpreter.`,
      { cause: thrown, exitCode: status },
    );
  }
  return new InterpreterGone(
    `Python has stopped for good (${message ?? String(thrown)}). Call loadTerrarium() again for a new interpreter.`,
    { cause: thrown },
  );
}

/** An Error for what was thrown: itself, if it is one. */
export function asError(thrown: unknown): Error {
  if (isError(thrown)) {
    return thrown;
  }
  let text: string;
  try {
    text = String(thrown);
  } catch {
    text = "a value that has no text";
  }
  return new Error(`A value that is no Error was thrown: ${text}`, { cause: thrown });
}
