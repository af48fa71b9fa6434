/** The methods of PyProxy: one class for each thing that Python objects can do, and their combinations. */

import { getBuffer, type PyBufferView } from "./buffer.js";
import { type ToJsOptions, toJs } from "./deep.js";
import { PyFeature } from "./features.js";
import {
  argumentsFor,
  callProxy,
  destroyProxy,
  isPyProxy,
  liveObject,
  makeProxy,
  type PyProxy,
  promiseOf,
  pyProxyFeatures,
  rebind,
  stateOf,
} from "./pyproxy.js";

/** Well-known symbol of explicit resource management, where the engine has it. */
const dispose: symbol = (Symbol as unknown as { dispose?: symbol }).dispose ?? Symbol("Symbol.dispose");

/** What every proxy has. */
class BaseMethods {
  get [Symbol.toStringTag](): string {
    return "PyProxy";
  }

  /** The name of the object's class, with its module unless that is builtins or __main__. */
  get type(): string {
    const { bridge, object } = liveObject(this);
    return bridge.value(bridge.core.terra_type_name(object));
  }

  toString(): string {
    const { bridge, object } = liveObject(this);
    const text = bridge.options.pyproxyToStringRepr ? bridge.core.terra_repr(object) : bridge.core.terra_str(object);
    return bridge.value(text);
  }

  /** Drops the reference to the Python object. `destroyRoundtrip: false` spares what create_proxy() made. */
  destroy({ message, destroyRoundtrip = true }: { message?: string; destroyRoundtrip?: boolean } = {}): void {
    if (destroyRoundtrip || !stateOf(this).shared.roundtrip) {
      destroyProxy(this, message);
    }
  }

  [dispose](): void {
    destroyProxy(this);
  }

  /** A new proxy of the same object, with a life of its own. */
  copy(): PyProxy {
    const { bridge, object, shared } = liveObject(this);
    return makeProxy(bridge, object, shared.features, stateOf(this).binding);
  }

  /** The object converted in depth: lists to arrays, dicts to objects, sets to sets, buffers to typed arrays. */
  toJs(options: ToJsOptions = {}): unknown {
    const { bridge, object } = liveObject(this);
    return toJs(bridge, object, options);
  }
}

class LengthMethods {
  get length(): number {
    const { bridge, object } = liveObject(this);
    return bridge.count(bridge.core.terra_length(object));
  }
}

class GetMethods {
  /** Python's `object[key]`, or undefined when there is no such item. */
  get(key: unknown): unknown {
    const { bridge, object } = liveObject(this);
    return bridge.value(bridge.core.terra_get_item(object, key));
  }
}

class SetMethods {
  set(key: unknown, value: unknown): void {
    const { bridge, object } = liveObject(this);
    bridge.count(bridge.core.terra_set_item(object, key, value));
  }

  delete(key: unknown): void {
    const { bridge, object } = liveObject(this);
    bridge.count(bridge.core.terra_delete_item(object, key));
  }
}

class ContainsMethods {
  has(item: unknown): boolean {
    const { bridge, object } = liveObject(this);
    return bridge.count(bridge.core.terra_contains(object, item)) > 0;
  }
}

class IterableMethods {
  *[Symbol.iterator](): Generator<unknown, unknown, unknown> {
    const { bridge, object } = liveObject(this);
    const iterator = bridge.pointer(bridge.core.terra_iterator(object));
    try {
      for (;;) {
        const value = bridge.value(bridge.core.terra_send(iterator, undefined));
        if (bridge.core.terra_send_done()) {
          return value;
        }
        yield value;
      }
    } finally {
      bridge.core.terra_release(iterator);
    }
  }
}

class IteratorMethods {
  [Symbol.iterator](): this {
    return this;
  }

  next(value?: unknown): IteratorResult<unknown> {
    const { bridge, object } = liveObject(this);
    const result = bridge.value(bridge.core.terra_send(object, value));
    return { done: bridge.core.terra_send_done() !== 0, value: result };
  }
}

