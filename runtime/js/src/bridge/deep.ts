/** Conversions in depth: `PyProxy.toJs`, `pyodide.ffi.to_js`, `pyodide.toPy`, `JsProxy.to_py`. */

import type { Bridge } from "./bridge.js";
import { copyBuffer } from "./buffer.js";
import type { PyPtr } from "./exports.js";
import { Shape } from "./features.js";
import { isArrayBuffer, tagOf } from "./kinds.js";
import { isPyProxy, liveObject, type PyProxy } from "./pyproxy.js";

type CacheConversion = (input: unknown, output: unknown) => void;

export interface ToJsOptions {
  /** How many levels to convert; all of them by default. */
  depth?: number;
  /** Gets every PyProxy that is made, to be destroyed later. */
  pyproxies?: PyProxy[];
  /** Whether what has no conversion becomes a PyProxy (the default) or a ConversionError. */
  create_pyproxies?: boolean;
  /** Makes what a dict becomes, from an iterable of [key, value]. By default a plain object. */
  dict_converter?: (entries: Iterable<[unknown, unknown]>) => unknown;
  /** Asked about what has no conversion. */
  default_converter?: (object: PyProxy, convert: (object: unknown) => unknown, cache: CacheConversion) => unknown;
  /** Asked about everything that is not converted by value, before any other conversion. */
  eager_converter?: (object: PyProxy, convert: (object: unknown) => unknown, cache: CacheConversion) => unknown;
}

export interface ToPyOptions {
  depth?: number;
  /** Asked about what has no conversion. */
  defaultConverter?: (value: unknown, convert: (value: unknown) => unknown, cache: CacheConversion) => unknown;
  /** The same, as Python calls it. */
  default_converter?: ToPyOptions["defaultConverter"];
}

/** Levels left to convert, from the `depth` of the options, where a negative number means all. */
function levels(depth: number | undefined): number {
  return depth === undefined || depth < 0 ? Number.POSITIVE_INFINITY : depth;
}

/** Converts the Python object in depth. */
export function toJs(bridge: Bridge, object: PyPtr, options: ToJsOptions): unknown {
  const conversion = new JsConversion(bridge, options);
  try {
    return conversion.convert(object, levels(options.depth));
  } finally {
    conversion.finish();
  }
}

class JsConversion {
  /**
   * What objects were converted to, so that an object that occurs twice, or in itself, becomes one. Each is held, or
   * another would come to the address of one that a converter made and gave up.
   */
  private readonly done = new Map<PyPtr, unknown>();

  constructor(
    private readonly bridge: Bridge,
    private readonly options: ToJsOptions,
  ) {}

  convert(object: PyPtr, depth: number): unknown {
    const { core } = this.bridge;
    const shape = core.terra_shape(object);
    if (shape === Shape.single) {
      return this.bridge.value(core.terra_to_js(object));
    }
    if (this.done.has(object)) {
      return this.done.get(object);
    }
    if (depth <= 0) {
      return this.proxy(object);
    }
    if (this.options.eager_converter) {
      return this.ask(this.options.eager_converter, object, depth, () => this.convertShape(object, shape, depth));
    }
    return this.convertShape(object, shape, depth);
  }

  private convertShape(object: PyPtr, shape: number, depth: number): unknown {
    switch (shape) {
      case Shape.sequence:
        return this.array(object, depth);
      case Shape.dict:
        return this.dict(object, depth);
      case Shape.set:
        return this.set(object);
      case Shape.buffer:
        return this.remember(object, copyBuffer(this.bridge, object));
      default:
        return this.options.default_converter
          ? this.ask(this.options.default_converter, object, depth, () => this.proxy(object))
          : this.proxy(object);
    }
  }

  /** Gives up what was held. */
  finish(): void {
    for (const object of this.done.keys()) {
      this.bridge.core.terra_release(object);
    }
  }

  private remember<T>(object: PyPtr, value: T): T {
    if (!this.done.has(object)) {
      this.bridge.core.terra_retain(object);
    }
    this.done.set(object, value);
    return value;
  }

  private array(sequence: PyPtr, depth: number): unknown[] {
    const result: unknown[] = this.remember(sequence, []);
    for (const item of this.items(sequence)) {
      result.push(this.convert(item, depth - 1));
    }
    return result;
  }

