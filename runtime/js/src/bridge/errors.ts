/** The errors that JavaScript gets to see. */

/** Gives an error class the name that the minifier takes away, for users who look at it. */
function nameClass(errorClass: { prototype: Error }, name: string): void {
  Object.defineProperty(errorClass, "name", { value: name, configurable: true });
  Object.defineProperty(errorClass.prototype, "name", { value: name, configurable: true });
}

/** A Python exception in JavaScript. Its message is the formatted traceback. */
export class PythonError extends Error {
  /** The name of the exception's class, such as "ZeroDivisionError". */
  readonly type: string;
  /** @private The address of the exception, valid only while it is `sys.last_exc`. */
  readonly __error_address: number;

  constructor(type: string, message: string, address: number) {
    super(message);
    this.type = type;
    this.__error_address = address;
    // Not enumerable, so that the error prints as other errors do.
    Object.defineProperty(this, "__error_address", { enumerable: false });
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
  if (thrown instanceof InterpreterGone) {
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

/** Whether `value` is an Error, of this realm or another. */
export function isError(value: unknown): value is Error {
  if (value instanceof Error) {
    return true;
  }
  const tag = Object.prototype.toString.call(value);
  return tag === "[object Error]" || tag === "[object DOMException]";
}