class GeneratorMethods {
  throw(error: unknown): IteratorResult<unknown> {
    const { bridge, object } = liveObject(this);
    const result = bridge.value(bridge.core.terra_generator_throw(object, error));
    return { done: bridge.core.terra_send_done() !== 0, value: result };
  }

  return(value?: unknown): IteratorResult<unknown> {
    (this as unknown as { close(): void }).close();
    return { done: true, value };
  }
}

/** Runs a method of the object that gives an awaitable. */
function awaitMethod(proxy: object, name: string, ...args: unknown[]): Promise<unknown> {
  const method = (proxy as PyProxy)[name] as PyProxy;
  try {
    return Promise.resolve(method(...args) as PromiseLike<unknown>);
  } finally {
    method.destroy();
  }
}

function isStopAsyncIteration(error: unknown): boolean {
  return (error as { type?: string } | undefined)?.type === "StopAsyncIteration";
}

class AsyncIterableMethods {
  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, unknown> {
    const iterator = (this as unknown as { __aiter__(): PyProxy }).__aiter__();
    try {
      for (;;) {
        let value: unknown;
        try {
          value = await awaitMethod(iterator, "__anext__");
        } catch (error) {
          if (isStopAsyncIteration(error)) {
            return;
          }
          throw error;
        }
        yield value;
      }
    } finally {
      iterator.destroy();
    }
  }
}

class AsyncIteratorMethods {
  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(value?: unknown): Promise<IteratorResult<unknown>> {
    try {
      const generator = pyProxyFeatures(this) & PyFeature.asyncGenerator;
      const result = generator ? awaitMethod(this, "asend", value) : awaitMethod(this, "__anext__");
      return { done: false, value: await result };
    } catch (error) {
      if (isStopAsyncIteration(error)) {
        return { done: true, value: undefined };
      }
      throw error;
    }
  }
}

class AsyncGeneratorMethods {
  async throw(error: unknown): Promise<IteratorResult<unknown>> {
    try {
      return { done: false, value: await awaitMethod(this, "athrow", error) };
    } catch (thrown) {
      if (isStopAsyncIteration(thrown)) {
        return { done: true, value: undefined };
      }
      throw thrown;
    }
  }

  async return(value?: unknown): Promise<IteratorResult<unknown>> {
    await awaitMethod(this, "aclose");
    return { done: true, value };
  }
}

class AwaitableMethods {
  // biome-ignore lint/suspicious/noThenProperty: an awaitable of Python is one of JavaScript
  then(onFulfilled?: (value: unknown) => unknown, onRejected?: (error: unknown) => unknown): Promise<unknown> {
    return promiseOf(this).then(onFulfilled, onRejected);
  }

  catch(onRejected?: (error: unknown) => unknown): Promise<unknown> {
    return promiseOf(this).catch(onRejected);
  }

  finally(onFinally?: () => void): Promise<unknown> {
    return promiseOf(this).finally(onFinally);
  }
}

class CallableMethods {
  apply(thisArg: unknown, args: ArrayLike<unknown> = []): unknown {
    return callProxy(this, thisArg, Array.from(args), null);
  }

  call(thisArg: unknown, ...args: unknown[]): unknown {
    return callProxy(this, thisArg, args, null);
  }

  /** Calls with the properties of the last argument as keyword arguments. */
  callKwargs(...args: unknown[]): unknown {
    return callProxy(this, undefined, args, keywordsFrom(args));
  }

  /** Calls without the arguments that the function has no place for. */
  callRelaxed(...args: unknown[]): unknown {
    return callRelaxed(this, args, null);
  }

  callKwargsRelaxed(...args: unknown[]): unknown {
    return callRelaxed(this, args, keywordsFrom(args));
  }

  callWithOptions(options: { relaxed?: boolean; kwargs?: boolean; promising?: boolean }, ...args: unknown[]): unknown {
    const keywords = options.kwargs ? keywordsFrom(args) : null;
    const call = () =>
      options.relaxed ? callRelaxed(this, args, keywords) : callProxy(this, undefined, args, keywords);
    return options.promising ? Promise.resolve().then(call) : call();
  }

