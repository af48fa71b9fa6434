/** What kind of object a value is, whatever realm it is of, and however it behaves when it is asked. */

/** `instanceof` for values that may throw at it, as a revoked Proxy does: those are of no class. */
export function isInstance<T>(value: unknown, type: abstract new (...args: never[]) => T): value is T {
  try {
    return value instanceof type;
  } catch {
    return false;
  }
}

/** What Object.prototype.toString calls it: "Error", "ArrayBuffer", "Map" …; "Object" when that throws. */
export function tagOf(value: unknown): string {
  try {
    return Object.prototype.toString.call(value).slice("[object ".length, -1);
  } catch {
    return "Object";
  }
}

/** Whether `value` is an Error, of this realm or another. */
export function isError(value: unknown): value is Error {
  return isInstance(value, Error) || ["Error", "DOMException"].includes(tagOf(value));
}

/** Whether `value` has bytes of its own: an ArrayBuffer or SharedArrayBuffer, of this realm or another. */
export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return ["ArrayBuffer", "SharedArrayBuffer"].includes(tagOf(value));
}
