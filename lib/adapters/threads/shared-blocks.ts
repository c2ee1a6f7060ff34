/** A block is larger than the expected size, because the sizes of batches vary a little. */
const MARGIN = 1.125;

/** A pool of memory blocks shared between threads. Freed blocks are reused rather than garbage-collected. */
export class SharedBlocks<Holder extends object> {
  #free: Uint8Array[] = [];
  #bytes = 0;
  readonly #held = new WeakMap<Holder, Uint8Array>();

  /** Records how many bytes a holder needed. Smaller blocks are not reused. */
  expect(bytes: number): void {
    if (bytes <= this.#bytes) return;
    this.#bytes = Math.ceil(bytes * MARGIN);
    this.#free = [];
  }

  /** A free block of the expected size. */
  take(): Uint8Array {
    return this.#free.pop() ?? new Uint8Array(new SharedArrayBuffer(this.#bytes));
  }

  /** Records the holder of a block. */
  hold(holder: Holder, block: Uint8Array): void {
    this.#held.set(holder, block);
  }

  /** Frees the block of a holder, if it has one. */
  release(holder: Holder): void {
    const block = this.#held.get(holder);
    if (block && block.length >= this.#bytes) this.#free.push(block);
    this.#held.delete(holder);
  }
}
