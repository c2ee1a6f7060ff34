import { copyMemory } from "../kernel/copy-memory.ts";

/** Memory for the parts of one batch. A block of it is used for batch after batch, so that none of it has to be collected. */
export class PartMemory {
  readonly #block: Uint8Array;
  #used = 0;
  #taken = 0;

  constructor(block: Uint8Array = new Uint8Array(0)) {
    this.#block = block;
  }

  /** Bytes that were taken, in the block or not. */
  get taken(): number {
    return this.#taken;
  }

  /** A number of bytes, with any content: in the block, or in memory of their own if it is full. */
  take(bytes: number): Uint8Array {
    this.#taken += bytes;
    const start = this.#used;
    if (start + bytes > this.#block.length) return new Uint8Array(bytes);
    this.#used = start + bytes;
    return this.#block.subarray(start, start + bytes);
  }

  /** A copy of some bytes. */
  copy(bytes: Uint8Array): Uint8Array {
    const copy = this.take(bytes.length);
    copyMemory(copy, bytes);
    return copy;
  }
}
