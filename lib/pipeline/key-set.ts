import { nearMiss } from "../dataset/near-miss.ts";

/** So many keys are kept as they are; of more, two 53-bit fingerprints (a million keys collide once in 10^20 runs). */
const EXACT = 50_000;

function fingerprint(key: string, seed: number): number {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < key.length; i += 1) {
    const c = key.charCodeAt(i);
    a = Math.imul(a ^ c, 2654435761);
    b = Math.imul(b ^ c, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 1 + 4294967296 * (2097151 & b) + (a >>> 0);
}

/** A set of keys whose memory does not depend on their length. */
export class KeySet {
  #exact: Set<string> | undefined = new Set();
  #first = new Float64Array(0);
  #second = new Float64Array(0);
  #size = 0;

  /** False where the key is there already. */
  add(key: string): boolean {
    if (this.#exact) {
      if (this.#exact.has(key)) return false;
      this.#exact.add(key);
      if (this.#exact.size > EXACT) this.#leaveExact();
      return true;
    }
    return this.#insert(fingerprint(key, 0), fingerprint(key, 1));
  }

  has(key: string): boolean {
    if (this.#exact) return this.#exact.has(key);
    const slot = this.#slot(fingerprint(key, 0), fingerprint(key, 1));
    return this.#first[slot] !== 0;
  }

  /** What somebody may have meant; nothing where there are too many keys to look through. */
  near(key: string): string | undefined {
    const meant = this.#exact && nearMiss(key, [...this.#exact]);
    return meant ? `Did you mean "${meant}"?` : undefined;
  }

  #leaveExact(): void {
    const keys = this.#exact as Set<string>;
    this.#exact = undefined;
    for (const key of keys) this.#insert(fingerprint(key, 0), fingerprint(key, 1));
  }

  #slot(first: number, second: number): number {
    const mask = this.#first.length - 1;
    let slot = (first >>> 0) & mask;
    while (this.#first[slot] !== 0 && (this.#first[slot] !== first || this.#second[slot] !== second)) slot = (slot + 1) & mask;
    return slot;
  }

  #insert(first: number, second: number): boolean {
    if (this.#size * 2 >= this.#first.length) this.#grow();
    const slot = this.#slot(first, second);
    if (this.#first[slot] !== 0) return false;
    this.#first[slot] = first;
    this.#second[slot] = second;
    this.#size += 1;
    return true;
  }

  #grow(): void {
    const [first, second] = [this.#first, this.#second];
    const capacity = Math.max(1 << 17, first.length * 2);
    this.#first = new Float64Array(capacity);
    this.#second = new Float64Array(capacity);
    for (let i = 0; i < first.length; i += 1) {
      if (first[i] === 0) continue;
      const slot = this.#slot(first[i] as number, second[i] as number);
      this.#first[slot] = first[i] as number;
      this.#second[slot] = second[i] as number;
    }
  }
}
