/** PyProxy: a Python object as JavaScript sees it. The methods are in pyproxy_methods.ts. */

import type { Bridge } from "./bridge.js";
import type { PyPtr } from "./exports.js";
import { PyFeature } from "./features.js";
import { prototypeFor } from "./pyproxy_methods.js";

/** What a proxy and its bound versions share: the reference to the object. */
export interface Shared {
  bridge: Bridge;
  /** 0 when the proxy was destroyed. */
  object: PyPtr;
  features: number;
  destroyedMessage: string;
  /** Whether it stays a proxy when Python gets it back: one that create_proxy() made. */
  roundtrip: boolean;
  /** The promise of an awaitable, once asked for. */
  promise?: Promise<unknown>;
}

/** What makes a proxy of a function different after bind() and captureThis(). */
export interface Binding {
  captureThis: boolean;
  isBound: boolean;
  boundThis: unknown;
  boundArgs: unknown[];
}

export interface State {
  shared: Shared;
  binding: Binding;
  /** The proxy that this one was bound from, which must not be garbage before it: the registry watches the first alone. */
  origin: object | undefined;
}

/** A proxy. Its attributes are those of the Python object. */
export interface PyProxy {
  // biome-ignore lint/suspicious/noExplicitAny: a Python object can give anything
  (...args: unknown[]): any;
  // biome-ignore lint/suspicious/noExplicitAny: a Python object has any attribute
  [attribute: PropertyKey]: any;
}

const UNBOUND: Binding = { captureThis: false, isBound: false, boundThis: undefined, boundArgs: [] };
const DESTROYED = "Object has already been destroyed";

const states = new WeakMap<object, State>();

const registry = new FinalizationRegistry<Shared>((shared) => {
  if (!shared.bridge.gone) {
    releaseObject(shared, DESTROYED);
  }
});

export function isPyProxy(value: unknown): value is PyProxy {
  return ((typeof value === "object" && value !== null) || typeof value === "function") && states.has(value);
}

/** The state of a proxy, destroyed or not. */
export function stateOf(proxy: object): State {
  const state = states.get(proxy);
  if (!state) {
    throw new TypeError("This method is for a PyProxy only");
  }
  return state;
}

/** The bridge and the address of the object behind a proxy; throws if it was destroyed. */
export function liveObject(proxy: object): { bridge: Bridge; object: PyPtr; shared: Shared } {
  const { shared } = stateOf(proxy);
  if (shared.object === 0) {
    throw new Error(shared.destroyedMessage);
  }
  return { bridge: shared.bridge, object: shared.object, shared };
}

/** The `PyFeature` bits of a proxy. */
export function pyProxyFeatures(proxy: object): number {
  return stateOf(proxy).shared.features;
}

function releaseObject(shared: Shared, message: string): void {
  const object = shared.object;
  shared.object = 0;
  shared.destroyedMessage = message;
  if (object !== 0) {
    shared.bridge.core.terra_release(object);
  }
}

/** Drops the reference to the object. Using the proxy, or one bound from it, throws from then on. */
export function destroyProxy(proxy: object, message = DESTROYED): void {
  const { shared } = stateOf(proxy);
  registry.unregister(shared);
  releaseObject(shared, message);
}

/** A new proxy, which keeps a new reference to `object`. */
export function makeProxy(bridge: Bridge, object: PyPtr, features: number, binding: Binding = UNBOUND): PyProxy {
  bridge.core.terra_retain(object);
  const shared: Shared = { bridge, object, features, destroyedMessage: DESTROYED, roundtrip: false };
  const proxy = wrap(shared, binding, undefined);
  registry.register(proxy, shared, shared);
  return proxy;
}

/** A proxy of the same reference, bound otherwise: destroying one destroys both. */
export function rebind(proxy: object, change: Partial<Binding>): PyProxy {
  const { shared, binding } = stateOf(proxy);
  return wrap(shared, { ...binding, ...change }, proxy);
}

function wrap(shared: Shared, binding: Binding, origin: object | undefined): PyProxy {
  const target = shared.features & PyFeature.callable ? callableTarget() : {};
  Object.setPrototypeOf(target, prototypeFor(shared.features));
  const proxy = new Proxy(target, shared.features & PyFeature.sequence ? sequenceHandler : handler) as PyProxy;
  const state: State = { shared, binding, origin };
  states.set(proxy, state);
  // The traps get the target, not the proxy.
  states.set(target, state);
  return proxy;
}

/** A function without properties of its own, which would hide Python's attributes. */
function callableTarget(): object {
  const target = () => {};
  Reflect.deleteProperty(target, "length");
  Reflect.deleteProperty(target, "name");
  return target;
}

/** `$name` is Python's attribute `name` when JavaScript's method of that name hides it. */
function attributeName(key: string): string {
  return key.startsWith("$") ? key.slice(1) : key;
}

