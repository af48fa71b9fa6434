/** Python's buffers in JavaScript. */

import type { Bridge } from "./bridge.js";
import type { PyPtr } from "./exports.js";
import { tagOf } from "./kinds.js";

export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

type ArrayClass = {
  new (buffer: ArrayBuffer, offset: number, length: number): TypedArray;
  BYTES_PER_ELEMENT: number;
  name: string;
};

/** Typed arrays by the letters of Python's struct module, as they are sized on wasm32. */
const CLASS_OF_FORMAT: Record<string, ArrayClass> = {
  b: Int8Array,
  B: Uint8Array,
  c: Uint8Array,
  "?": Uint8Array,
  h: Int16Array,
  H: Uint16Array,
  i: Int32Array,
  I: Uint32Array,
  l: Int32Array,
  L: Uint32Array,
  n: Int32Array,
  N: Uint32Array,
  q: BigInt64Array,
  Q: BigUint64Array,
  f: Float32Array,
  d: Float64Array,
};

/** The names that getBuffer() takes. */
const CLASS_OF_NAME: Record<string, ArrayClass> = {
  i8: Int8Array,
  u8: Uint8Array,
  u8clamped: Uint8ClampedArray,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
};

/** The letters by the names of typed arrays; of those for one class the first that is no alias. */
const FORMAT_OF_NAME: Record<string, string> = Object.fromEntries(
  [..."bBhHiIqQfd"].map((letter) => [(CLASS_OF_FORMAT[letter] as ArrayClass).name, letter]),
);

/** The struct-module letter for a typed array's items; "B" for other buffers. */
export function formatOf(value: unknown): string {
  return FORMAT_OF_NAME[tagOf(value)] ?? "B";
}

/** The bytes of an ArrayBuffer or a view, without a copy. */
export function bytesOf(value: unknown): Uint8Array {
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  return new Uint8Array(value as ArrayBuffer);
}

/** The fields of C's Py_buffer. */
interface BufferFields {
  address: number;
  size: number;
  itemSize: number;
  readonly: boolean;
  format: string;
  shape: number[];
  strides: number[];
  suboffsets: boolean;
}

function readFields(bridge: Bridge, view: number): BufferFields {
  const word = (index: number): number => bridge.module.HEAPU32[(view >>> 2) + index] as number;
  const [address, size, itemSize, readonly, ndim, format] = [word(0), word(2), word(3), word(4), word(5), word(6)];
  const numbers = (pointer: number): number[] =>
    Array.from(bridge.module.HEAP32.subarray(pointer >>> 2, (pointer >>> 2) + ndim));
  const [shapeAt, stridesAt] = [word(7), word(8)];
  const shape = shapeAt ? numbers(shapeAt) : [size / itemSize];
  return {
    address,
    size,
    itemSize,
    readonly: readonly !== 0,
    format: format ? bridge.module.UTF8ToString(format) : "B",
    shape,
    strides: stridesAt ? numbers(stridesAt) : contiguousStrides(shape, itemSize),
    suboffsets: word(9) !== 0,
  };
}

function contiguousStrides(shape: number[], itemSize: number): number[] {
  const strides = new Array<number>(shape.length);
  let stride = itemSize;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= shape[i] as number;
  }
  return strides;
}

/** The letter of a format, without the byte order that is wasm32's own. */
function formatLetter(format: string): string {
  return format.replace(/^[@=<]/, "");
}

function isContiguous(fields: BufferFields, strides: number[]): boolean {
  return (
    fields.size === 0 || fields.strides.every((stride, i) => (fields.shape[i] as number) <= 1 || stride === strides[i])
  );
}