  /** As of JavaScript's functions: the first `this` that was bound stays, arguments are added. */
  bind(thisArg: unknown, ...args: unknown[]): PyProxy {
    return rebindCallable(this, thisArg, args);
  }

  /** The same function, which gets `this` as its first argument. */
  captureThis(): PyProxy {
    return rebind(this, { captureThis: true });
  }
}

function rebindCallable(proxy: object, thisArg: unknown, args: unknown[]): PyProxy {
  const { isBound, boundThis, boundArgs } = stateOf(proxy).binding;
  return rebind(proxy, {
    isBound: true,
    boundThis: isBound ? boundThis : thisArg,
    boundArgs: [...boundArgs, ...args],
  });
}

/** Takes the last argument away, which must be an object. */
function keywordsFrom(args: unknown[]): object {
  const keywords = args.pop();
  if (typeof keywords !== "object" || keywords === null) {
    throw new TypeError("The last argument must be an object: the keyword arguments");
  }
  return keywords;
}

function callRelaxed(proxy: object, args: unknown[], keywords: object | null): unknown {
  const { bridge } = liveObject(proxy);
  const relaxed = bridge.value(bridge.core.terra_import("pyodide.code", "relaxed_call")) as PyProxy;
  try {
    return callProxy(relaxed, undefined, [proxy, ...argumentsFor(proxy, undefined, args)], keywords);
  } finally {
    relaxed.destroy();
  }
}

class BufferMethods {
  /** A view of the buffer's memory, without a copy; call release() on it when done. */
  getBuffer(type?: string): PyBufferView {
    const { bridge, object } = liveObject(this);
    return getBuffer(bridge, object, type);
  }
}

/** The methods of Array that read: each works on an array of the items. */
const READING = [
  "at",
  "concat",
  "every",
  "filter",
  "find",
  "findIndex",
  "flatMap",
  "forEach",
  "includes",
  "indexOf",
  "join",
  "lastIndexOf",
  "map",
  "reduce",
  "reduceRight",
  "slice",
  "some",
  "entries",
  "keys",
  "values",
] as const;

class SequenceMethods {
  toJSON(): unknown[] {
    return Array.from(this as unknown as Iterable<unknown>);
  }
}
for (const name of READING) {
  Object.defineProperty(SequenceMethods.prototype, name, {
    configurable: true,
    writable: true,
    value(this: Iterable<unknown>, ...args: unknown[]): unknown {
      const method = Array.prototype[name] as (...args: unknown[]) => unknown;
      return method.apply(Array.from(this), args);
    },
  });
}

/** The methods of Array that write, which work through the proxy's own items and list methods. */
class MutableSequenceMethods {
  push(...items: unknown[]): number {
    const list = this as unknown as PyProxy;
    for (const item of items) {
      list.append(item);
    }
    return list.length;
  }

  pop(): unknown {
    const list = this as unknown as PyProxy;
    return list.length === 0 ? undefined : list.$pop();
  }

  shift(): unknown {
    const list = this as unknown as PyProxy;
    return list.length === 0 ? undefined : list.$pop(0);
  }

  unshift(...items: unknown[]): number {
    const list = this as unknown as PyProxy;
    items.forEach((item, index) => {
      list.insert(index, item);
    });
    return list.length;
  }

  splice(start: number, deleteCount?: number, ...items: unknown[]): unknown[] {
    return changeItems(this, (array) => array.splice(start, deleteCount ?? array.length - start, ...items));
  }

  reverse(): this {
    (this as unknown as PyProxy).$reverse();
    return this;
  }

  sort(compare?: (a: unknown, b: unknown) => number): this {
    changeItems(this, (array) => array.sort(compare));
    return this;
  }

  fill(value: unknown, start?: number, end?: number): this {
    changeItems(this, (array) => array.fill(value, start, end));
    return this;
  }

  copyWithin(target: number, start: number, end?: number): this {
    changeItems(this, (array) => array.copyWithin(target, start, end));
    return this;
  }
}

