/** JavaScript values that C keeps for longer than a call, each under a number. */

export class HandleTable {
  // Handle 0 means "none" in C.
  private readonly values: unknown[] = [undefined];
  private readonly free: number[] = [];

  /** Keeps `value` until `drop` is called with the handle that this gives. */
  store(value: unknown): number {
    const handle = this.free.pop() ?? this.values.length;
    this.values[handle] = value;
    return handle;
  }

  load(handle: number): unknown {
    return this.values[handle];
  }

  drop(handle: number): void {
    if (handle !== 0) {
      this.values[handle] = undefined;
      this.free.push(handle);
    }
  }

  /** How many values are kept: for tests of leaks. */
  get size(): number {
    return this.values.length - 1 - this.free.length;
  }
}