  /** The items of a list or tuple, each borrowed. */
  private *items(sequence: PyPtr): Generator<PyPtr> {
    const { core } = this.bridge;
    for (let index = 0; ; index++) {
      const item = core.terra_sequence_item(sequence, index);
      if (item === 0) {
        return;
      }
      yield item;
    }
  }

  /** The entries of a dict, or the members of a set, as they are now. */
  private withItems<T>(object: PyPtr, use: (items: PyPtr) => T): T {
    const { core } = this.bridge;
    const items = this.bridge.pointer(core.terra_items(object));
    try {
      return use(items);
    } finally {
      core.terra_release(items);
    }
  }

  private dict(object: PyPtr, depth: number): unknown {
    const { core } = this.bridge;
    const { dict_converter } = this.options;
    const target: Record<string, unknown> = {};
    if (!dict_converter) {
      this.remember(object, target);
    }
    const entries = this.withItems(object, (items) =>
      Array.from(this.items(items), (pair): [unknown, unknown] => {
        const key = this.key(core.terra_sequence_item(pair, 0), "Map");
        return [key, this.convert(core.terra_sequence_item(pair, 1), depth - 1)];
      }),
    );
    if (dict_converter) {
      return this.remember(object, dict_converter(entries));
    }
    for (const [key, value] of entries) {
      // Not an assignment, for which "__proto__" is special.
      Object.defineProperty(target, String(key), { value, writable: true, enumerable: true, configurable: true });
    }
    return target;
  }

  private set(object: PyPtr): Set<unknown> {
    const result = new Set(
      this.withItems(object, (items) => Array.from(this.items(items), (item) => this.key(item, "Set"))),
    );
    return this.remember(object, result);
  }

  /** A key of a dict or member of a set, which JavaScript must be able to compare by value. */
  private key(object: PyPtr, container: string): unknown {
    const { core } = this.bridge;
    if (core.terra_shape(object) !== Shape.single) {
      const text = this.bridge.value(core.terra_repr(object));
      core.terra_raise_conversion_error(`Cannot use ${text} as a key for a Javascript ${container}`);
      this.bridge.throwPending();
    }
    return this.bridge.value(core.terra_to_js(object));
  }

  private proxy(object: PyPtr): unknown {
    const { core } = this.bridge;
    if (this.options.create_pyproxies === false) {
      core.terra_raise_conversion_error("No conversion known for x.");
      this.bridge.throwPending();
    }
    const proxy = this.bridge.value(core.terra_to_js(object));
    this.options.pyproxies?.push(proxy as PyProxy);
    return this.remember(object, proxy);
  }

  /** Lets a converter of the caller's decide. `otherwise` is what its `convert` does with the object itself. */
  private ask(
    converter: NonNullable<ToJsOptions["default_converter"]>,
    object: PyPtr,
    depth: number,
    otherwise: () => unknown,
  ): unknown {
    const argument = this.bridge.value(this.bridge.core.terra_to_js(object)) as PyProxy;
    const convert = (value: unknown): unknown => {
      if (!isPyProxy(value)) {
        return value;
      }
      const pointer = liveObject(value).object;
      return pointer === object ? otherwise() : this.convert(pointer, depth - 1);
    };
    const cache: CacheConversion = (input, output) => {
      this.remember(liveObject(input as object).object, output);
    };
    const result = converter(argument, convert, cache);
    if (result === argument) {
      this.options.pyproxies?.push(argument);
    } else {
      argument.destroy();
    }
    return result;
  }
}

/** Converts the JavaScript value in depth. A new reference. */
export function toPython(bridge: Bridge, value: unknown, options: ToPyOptions): PyPtr {
  const converter = options.defaultConverter ?? options.default_converter;
  const conversion = new PyConversion(bridge, converter);
  try {
    return conversion.convert(value, levels(options.depth));
  } finally {
    conversion.finish();
  }
}

class PyConversion {
  /** What was made, each with one reference of the conversion's own. */
  private readonly done = new Map<unknown, PyPtr>();

  constructor(
    private readonly bridge: Bridge,
    private readonly converter: ToPyOptions["defaultConverter"],
  ) {}

  finish(): void {
    for (const object of this.done.values()) {
      this.bridge.core.terra_release(object);
    }
  }

