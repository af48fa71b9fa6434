/** What a JavaScript object can do, which decides the Python type of its proxy. */

import { JsFeature, PyFeature } from "./features.js";
import { isArray, isArrayBuffer, isError, tagOf } from "./kinds.js";
import { isPyProxy, pyProxyFeatures } from "./pyproxy.js";

type Loose = Record<PropertyKey, unknown>;

/** The type of a property; "undefined" when it cannot be had. */
function typeOf(object: Loose, name: PropertyKey): string {
  try {
    return typeof object[name];
  } catch {
    // A window of another origin, a revoked Proxy, a getter that throws.
    return "undefined";
  }
}

function isMethod(object: Loose, name: PropertyKey): boolean {
  return typeOf(object, name) === "function";
}

/** The `JsFeature` bits of a value that is not converted by value. */
export function featuresOf(value: unknown): number {
  if (typeof value === "symbol") {
    return 0;
  }
  if (isPyProxy(value)) {
    return JsFeature.doubleProxy | (pyProxyFeatures(value) & PyFeature.callable ? JsFeature.callable : 0);
  }
  const object = value as Loose;
  const callable = typeof object === "function";
  const tag = tagOf(object);
  const view = ArrayBuffer.isView(object);
  const buffer = view || isArrayBuffer(object, tag);
  const typedArray = view && tag !== "DataView";
  const array = typedArray || tag === "NodeList" || tag === "HTMLCollection" || isArray(object);
  const iterable = isMethod(object, Symbol.iterator);
  const asyncIterable = isMethod(object, Symbol.asyncIterator);
  const length = !callable && typeOf(object, "length") === "number";
  const sized = length || (!callable && typeOf(object, "size") === "number");
  const next = isMethod(object, "next");
  const get = !callable && isMethod(object, "get");
  const mutable = get && isMethod(object, "set") && isMethod(object, "delete");
  const has = isMethod(object, "has");
  let features = 0;
  const add = (condition: boolean, feature: number): void => {
    features |= condition ? feature : 0;
  };
  add(callable, JsFeature.callable);
  add(buffer, JsFeature.buffer);
  add(typedArray, JsFeature.typedArray);
  add(array, JsFeature.array);
  add(!array && length && iterable && !next && !get, JsFeature.arrayLike);
  add(isError(object, tag), JsFeature.error);
  add(iterable, JsFeature.iterable);
  add(asyncIterable, JsFeature.asyncIterable);
  add(isMethod(object, "then"), JsFeature.thenable);
  add(has || isMethod(object, "includes"), JsFeature.hasContains);
  add(next && asyncIterable, JsFeature.asyncIterator);
  add(next && !asyncIterable, JsFeature.iterator);
  add(next && !asyncIterable && isMethod(object, "throw") && isMethod(object, "return"), JsFeature.generator);
  if (get && has && sized && iterable) {
    features |= mutable ? JsFeature.mutableMap : JsFeature.map;
  } else if (get) {
    features |= mutable ? JsFeature.hasSet : JsFeature.hasGet;
  }
  add(sized, JsFeature.hasLength);
  return features;
}