/** A copy of a Python buffer: a typed array, or arrays of them when it has several dimensions. */
export function copyBuffer(bridge: Bridge, object: PyPtr): unknown {
  const view = bridge.core.terra_buffer_open(object);
  bridge.pointer(view);
  try {
    const fields = readFields(bridge, view);
    const arrayClass = CLASS_OF_FORMAT[formatLetter(fields.format)];
    if (!arrayClass || fields.suboffsets) {
      throw new Error(`A buffer with the format "${fields.format}" has no typed array: convert it in Python first`);
    }
    const copyFrom = (address: number, dimension: number): unknown => {
      const length = fields.shape[dimension] ?? 1;
      const stride = fields.strides[dimension] ?? fields.itemSize;
      if (dimension < fields.shape.length - 1) {
        return Array.from({ length }, (_, i) => copyFrom(address + i * stride, dimension + 1));
      }
      const bytes = new Uint8Array(length * fields.itemSize);
      const heap = bridge.module.HEAPU8;
      if (stride === fields.itemSize) {
        bytes.set(heap.subarray(address, address + bytes.length));
      } else {
        for (let i = 0; i < length; i++) {
          const from = address + i * stride;
          bytes.set(heap.subarray(from, from + fields.itemSize), i * fields.itemSize);
        }
      }
      return new arrayClass(bytes.buffer, 0, length);
    };
    return copyFrom(fields.address, 0);
  } finally {
    bridge.core.terra_buffer_close(view);
  }
}

/** What PyBuffer.getBuffer gives: a window on Python's memory. */
export class PyBufferView {
  /** The memory. It moves when WebAssembly's memory grows: get a new view after running Python. */
  readonly data: TypedArray | DataView;
  /** Where the first item is in `data`, and how to go from there, in items. */
  readonly offset: number;
  readonly readonly: boolean;
  readonly format: string;
  readonly itemsize: number;
  readonly ndim: number;
  readonly nbytes: number;
  readonly shape: number[];
  readonly strides: number[];
  readonly c_contiguous: boolean;
  readonly f_contiguous: boolean;
  private released = false;

  /** @private */
  constructor(
    private readonly bridge: Bridge,
    private readonly view: number,
    fields: BufferFields,
    type: string | undefined,
  ) {
    this.readonly = fields.readonly;
    this.format = fields.format;
    this.itemsize = fields.itemSize;
    this.ndim = fields.shape.length;
    this.nbytes = fields.size;
    this.shape = fields.shape;
    const { low, high } = extent(fields);
    const memory = bridge.module.HEAPU8.buffer as ArrayBuffer;
    const arrayClass = type ? CLASS_OF_NAME[type] : CLASS_OF_FORMAT[formatLetter(fields.format)];
    if (type === "dataview") {
      this.data = new DataView(memory, low, high - low);
      this.offset = fields.address - low;
      this.strides = fields.strides;
    } else if (!arrayClass) {
      throw new Error(
        `A buffer with the format "${fields.format}" has no typed array of type "${type ?? "default"}": ask for getBuffer("dataview")`,
      );
    } else {
      const size = arrayClass.BYTES_PER_ELEMENT;
      if (low % size || fields.strides.some((stride) => stride % size)) {
        throw new Error(`The buffer is not aligned to ${size} bytes: ask for getBuffer("dataview")`);
      }
      this.data = new arrayClass(memory, low, (high - low) / size);
      this.offset = (fields.address - low) / size;
      this.strides = fields.strides.map((stride) => stride / size);
    }
    this.c_contiguous = isContiguous(fields, contiguousStrides(fields.shape, fields.itemSize));
    const reversed = contiguousStrides([...fields.shape].reverse(), fields.itemSize).reverse();
    this.f_contiguous = isContiguous(fields, reversed);
  }

  /** Lets Python free or resize the buffer again. */
  release(): void {
    if (!this.released) {
      this.released = true;
      this.bridge.core.terra_buffer_close(this.view);
    }
  }
}

/** The first and last byte address (exclusive) that the items take. */
function extent(fields: BufferFields): { low: number; high: number } {
  let [low, high] = [fields.address, fields.address];
  if (fields.shape.some((length) => length === 0)) {
    return { low, high };
  }
  fields.shape.forEach((length, i) => {
    const reach = (length - 1) * (fields.strides[i] as number);
    low += Math.min(reach, 0);
    high += Math.max(reach, 0);
  });
  return { low, high: high + fields.itemSize };
}

export function getBuffer(bridge: Bridge, object: PyPtr, type: string | undefined): PyBufferView {
  const view = bridge.pointer(bridge.core.terra_buffer_open(object));
  try {
    const fields = readFields(bridge, view);
    if (fields.suboffsets) {
      throw new Error("A buffer with suboffsets has no view: copy it with toJs()");
    }
    return new PyBufferView(bridge, view, fields, type);
  } catch (error) {
    bridge.core.terra_buffer_close(view);
    throw error;
  }
}
