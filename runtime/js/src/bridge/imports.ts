/** The functions that TypeScript gives to C: runtime/core/jsval.h says what each does. */

import type { Bridge } from "./bridge.js";
import { bytesOf, formatOf } from "./buffer.js";
import { isPlainObject, type ToJsOptions, type ToPyOptions, toJs, toPython } from "./deep.js";
import { PythonError } from "./errors.js";
import type { PyPtr } from "./exports.js";
import { JsFeature, JsKind, JsShape, PyFeature } from "./features.js";
import { featuresOf } from "./inspect.js";
import { isArray, tagOf } from "./kinds.js";
import { destroyProxy, isPyProxy, liveObject, makeProxy, type PyProxy, rebind, stateOf } from "./pyproxy.js";

// biome-ignore lint/suspicious/noExplicitAny: C passes any value
type Any = any;

export type Imports = Record<string, (...args: never[]) => unknown>;

const BORROWED_MESSAGE =
  "This borrowed proxy was automatically destroyed at the end of a function call. " +
  "Try using create_proxy or create_once_callable.";

/** Python's reserved words, which an attribute's name in Python source can only spell with an underscore after it. */
const RESERVED = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

/** JavaScript's name for what Python source calls `name`: `from_` is "from", `from__` is "from_". */
function propertyName(name: string): string {
  return name.endsWith("_") && RESERVED.has(name.replace(/_+$/, "")) ? name.slice(0, -1) : name;
}

function isThenable(value: Any): value is PromiseLike<unknown> {
  return (
    (typeof value === "object" || typeof value === "function") && value !== null && typeof value.then === "function"
  );
}

/** Calls `end` when a generator that has just been made has come to its end, by itself or by whoever uses it. */
function whenOver(generator: Any, end: () => void): void {
  const ended = (error: unknown): never => {
    end();
    throw error;
  };
  const look = (step: Any): unknown => {
    if (step.done) {
      end();
    }
    return step;
  };
  for (const name of ["next", "return", "throw"]) {
    const method = generator[name];
    const value = (...args: unknown[]): unknown => {
      let step: Any;
      try {
        step = method.apply(generator, args);
      } catch (error) {
        return ended(error);
      }
      return tagOf(step) === "Promise" ? step.then(look, ended) : look(step);
    };
    Object.defineProperty(generator, name, { configurable: true, writable: true, value });
  }
}

/** How long an array may be, or a buffer in bytes, so that Python can count it. */
const MAX_LENGTH = 2 ** 31 - 1;

function checkLength(length: number): number {
  if (!(length >= 0 && length <= MAX_LENGTH)) {
    throw new RangeError(`A length of ${length} is none in Python`);
  }
  return length;
}

/** How many code units String.fromCharCode is given at once: an argument takes room on the stack. */
const CHUNK = 4096;

