import { randomInt } from "node:crypto";

/** A random odd number, so that colliding keys cannot be crafted. It affects no result. */
const FACTOR = randomInt(2 ** 31) * 2 + 1;
const FIRST_CAPACITY = 1 << 10;
/** Maximum initial capacity; a larger set grows. */
const MAX_EXPECTED = 1 << 24;
/** Maximum load factor. */
const MAX_FILL = 0.8;

/** A hash set of fingerprints, 8 bytes per slot. Words are signed: V8 passes others between functions as objects. */
export class FingerprintSet {
  #slots: Int32Array;
  #capacity: number;
  #size = 0;
  /** Whether it contains the fingerprint 0, which marks free slots. */
  #hasZero = false;
  // biome-ignore lint/correctness/noUnusedPrivateClassMembers: V8 may skip reads whose result is dropped
  #read = 0;

  constructor(expected = 0) {
    this.#capacity = Math.max(FIRST_CAPACITY, Math.ceil(Math.min(expected, MAX_EXPECTED) / MAX_FILL));
    this.#slots = new Int32Array(this.#capacity * 2);
  }

  get size(): number {
    return this.#size;
  }

  /** Adds a fingerprint by its number; returns false if it exists. */
  add(fingerprints: Uint32Array, number: number): boolean {
    const a = (fingerprints[number * 2] as number) | 0;
    const b = (fingerprints[number * 2 + 1] as number) | 0;
    if (a === 0 && b === 0) {
      const isNew = !this.#hasZero;
      this.#hasZero = true;
      return isNew;
    }
    if (this.#size >= this.#capacity * MAX_FILL) this.#grow();
    const slot = this.#slot(a, b);
    if (this.#slots[slot] !== 0 || this.#slots[slot + 1] !== 0) return false;
    this.#slots[slot] = a;
    this.#slots[slot + 1] = b;
    this.#size += 1;
    return true;
  }

  has(fingerprints: Uint32Array, number: number): boolean {
    const a = (fingerprints[number * 2] as number) | 0;
    const b = (fingerprints[number * 2 + 1] as number) | 0;
    if (a === 0 && b === 0) return this.#hasZero;
    const slot = this.#slot(a, b);
    return this.#slots[slot] !== 0 || this.#slots[slot + 1] !== 0;
  }

  /** Reads the slots of fingerprints before they are added. Independent reads overlap, so their cache misses cost less. */
  readAhead(fingerprints: Uint32Array): void {
    const slots = this.#slots;
    let read = 0;
    for (let i = 0; i < fingerprints.length; i += 2)
      read ^= slots[this.#firstSlot(fingerprints[i] as number, fingerprints[i + 1] as number)] as number;
    this.#read = read;
  }

  /** The first slot to search for a fingerprint. */
  #firstSlot(a: number, b: number): number {
    const hash = Math.imul(a ^ Math.imul(b, FACTOR), FACTOR) >>> 0;
    // The high bits of the product select the slot, so capacities need not be powers of two.
    return 2 * Math.floor((hash / 2 ** 32) * this.#capacity);
  }

  /** The slot of a fingerprint, or the free slot for it. */
  #slot(a: number, b: number): number {
    const slots = this.#slots;
    let slot = this.#firstSlot(a, b);
    for (;;) {
      const first = slots[slot] as number;
      const second = slots[slot + 1] as number;
      if ((first === a && second === b) || (first === 0 && second === 0)) return slot;
      slot += 2;
      if (slot === slots.length) slot = 0;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#capacity *= 2;
    this.#slots = new Int32Array(this.#capacity * 2);
    for (let i = 0; i < old.length; i += 2) {
      const a = old[i] as number;
      const b = old[i + 1] as number;
      if (a === 0 && b === 0) continue;
      const slot = this.#slot(a, b);
      this.#slots[slot] = a;
      this.#slots[slot + 1] = b;
    }
  }
}
