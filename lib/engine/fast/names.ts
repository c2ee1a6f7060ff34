import { ByteMap } from "./byte-map.ts";

/** JavaScript puts names that are whole numbers before all others, whatever their order in the text. */
const IS_INDEX = /^(?:0|[1-9]\d*)$/;
/** Records whose names come from data, such as a name a language, are not to fill the memory. */
const MAX_NAMES = 20_000;
const NONE = -1;
const QUOTE = 0x22;

/**
 * Numbers the names of properties. The names of the schema come first; others are added as records bring them.
 * Records of a table have the same names in the same order, so the name that followed last time is tried first.
 */
export class Names {
  readonly #known = new ByteMap();
  /** The name that followed another one in its object. */
  #followers = new Int32Array(64).fill(NONE);
  /** The first name in the object that is the value of a name. */
  #firsts = new Int32Array(64).fill(NONE);
  #firstOfRecord = NONE;
  /** Names of the schema that `JSON.parse` treats in a way of its own. */
  readonly #special = new Set<number>();

  add(name: string): number {
    const bytes = Buffer.from(name);
    const number = this.#known.add(bytes, 0, bytes.length);
    if (name === "__proto__" || IS_INDEX.test(name)) this.#special.add(number);
    if (number >= this.#followers.length) this.#grow();
    return number;
  }

  text(number: number): string {
    return this.#known.text(number);
  }

  get size(): number {
    return this.#known.size;
  }

  /** The name that is expected after another one (`before`), or as the first in the value of `inside`. */
  expected(before: number, inside: number): number {
    if (before !== NONE) return this.#followers[before] as number;
    return inside === NONE ? this.#firstOfRecord : (this.#firsts[inside] as number);
  }

  expect(name: number, before: number, inside: number): void {
    if (before !== NONE) this.#followers[before] = name;
    else if (inside === NONE) this.#firstOfRecord = name;
    else this.#firsts[inside] = name;
  }

  /** The offset after the closing quote, where the name with this number stands at an offset; otherwise -1. */
  matchAt(number: number, bytes: Uint8Array, offset: number): number {
    if (number === NONE) return -1;
    const end = this.#known.matchAt(number, bytes, offset);
    return end >= 0 && bytes[end] === QUOTE ? end + 1 : -1;
  }

  /** The number of a name; -1 where it is one that this engine leaves to `JSON.parse`. */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    let found = this.#known.find(bytes, start, end);
    if (found < 0 && this.size < MAX_NAMES) found = this.add(Buffer.from(bytes.subarray(start, end)).toString("utf8"));
    return this.#special.has(found) ? -1 : found;
  }

  #grow(): void {
    const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const larger = new Int32Array(old.length * 2).fill(NONE);
      larger.set(old);
      return larger;
    };
    this.#followers = grown(this.#followers);
    this.#firsts = grown(this.#firsts);
  }
}
