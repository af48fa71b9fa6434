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

/** Array.isArray() for values that may throw at it: a revoked Proxy is no array. */
export function isArray(value: unknown): value is unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** Whether `value` is an Error, of this realm or another. Who knows the tag gives it. */
export function isError(value: unknown, tag = tagOf(value)): value is Error {
  return isInstance(value, Error) || tag === "Error" || tag === "DOMException";
}

/** Whether `value` has bytes of its own: an ArrayBuffer or SharedArrayBuffer, of this realm or another. */
export function isArrayBuffer(value: unknown, tag = tagOf(value)): value is ArrayBuffer {
  return tag === "ArrayBuffer" || tag === "SharedArrayBuffer";
}
