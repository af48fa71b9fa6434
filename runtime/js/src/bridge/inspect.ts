/** What a JavaScript object can do, which decides the Python type of its proxy. */

import { isError } from "./errors.js";
import { JsFeature, PyFeature } from "./features.js";
import { isPyProxy, pyProxyFeatures } from "./pyproxy.js";

type Loose = Record<PropertyKey, unknown>;

function isMethod(object: Loose, name: PropertyKey): boolean {
  return typeof object[name] === "function";
}

function isSharedBuffer(value: unknown): boolean {
  return typeof SharedArrayBuffer !== "undefined" && value instanceof SharedArrayBuffer;
}

/** Whether indexing with integers gives the items. */
function isArrayLike(value: unknown): boolean {
  if (Array.isArray(value)) {
    return true;
  }
  const tag = Object.prototype.toString.call(value);
  return tag === "[object NodeList]" || tag === "[object HTMLCollection]";
}

function inspect(object: Loose): number {
  let features = 0;
  const callable = typeof object === "function";
  const buffer = ArrayBuffer.isView(object) || object instanceof ArrayBuffer || isSharedBuffer(object);
  const typedArray = buffer && ArrayBuffer.isView(object) && !(object instanceof DataView);
  features |= callable ? JsFeature.callable : 0;
  features |= buffer ? JsFeature.buffer : 0;
  features |= typedArray ? JsFeature.typedArray : 0;
  features |= typedArray || isArrayLike(object) ? JsFeature.array : 0;
  features |= isError(object) ? JsFeature.error : 0;
  features |= isMethod(object, Symbol.iterator) ? JsFeature.iterable : 0;
  features |= isMethod(object, Symbol.asyncIterator) ? JsFeature.asyncIterable : 0;
  features |= isMethod(object, "then") ? JsFeature.thenable : 0;
  features |= isMethod(object, "has") || isMethod(object, "includes") ? JsFeature.hasContains : 0;
  if (isMethod(object, "next")) {
    if (features & JsFeature.asyncIterable) {
      features |= JsFeature.asyncIterator;
    } else {
      features |= JsFeature.iterator;
      features |= isMethod(object, "throw") && isMethod(object, "return") ? JsFeature.generator : 0;
    }
  }
  if (!callable && (typeof object.length === "number" || typeof object.size === "number")) {
    features |= JsFeature.hasLength;
  }
  if (!callable && isMethod(object, "get")) {
    const mutable = isMethod(object, "set") && isMethod(object, "delete");
    if (isMethod(object, "has") && features & JsFeature.hasLength && features & JsFeature.iterable) {
      features |= mutable ? JsFeature.mutableMap : JsFeature.map;
    } else {
      features |= mutable ? JsFeature.hasSet : JsFeature.hasGet;
    }
  }
  return features;
}

/** The `JsFeature` bits of a value that is not converted by value. */
export function featuresOf(value: unknown): number {
  if (typeof value === "symbol") {
    return 0;
  }
  if (isPyProxy(value)) {
    return JsFeature.doubleProxy | (pyProxyFeatures(value) & PyFeature.callable ? JsFeature.callable : 0);
  }
  try {
    return inspect(value as Loose);
  } catch {
    // A window of another origin, a revoked Proxy: it can be held, and little else.
    return typeof value === "function" ? JsFeature.callable : 0;
  }
}
