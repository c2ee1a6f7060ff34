/** Memory overhead of a cached value. */
const OVERHEAD_BYTES = 200;

/** An LRU cache of what git answered, by object id or command. Large values are not cached. */
export class RecentlyRead<T extends { length: number }> {
  readonly #values = new Map<string, T>();
  readonly #maxBytes: number;
  readonly #maxValueBytes: number;
  #bytes = 0;

  constructor({ maxBytes, maxValueBytes }: { maxBytes: number; maxValueBytes: number }) {
    this.#maxBytes = maxBytes;
    this.#maxValueBytes = maxValueBytes;
  }

  get(key: string): T | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  add(key: string, value: T): void {
    if (value.length > this.#maxValueBytes || this.#values.has(key)) return;
    this.#values.set(key, value);
    this.#bytes += value.length + OVERHEAD_BYTES;
    for (const [oldest, { length }] of this.#values) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#values.delete(oldest);
      this.#bytes -= length + OVERHEAD_BYTES;
    }
  }
}
