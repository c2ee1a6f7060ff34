import { copyMemory } from "../kernel/copy-memory.ts";

/** Memory for the parts of one batch. Its block is reused for later batches, to reduce garbage collection. */
export class PartMemory {
  readonly #block: Uint8Array;
  #used = 0;
  #taken = 0;

  constructor(block: Uint8Array = new Uint8Array(0)) {
    this.#block = block;
  }

  /** Number of requested bytes, in the block or not. */
  get taken(): number {
    return this.#taken;
  }

  /** Uninitialized bytes: in the block, or in separate memory if the block is full. */
  take(bytes: number): Uint8Array {
    this.#taken += bytes;
    const start = this.#used;
    if (start + bytes > this.#block.length) return new Uint8Array(bytes);
    this.#used = start + bytes;
    return this.#block.subarray(start, start + bytes);
  }

  copy(bytes: Uint8Array): Uint8Array {
    const copy = this.take(bytes.length);
    copyMemory(copy, bytes);
    return copy;
  }
}