/** The functions, for the bridge of one interpreter. Some need no guard: those that cannot throw. */
export function makeImports(bridge: Bridge): Imports {
  const identities = new WeakMap<WeakKey, number>();
  // Not every engine takes symbols as the keys of a WeakMap, and none takes registered ones.
  const symbolIdentities = new Map<unknown, number>();
  let identityCount = 0;

  /** Makes what `call` throws the Python exception, and gives `failure` instead. */
  function guard<A extends Any[], R>(failure: R, call: (...args: A) => R): (...args: A) => R {
    return (...args) => {
      try {
        return call(...args);
      } catch (thrown) {
        bridge.raise(thrown);
        return failure;
      }
    };
  }

  function setInt(address: number, value: number): void {
    bridge.module.HEAP32[address >>> 2] = value;
  }

  /** Python's memory. Addresses come as signed numbers: those beyond 2 GB are negative. */
  function bytesAt(address: number, count: number): Uint8Array {
    return bridge.module.HEAPU8.subarray(address >>> 0, (address >>> 0) + count);
  }

  function releaseBorrowed(borrowed: PyProxy[]): void {
    for (const proxy of borrowed) {
      destroyProxy(proxy, BORROWED_MESSAGE);
    }
  }

  /**
   * Runs a call from Python, and ends the life of the proxies made for its arguments when it is over: for a promise or a
   * generator that it gives, when that is. What is like a promise may start only when its then() is called, and again with
   * each call: the garbage collector finds the proxies of such a call.
   */
  function callWith(borrowed: PyProxy[], call: () => Any): PyPtr {
    if (borrowed.length === 0) {
      return bridge.core.terra_from_js(call());
    }
    const release = (): void => {
      if (!bridge.gone) {
        releaseBorrowed(borrowed);
      }
    };
    let over = true;
    try {
      let result = call();
      const tag = isPyProxy(result) ? "" : tagOf(result);
      if (tag === "Promise") {
        // Not the promise itself: nobody would be told that it was rejected, once it has a handler.
        result = result.finally(release);
        over = false;
      } else if (tag === "Generator" || tag === "AsyncGenerator") {
        whenOver(result, release);
        over = false;
      } else if (tag !== "" && isThenable(result)) {
        over = false;
      }
      return bridge.core.terra_from_js(result);
    } finally {
      if (over) {
        release();
      }
    }
  }

  /** Whether Python must not see an attribute: dict() takes what has keys() for a mapping, and an array is none. */
  function isHidden(object: Any, name: string): boolean {
    return name === "keys" && (featuresOf(object) & JsFeature.array) !== 0;
  }

  function lookUp(object: Any, key: PropertyKey, found: number): unknown {
    const value = object[key];
    setInt(found, value !== undefined || key in Object(object) ? 1 : 0);
    return value;
  }

  function makeString(address: number, count: number, width: number): string {
    const { HEAPU8, HEAPU16, HEAPU32 } = bridge.module;
    if (width === 4) {
      let text = "";
      for (let i = 0; i < count; i += CHUNK) {
        const start = (address >>> 2) + i;
        const end = (address >>> 2) + Math.min(i + CHUNK, count);
        text += String.fromCodePoint(...HEAPU32.subarray(start, end));
      }
      return text;
    }
    const heap = width === 1 ? HEAPU8 : HEAPU16;
    const first = width === 1 ? address >>> 0 : address >>> 1;
    if (count <= CHUNK) {
      return String.fromCharCode.apply(null, heap.subarray(first, first + count) as unknown as number[]);
    }
    const parts: string[] = [];
    for (let i = 0; i < count; i += CHUNK) {
      const units = heap.subarray(first + i, first + Math.min(i + CHUNK, count));
      parts.push(String.fromCharCode.apply(null, units as unknown as number[]));
    }
    return parts.join("");
  }

  const values = {
    js_kind(value: Any): number {
      switch (typeof value) {
        case "undefined":
          return JsKind.undefined;
        case "boolean":
          return value ? JsKind.true : JsKind.false;
        case "number":
          return Number.isSafeInteger(value) ? JsKind.integer : JsKind.float;
        case "bigint":
          return JsKind.bigint;
        case "string":
          return JsKind.string;
        case "symbol":
          return JsKind.object;
        default:
          if (value === null) {
            return bridge.options.convertNullToNone ? JsKind.undefined : JsKind.null;
          }
          return isPyProxy(value) && !stateOf(value).shared.roundtrip ? JsKind.pyproxy : JsKind.object;
      }
    },
    js_undefined: (): undefined => undefined,
    js_bool: (value: number): boolean => value !== 0,
    js_number: (value: number): number => value,
    js_number_value: (value: number): number => value,
    js_string: guard(null, makeString),
    js_string_length: (text: string): number => text.length,
    js_string_copy(text: string, address: number): void {
      const { HEAPU16 } = bridge.module;
      const start = address >>> 1;
      for (let i = 0; i < text.length; i++) {
        HEAPU16[start + i] = text.charCodeAt(i);
      }
    },
    js_bigint: guard(null as bigint | null, (address: number, count: number, negative: number) => {
      let digits = "";
      const bytes = bytesAt(address, count);
      for (let i = count - 1; i >= 0; i--) {
        digits += (bytes[i] as number).toString(16).padStart(2, "0");
      }
      const magnitude = BigInt(`0x${digits || "0"}`);
      return negative ? -magnitude : magnitude;
    }),
    js_bigint_size(value: bigint, negative: number): number {
      setInt(negative, value < 0n ? 1 : 0);
      return Math.ceil((value < 0n ? -value : value).toString(16).length / 2);
    },
    js_bigint_copy(value: bigint, address: number, count: number): void {
      const digits = (value < 0n ? -value : value).toString(16).padStart(2 * count, "0");
      const bytes = bytesAt(address, count);
      for (let i = 0; i < count; i++) {
        const end = digits.length - 2 * i;
        bytes[i] = Number.parseInt(digits.slice(end - 2, end), 16);
      }
    },
  };

  const kept = {
    js_store: (value: unknown): number => bridge.handles.store(value),
    js_load: (handle: number): unknown => bridge.handles.load(handle),
    js_drop: (handle: number): void => bridge.handles.drop(handle),
    js_identity: guard(-1, (value: Any) => {
      const map: WeakMap<WeakKey, number> | Map<unknown, number> =
        typeof value === "symbol" ? symbolIdentities : identities;
      let identity = map.get(value);
      if (identity === undefined) {
        identity = ++identityCount;
        map.set(value, identity);
      }
      return identity;
    }),
    js_global: (which: number): object => (which === 0 ? bridge.globals : bridge.runtime),
  };

  const objects = {
    js_features: guard(-1, featuresOf),
    js_shape(value: unknown): number {
      return isArray(value) ? JsShape.array : isPlainObject(value) ? JsShape.plainObject : JsShape.other;
    },
    js_get: guard(null as unknown, (object: Any, key: Any, found: number) => lookUp(object, key, found)),
    js_set: guard(-1, (object: Any, key: Any, value: unknown) => {
      object[key] = value;
      return 0;
    }),
    js_get_attribute: guard(null as unknown, (object: Any, name: string, found: number) => {
      if (isHidden(object, name)) {
        setInt(found, 0);
        return undefined;
      }
      return lookUp(object, propertyName(name), found);
    }),
    js_set_attribute: guard(-1, (object: Any, name: string, value: unknown) => {
      object[propertyName(name)] = value;
      return 0;
    }),
    js_delete_attribute: guard(-1, (object: Any, name: string) => {
      delete object[propertyName(name)];
      return 0;
    }),
    js_attribute_names: guard(null as string[] | null, (object: Any) => {
      const names = new Set<string>();
      for (let at = object; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
        for (const name of Object.getOwnPropertyNames(at)) {
          if (!/^\d/.test(name) && !isHidden(object, name)) {
            names.add(RESERVED.has(name) ? `${name}_` : name);
          }
        }
      }
      return [...names];
    }),
    js_call: guard(0, (callee: Any, self: unknown, args: unknown[], borrowed: PyProxy[]) => {
      return callWith(borrowed, () => Reflect.apply(callee, self ?? undefined, args));
    }),
    js_construct: guard(0, (callee: Any, args: unknown[], borrowed: PyProxy[]) => {
      return callWith(borrowed, () => Reflect.construct(callee, args));
    }),
    js_release_borrowed: releaseBorrowed,
    js_same: (a: unknown, b: unknown): number => (a === b ? 1 : 0),
    js_truth: guard(-1, (object: Any) => {
      if (!object) {
        return 0;
      }
      if (typeof object === "function" || typeof object === "symbol" || /^HTML\w*Element$/.test(tagOf(object))) {
        return 1;
      }
      // What is empty is false, as in Python. The length of other things may be another: a window's is its number of frames.
      if (object.size === 0 || object.byteLength === 0) {
        return 0;
      }
      return object.length === 0 && featuresOf(object) & (JsFeature.array | JsFeature.arrayLike) ? 0 : 1;
    }),
    js_to_string: guard(null as string | null, (object: Any) => {
      if (typeof object === "symbol") {
        return object.toString();
      }
      try {
        return String(object);
      } catch {
        // No toString(), as Object.create(null) and modules have none, or one that may not be called.
        return `[object ${tagOf(object)}]`;
      }
    }),
    js_type_name: (object: unknown): string => typeof object,
    js_keys: guard(null as unknown, (object: Any, what: number) => {
      return what === 0 ? Object.keys(object) : what === 1 ? Object.values(object) : Object.entries(object);
    }),
    js_length: guard(-1, (object: Any) => checkLength(typeof object.size === "number" ? object.size : object.length)),
  };

  const collections = {
    js_array: (): unknown[] => [],
    js_push: guard(-1, (array: unknown[], value: unknown) => {
      array.push(value);
      return 0;
    }),
    js_at: guard(null as unknown, (array: Any, index: number) => array[index]),
    js_array_assign: guard(-1, (array: Any, index: number, value: unknown) => {
      array[index] = value;
      return 0;
    }),
    js_array_slice: guard(null as unknown, (array: Any, start: number, step: number, count: number) => {
      if (step === 1) {
        // Not its own slice(): that of Node's Buffer is a view.
        const { slice } = ArrayBuffer.isView(array) ? Uint8Array.prototype : Array.prototype;
        return (slice as Any).call(array, start, start + count);
      }
      const items = Array.from({ length: count }, (_, i) => array[start + i * step]);
      return ArrayBuffer.isView(array) ? (array.constructor as Any).from(items) : items;
    }),
    js_array_splice: guard(-1, (array: unknown[], start: number, count: number, items: unknown[]) => {
      if (ArrayBuffer.isView(array)) {
        if (items.length !== count) {
          throw new TypeError("A typed array cannot change its length");
        }
        (array as Any).set(items, start);
      } else if (items.length < CHUNK) {
        array.splice(start, count, ...items);
      } else {
        const rest = array.splice(start).slice(count);
        for (const item of [...items, ...rest]) {
          array.push(item);
        }
      }
      return 0;
    }),
    js_object: (): object => ({}),
    js_map_get: guard(null as unknown, (map: Any, key: unknown, found: number) => {
      const value = map.get(key);
      const missing = value === undefined || value === null;
      setInt(found, !missing || (typeof map.has === "function" ? map.has(key) : value !== undefined) ? 1 : 0);
      return value;
    }),
    js_map_set: guard(-1, (map: Any, key: unknown, value: unknown) => {
      map.set(key, value);
      return 0;
    }),
    js_map_clear: guard(-1, (map: Any) => {
      if (typeof map.clear === "function") {
        map.clear();
      } else {
        for (const key of [...map.keys()]) {
          map.delete(key);
        }
      }
      return 0;
    }),
    js_map_keys: guard(null as unknown, (map: Any) => {
      return typeof map.keys === "function" ? map.keys() : map[Symbol.iterator]();
    }),
    js_own_get: guard(null as unknown, (object: Any, key: string, found: number) => {
      const own = Object.hasOwn(object, key);
      setInt(found, own ? 1 : 0);
      return own ? object[key] : undefined;
    }),
    js_own_set: guard(-1, (object: Any, key: string, value: unknown) => {
      if (key === "__proto__") {
        // Not an assignment, for which this name is special.
        Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
      } else {
        object[key] = value;
      }
      return 0;
    }),
    js_own_delete: guard(-1, (object: Any, key: string) => {
      if (!Object.hasOwn(object, key)) {
        return 0;
      }
      delete object[key];
      return 1;
    }),
    js_own_has: guard(-1, (object: object, key: string) => (Object.hasOwn(object, key) ? 1 : 0)),
    js_map_delete: guard(-1, (map: Any, key: unknown) => {
      const deleted = map.delete(key);
      return deleted === false ? 0 : 1;
    }),
    js_contains: guard(-1, (container: Any, item: unknown) => {
      if (typeof container.has === "function") {
        return container.has(item) ? 1 : 0;
      }
      const includes = typeof container.includes === "function" ? container.includes : Array.prototype.includes;
      return includes.call(container, item) ? 1 : 0;
    }),
    js_iterator: guard(null as unknown, (object: Any) => object[Symbol.iterator]()),
    js_async_iterator: guard(null as unknown, (object: Any) => object[Symbol.asyncIterator]()),
    js_resume: guard(null as unknown, (iterator: Any, how: number, value: unknown, done: number) => {
      const step = how === 0 ? iterator.next(value) : how === 1 ? iterator.throw(value) : iterator.return(value);
      setInt(done, step.done ? 1 : 0);
      return step.value;
    }),
  };

  const memory = {
    js_buffer_size: guard(-1, (buffer: ArrayBuffer) => checkLength(buffer.byteLength)),
    js_buffer_read: guard(-1, (buffer: unknown, address: number, size: number) => {
      bytesAt(address, size).set(bytesOf(buffer).subarray(0, size));
      return 0;
    }),
    js_buffer_write: guard(-1, (buffer: unknown, address: number, size: number) => {
      bytesOf(buffer).set(bytesAt(address, size));
      return 0;
    }),
    js_buffer_format: (buffer: unknown): number => formatOf(buffer).charCodeAt(0),
  };

  const python = {
    js_pyproxy: guard(null as unknown, (object: PyPtr, features: number) => makeProxy(bridge, object, features)),
    js_pyproxy_object: guard(0, (proxy: object) => {
      const live = liveObject(proxy);
      if (live.bridge !== bridge) {
        throw new TypeError("This PyProxy belongs to another interpreter: convert the object with toJs() first");
      }
      return live.object;
    }),
    js_pyproxy_destroy: guard(-1, (proxy: object) => {
      destroyProxy(proxy);
      return 0;
    }),
    js_pyproxy_keep(proxy: object): void {
      stateOf(proxy).shared.roundtrip = true;
    },
    js_pyproxy_capture_this: guard(null as unknown, (proxy: object) => rebind(proxy, { captureThis: true })),
    js_once_callable: guard(null as unknown, (proxy: PyProxy) => makeOnceCallable(proxy)),
    js_python_error(type: string, message: string, serial: number): Error {
      const error = new PythonError(type, message);
      bridge.errors.set(error, serial);
      return error;
    },
    js_python_error_serial: (error: unknown): number => bridge.errors.get(error as object) ?? 0,
    js_as_error: (thrown: unknown): Error => bridge.asError(thrown),
    js_attach: guard(-1, (promise: PromiseLike<unknown>, done: PyPtr, failed: PyPtr) => {
      attach(promise, done, failed);
      return 0;
    }),
    js_deep_to_js: guard(null as unknown, (object: PyPtr, options: ToJsOptions) => toJs(bridge, object, options)),
    js_deep_to_python: guard(0, (value: unknown, options: ToPyOptions) => toPython(bridge, value, options)),
  };

  /** Calls one of two Python functions when the promise is settled. */
  function attach(promise: PromiseLike<unknown>, done: PyPtr, failed: PyPtr): void {
    const proxies = [makeProxy(bridge, done, PyFeature.callable), makeProxy(bridge, failed, PyFeature.callable)];
    const settle = (proxy: PyProxy, value: unknown): void => {
      if (bridge.gone) {
        return;
      }
      try {
        proxy(value);
      } finally {
        for (const each of proxies) {
          destroyProxy(each);
        }
      }
    };
    promise.then(
      (value) => settle(proxies[0] as PyProxy, value),
      (error) => settle(proxies[1] as PyProxy, bridge.asError(error)),
    );
  }

  return { ...values, ...kept, ...objects, ...collections, ...memory, ...python } as unknown as Imports;
}

/** A function that calls the proxy's once, and destroys it. */
function makeOnceCallable(proxy: PyProxy): (...args: unknown[]) => unknown {
  const once = (...args: unknown[]): unknown => {
    try {
      return proxy(...args);
    } finally {
      destroyProxy(proxy, "This function was made by create_once_callable and has been called already");
    }
  };
  once.destroy = (): void => destroyProxy(proxy);
  return once;
}
