/** Numbers that C and TypeScript agree on. Each block names the C enumeration that it repeats. */

/** `enum JsKind` of runtime/core/jsval.h. */
export const JsKind = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  integer: 4,
  float: 5,
  bigint: 6,
  string: 7,
  pyproxy: 8,
  object: 9,
} as const;

/** `enum JsFeature` of runtime/core/jsval.h. */
export const JsFeature = {
  callable: 1 << 0,
  iterable: 1 << 1,
  iterator: 1 << 2,
  generator: 1 << 3,
  hasLength: 1 << 4,
  array: 1 << 5,
  map: 1 << 6,
  mutableMap: 1 << 7,
  hasContains: 1 << 8,
  thenable: 1 << 9,
  error: 1 << 10,
  buffer: 1 << 11,
  typedArray: 1 << 12,
  asyncIterable: 1 << 13,
  asyncIterator: 1 << 14,
  doubleProxy: 1 << 15,
  hasGet: 1 << 16,
  hasSet: 1 << 17,
  arrayLike: 1 << 18,
} as const;

/** `enum JsShape` of runtime/core/jsval.h. */
export const JsShape = { other: 0, plainObject: 1, array: 2 } as const;

/** `enum PyFeature` of runtime/core/pyproxy.h. */
export const PyFeature = {
  hasLength: 1 << 0,
  hasGet: 1 << 1,
  hasSet: 1 << 2,
  hasContains: 1 << 3,
  iterable: 1 << 4,
  iterator: 1 << 5,
  generator: 1 << 6,
  asyncIterable: 1 << 7,
  asyncIterator: 1 << 8,
  asyncGenerator: 1 << 9,
  awaitable: 1 << 10,
  buffer: 1 << 11,
  callable: 1 << 12,
  dict: 1 << 13,
  sequence: 1 << 14,
  mutableSequence: 1 << 15,
  coroutineFunction: 1 << 16,
} as const;

/** `enum Shape` of runtime/core/collections.c. */
export const Shape = { other: 0, single: 1, sequence: 2, dict: 3, set: 4, buffer: 5 } as const;