  convert(value: unknown, depth: number): PyPtr {
    const { core } = this.bridge;
    const single = value === null || (typeof value !== "object" && typeof value !== "function");
    if (depth <= 0 || single || isPyProxy(value)) {
      return this.bridge.pointer(core.terra_from_js(value));
    }
    const known = this.done.get(value);
    if (known !== undefined) {
      core.terra_retain(known);
      return known;
    }
    if (Array.isArray(value)) {
      return this.list(value, depth);
    }
    const tag = tagOf(value);
    if (tag === "Map") {
      return this.dict(value, (value as Map<unknown, unknown>).entries(), depth);
    }
    if (tag === "Set") {
      return this.set(value as Set<unknown>, depth);
    }
    if (ArrayBuffer.isView(value) || isArrayBuffer(value, tag)) {
      return this.memoryview(value);
    }
    if (isPlainObject(value)) {
      return this.dict(value, Object.entries(value), depth);
    }
    return this.other(value, depth);
  }

  /** Keeps a reference for the conversion, which is given back at the end. */
  private remember(value: unknown, object: PyPtr): PyPtr {
    this.bridge.pointer(object);
    this.bridge.core.terra_retain(object);
    this.done.set(value, object);
    return object;
  }

  /** Converts, hands the result to `use`, and drops it. */
  private with(value: unknown, depth: number, use: (object: PyPtr) => number): void {
    const object = this.convert(value, depth);
    try {
      this.bridge.count(use(object));
    } finally {
      this.bridge.core.terra_release(object);
    }
  }

  private list(value: unknown[], depth: number): PyPtr {
    const { core } = this.bridge;
    const list = this.remember(value, core.terra_list_new());
    return this.orRelease(list, () => {
      for (const item of value) {
        this.with(item, depth - 1, (object) => core.terra_list_append(list, object));
      }
    });
  }

  private dict(value: unknown, entries: Iterable<[unknown, unknown]>, depth: number): PyPtr {
    const { core } = this.bridge;
    const dict = this.remember(value, core.terra_dict_new());
    return this.orRelease(dict, () => {
      for (const [key, item] of entries) {
        this.with(key, depth - 1, (pyKey) => {
          this.with(item, depth - 1, (pyItem) => core.terra_dict_set(dict, pyKey, pyItem));
          return 0;
        });
      }
    });
  }

  private set(value: Set<unknown>, depth: number): PyPtr {
    const { core } = this.bridge;
    const set = this.remember(value, core.terra_set_new());
    return this.orRelease(set, () => {
      for (const item of value) {
        this.with(item, depth - 1, (object) => core.terra_set_add(set, object));
      }
    });
  }

  private orRelease(object: PyPtr, fill: () => void): PyPtr {
    try {
      fill();
      return object;
    } catch (error) {
      this.bridge.core.terra_release(object);
      throw error;
    }
  }

  private memoryview(value: ArrayBuffer | ArrayBufferView): PyPtr {
    const { core } = this.bridge;
    const proxy = this.bridge.pointer(core.terra_from_js(value));
    try {
      const method = this.bridge.value(core.terra_get_attribute(proxy, "to_memoryview")) as PyProxy;
      const { object } = liveObject(method);
      const view = core.terra_call(object, [], null);
      method.destroy();
      return this.remember(value, view);
    } finally {
      core.terra_release(proxy);
    }
  }

  private other(value: unknown, depth: number): PyPtr {
    const { core } = this.bridge;
    if (!this.converter) {
      return this.bridge.pointer(core.terra_from_js(value));
    }
    const convert = (inner: unknown): unknown => {
      const object = this.convert(inner, depth - 1);
      return this.bridge.value(core.terra_take_to_js(object));
    };
    const cache: CacheConversion = (input, output) => {
      this.remember(input, core.terra_from_js(output));
      // `remember` adds a reference to the one that terra_from_js gave.
      core.terra_release(this.done.get(input) as PyPtr);
    };
    return this.bridge.pointer(core.terra_from_js(this.converter(value, convert, cache)));
  }
}

/** An object that is neither an instance of a class nor a function: `{}`, JSON's, or one without a prototype. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  try {
    const prototype = Object.getPrototypeOf(value);
    return prototype === null || prototype === Object.prototype || isForeignObject(value);
  } catch {
    return false;
  }
}

/** A plain object of another realm, such as a Node `vm` context or an iframe. */
function isForeignObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return (
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, "hasOwnProperty") &&
    prototype.constructor?.name === "Object"
  );
}