const handler: ProxyHandler<object> = {
  get(target, key, receiver) {
    if (typeof key === "symbol" || key in target) {
      return Reflect.get(target, key, receiver);
    }
    const { bridge, object, shared } = liveObject(target);
    const name = attributeName(key);
    const value = bridge.value(bridge.core.terra_get_attribute(object, name));
    if (value === undefined && shared.features & PyFeature.dict) {
      return bridge.value(bridge.core.terra_get_item(object, name));
    }
    return value;
  },

  has(target, key) {
    if (typeof key === "symbol" || key in target) {
      return Reflect.has(target, key);
    }
    const { bridge, object } = liveObject(target);
    return bridge.count(bridge.core.terra_has_attribute(object, attributeName(key))) > 0;
  },

  set(target, key, value) {
    if (typeof key === "symbol") {
      return Reflect.set(target, key, value);
    }
    if (key in target) {
      throw new TypeError(`Cannot set read only field '${key}' of a PyProxy`);
    }
    const { bridge, object } = liveObject(target);
    bridge.count(bridge.core.terra_set_attribute(object, attributeName(key), value));
    return true;
  },

  deleteProperty(target, key) {
    if (typeof key === "symbol") {
      return Reflect.deleteProperty(target, key);
    }
    if (key in target) {
      throw new TypeError(`Cannot delete read only field '${key}' of a PyProxy`);
    }
    const { bridge, object } = liveObject(target);
    bridge.count(bridge.core.terra_delete_attribute(object, attributeName(key)));
    return true;
  },

  ownKeys(target) {
    const { bridge, object } = liveObject(target);
    const names = bridge.value(bridge.core.terra_dir(object));
    return [...new Set<string | symbol>([...names, ...Reflect.ownKeys(target)])];
  },

  apply(target, thisArg, args) {
    return callProxy(target, thisArg, args, null);
  },
};

/** What the Python function gets when the proxy is called so: what bind() and captureThis() say comes first. */
export function argumentsFor(proxy: object, thisArg: unknown, args: unknown[]): unknown[] {
  const { captureThis, isBound, boundThis, boundArgs } = stateOf(proxy).binding;
  const all = boundArgs.length > 0 ? [...boundArgs, ...args] : args;
  return captureThis ? [isBound ? boundThis : thisArg, ...all] : all;
}

/** Calls a proxy's function, with the properties of `keywords` as keyword arguments unless it is null. */
export function callProxy(proxy: object, thisArg: unknown, args: unknown[], keywords: object | null): unknown {
  const { bridge, object, shared } = liveObject(proxy);
  const pointer = bridge.pointer(bridge.core.terra_call(object, argumentsFor(proxy, thisArg, args), keywords));
  const result = bridge.value(bridge.core.terra_take_to_js(pointer)) as unknown;
  if (shared.features & PyFeature.coroutineFunction && isPyProxy(result)) {
    // As a function of JavaScript's that is async: it runs, whether anybody waits for it or not.
    promiseOf(result);
  }
  return result;
}

/** The promise of what the awaitable gives. The event loop runs it once, however often this is asked. */
export function promiseOf(proxy: object): Promise<unknown> {
  const { bridge, object, shared } = liveObject(proxy);
  shared.promise ??= new Promise((resolve, reject) => {
    bridge.count(bridge.core.terra_await(object, resolve, reject));
  });
  return shared.promise;
}

function itemIndex(key: string | symbol): number | undefined {
  return typeof key === "string" && /^\d+$/.test(key) ? Number(key) : undefined;
}

const sequenceHandler: ProxyHandler<object> = {
  ...handler,

  get(target, key, receiver) {
    const index = itemIndex(key);
    if (index === undefined) {
      return handler.get?.(target, key, receiver);
    }
    const { bridge, object } = liveObject(target);
    return bridge.value(bridge.core.terra_get_item(object, index));
  },

  has(target, key) {
    const index = itemIndex(key);
    if (index === undefined) {
      return handler.has?.(target, key) ?? false;
    }
    const { bridge, object } = liveObject(target);
    return index < bridge.count(bridge.core.terra_length(object));
  },

  set(target, key, value, receiver) {
    const index = itemIndex(key);
    if (index === undefined) {
      return handler.set?.(target, key, value, receiver) ?? false;
    }
    const { bridge, object } = liveObject(target);
    bridge.count(bridge.core.terra_set_item(object, index, value));
    return true;
  },

  deleteProperty(target, key) {
    const index = itemIndex(key);
    if (index === undefined) {
      return handler.deleteProperty?.(target, key) ?? false;
    }
    const { bridge, object } = liveObject(target);
    bridge.count(bridge.core.terra_delete_item(object, index));
    return true;
  },

  ownKeys(target) {
    const { bridge, object } = liveObject(target);
    const length = bridge.count(bridge.core.terra_length(object));
    return [...Array.from({ length }, (_, index) => String(index)), ...Reflect.ownKeys(target)];
  },
};
