import { randomInt } from "node:crypto";
import { ByteWriter } from "./byte-writer.ts";

/** A random odd number, so that colliding texts cannot be crafted. It does not affect results. */
const FACTOR = randomInt(2 ** 31) * 2 + 1;

const hashOf = (bytes: Uint8Array, start: number, end: number): number => {
  let hash = Math.imul(end - start, FACTOR);
  for (let i = start; i < end; i += 1) {
    hash = Math.imul(hash ^ (bytes[i] as number), FACTOR);
    // The low bits choose the slot, so they must depend on all other bits.
    hash ^= hash >>> 15;
  }
  return hash;
};

/** Numbers texts, compared as bytes, from 0 in the order in which they are added. */
export class ByteMap {
  readonly #texts = new ByteWriter(1024);
  #starts = new Int32Array(17);
  /** For each slot, the number of its text plus one, and the hash; 0 if the slot is free. */
  #slots = new Int32Array(2 * 16);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of a text, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return (this.#slots[this.#slot(bytes, start, end, hashOf(bytes, start, end))] as number) - 1;
  }

  /** The number of a text, which is added if it is new. */
  add(bytes: Uint8Array, start: number, end: number): number {
    if (this.#size * 4 >= this.#slots.length) this.#grow();
    const hash = hashOf(bytes, start, end);
    const slot = this.#slot(bytes, start, end, hash);
    const found = this.#slots[slot] as number;
    if (found > 0) return found - 1;
    this.#starts[this.#size] = this.#texts.length;
    this.#texts.copy(bytes, start, end);
    this.#size += 1;
    this.#starts[this.#size] = this.#texts.length;
    this.#slots[slot] = this.#size;
    this.#slots[slot + 1] = hash;
    return this.#size - 1;
  }

  text(number: number): string {
    return this.#texts.bytes.toString("utf8", this.#starts[number], this.#starts[number + 1]);
  }

  clear(): void {
    this.#texts.length = 0;
    this.#size = 0;
    this.#slots.fill(0);
  }

  /** The slot of a text, or the free slot for it. */
  #slot(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (hash << 1) & mask;
    for (;;) {
      const found = slots[slot] as number;
      if (found === 0) return slot;
      if (slots[slot + 1] === hash && this.#isEqual(found - 1, bytes, start, end)) return slot;
      slot = (slot + 2) & mask;
    }
  }

  #isEqual(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const texts = this.#texts.bytes;
    const from = this.#starts[number] as number;
    if ((this.#starts[number + 1] as number) - from !== end - start) return false;
    for (let i = start, k = from; i < end; i += 1, k += 1) if (texts[k] !== bytes[i]) return false;
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    const starts = new Int32Array(old.length + 1);
    starts.set(this.#starts.subarray(0, this.#size + 1));
    this.#starts = starts;
    const mask = this.#slots.length - 2;
    for (let i = 0; i < old.length; i += 2) {
      if (old[i] === 0) continue;
      let slot = ((old[i + 1] as number) << 1) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 2) & mask;
      this.#slots[slot] = old[i] as number;
      this.#slots[slot + 1] = old[i + 1] as number;
    }
  }
}