/** Lets `change` work on an array of the items, and puts back what it leaves. */
function changeItems<T>(list: object, change: (items: unknown[]) => T): T {
  const proxy = list as PyProxy;
  const items = Array.from(proxy as unknown as Iterable<unknown>);
  const result = change(items);
  proxy.clear();
  proxy.extend(items);
  return result;
}

const MIXINS: [number, { prototype: object }][] = [
  [PyFeature.hasLength, LengthMethods],
  [PyFeature.hasGet, GetMethods],
  [PyFeature.hasSet, SetMethods],
  [PyFeature.hasContains, ContainsMethods],
  [PyFeature.iterable, IterableMethods],
  [PyFeature.iterator, IteratorMethods],
  [PyFeature.generator, GeneratorMethods],
  [PyFeature.asyncIterable, AsyncIterableMethods],
  [PyFeature.asyncIterator, AsyncIteratorMethods],
  [PyFeature.asyncGenerator, AsyncGeneratorMethods],
  [PyFeature.awaitable, AwaitableMethods],
  [PyFeature.callable, CallableMethods],
  [PyFeature.buffer, BufferMethods],
  [PyFeature.sequence, SequenceMethods],
  [PyFeature.mutableSequence, MutableSequenceMethods],
];

const prototypes = new Map<number, object>();

/** The prototype of proxies of objects with these features. */
export function prototypeFor(features: number): object {
  let prototype = prototypes.get(features);
  if (!prototype) {
    prototype = Object.create(null) as object;
    const parts = [BaseMethods, ...MIXINS.filter(([feature]) => features & feature).map(([, part]) => part)];
    for (const part of parts) {
      const descriptors = Object.getOwnPropertyDescriptors(part.prototype) as PropertyDescriptorMap;
      Reflect.deleteProperty(descriptors, "constructor");
      Object.defineProperties(prototype, descriptors);
    }
    prototypes.set(features, prototype);
  }
  return prototype;
}

/** A class for `instanceof`: it matches the proxies of objects with all of `features`. */
function proxyClass(name: string, features: number): { new (): PyProxy; prototype: PyProxy } {
  const made = class {
    constructor() {
      throw new TypeError(`${name} is not a constructor`);
    }
    static [Symbol.hasInstance](value: unknown): boolean {
      return isPyProxy(value) && (pyProxyFeatures(value) & features) === features;
    }
  };
  Object.defineProperty(made, "name", { value: name });
  return made as unknown as { new (): PyProxy; prototype: PyProxy };
}

/** The classes of `pyodide.ffi`. */
export const proxyClasses = {
  PyProxy: proxyClass("PyProxy", 0),
  PyProxyWithLength: proxyClass("PyProxyWithLength", PyFeature.hasLength),
  PyProxyWithGet: proxyClass("PyProxyWithGet", PyFeature.hasGet),
  PyProxyWithSet: proxyClass("PyProxyWithSet", PyFeature.hasSet),
  PyProxyWithHas: proxyClass("PyProxyWithHas", PyFeature.hasContains),
  PyDict: proxyClass("PyDict", PyFeature.dict),
  PyIterable: proxyClass("PyIterable", PyFeature.iterable),
  PyAsyncIterable: proxyClass("PyAsyncIterable", PyFeature.asyncIterable),
  PyIterator: proxyClass("PyIterator", PyFeature.iterator),
  PyAsyncIterator: proxyClass("PyAsyncIterator", PyFeature.asyncIterator),
  PyGenerator: proxyClass("PyGenerator", PyFeature.generator),
  PyAsyncGenerator: proxyClass("PyAsyncGenerator", PyFeature.asyncGenerator),
  PyAwaitable: proxyClass("PyAwaitable", PyFeature.awaitable),
  PyCallable: proxyClass("PyCallable", PyFeature.callable),
  PyBuffer: proxyClass("PyBuffer", PyFeature.buffer),
  PySequence: proxyClass("PySequence", PyFeature.sequence),
  PyMutableSequence: proxyClass("PyMutableSequence", PyFeature.mutableSequence),
};
