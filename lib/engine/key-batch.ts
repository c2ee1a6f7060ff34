import type { TablePlan } from "../schema/table-plan.ts";
import { hasKeyAppearances, inspectKeyAppearance } from "./key-appearance.ts";
import { writeFingerprint } from "./write-fingerprint.ts";

/** The keys of a batch's records, in the form of `recordKey`. Typed arrays, so that threads can transfer them without a copy. */
export interface KeyBatch {
  count: number;
  /** UTF-8 of all keys, concatenated. */
  bytes: Uint8Array;
  /** The end of each key. */
  ends: Uint32Array;
  /** Two words for each key. */
  fingerprints: Uint32Array;
  /** Fingerprints of the visible form of keys; undefined if every key looks as it is written. */
  looks?: Uint32Array;
  /** Numbers of the keys that are invisible or contain invisible characters. */
  hidden: number[];
}

const NO_BYTES = new Uint8Array(0);
const NO_WORDS = new Uint32Array(0);
export const NO_KEYS: KeyBatch = { count: 0, bytes: NO_BYTES, ends: NO_WORDS, fingerprints: NO_WORDS, hidden: [] };

function larger<T extends Uint8Array | Uint32Array>(array: T, length: number): T {
  const grown = new (array.constructor as new (length: number) => T)(Math.max(length, array.length * 2));
  grown.set(array);
  return grown;
}

/** Collects the keys of a batch. */
export class KeyBatchBuilder {
  readonly #plan: TablePlan;
  readonly #hasLooks: boolean;
  #count = 0;
  #length = 0;
  #bytes = new Uint8Array(1 << 14);
  #ends = new Uint32Array(1 << 10);
  #fingerprints = new Uint32Array(1 << 11);
  #looks: Uint32Array | undefined;
  #hidden: number[] = [];

  constructor(plan: TablePlan) {
    this.#plan = plan;
    this.#hasLooks = hasKeyAppearances(plan);
  }

  clear(): void {
    this.#count = 0;
    this.#length = 0;
    this.#looks = undefined;
    this.#hidden = [];
  }

  addText(key: string): void {
    const from = this.#length;
    // A UTF-16 code unit is at most three bytes.
    if (from + key.length * 3 > this.#bytes.length) this.#bytes = larger(this.#bytes, from + key.length * 3);
    const { buffer, length } = this.#bytes;
    this.#length += Buffer.from(buffer, 0, length).write(key, from);
    this.#added(from, key);
  }

  #added(from: number, key: string): void {
    const number = this.#count;
    if (number === this.#ends.length) {
      this.#ends = larger(this.#ends, number + 1);
      this.#fingerprints = larger(this.#fingerprints, number * 2 + 2);
    }
    this.#count += 1;
    this.#ends[number] = this.#length;
    writeFingerprint(this.#bytes, from, this.#length, this.#fingerprints, number * 2);
    if (this.#hasLooks) this.#addLook(number, key);
  }

  #addLook(number: number, key: string): void {
    const { isHidden, look } = inspectKeyAppearance(this.#plan, key);
    if (isHidden) this.#hidden.push(number);
    if (look !== key) {
      const looks = this.#looksUpTo(number);
      const bytes = Buffer.from(look);
      writeFingerprint(bytes, 0, bytes.length, looks, number * 2);
    } else if (this.#looks) copyWords(this.#fingerprints, this.#looksUpTo(number), number);
  }

  /** The fingerprints of looks, with space for a key and those before it. */
  #looksUpTo(number: number): Uint32Array {
    if (!this.#looks) {
      this.#looks = new Uint32Array(this.#fingerprints.length);
      this.#looks.set(this.#fingerprints.subarray(0, number * 2));
    } else if (this.#looks.length <= number * 2) this.#looks = larger(this.#looks, number * 2 + 2);
    return this.#looks;
  }

  /** A copy of the keys since `clear`. */
  take(): KeyBatch {
    const count = this.#count;
    return {
      count,
      bytes: this.#bytes.slice(0, this.#length),
      ends: this.#ends.slice(0, count),
      fingerprints: this.#fingerprints.slice(0, count * 2),
      ...(this.#looks ? { looks: this.#looks.slice(0, count * 2) } : {}),
      hidden: this.#hidden,
    };
  }
}

function copyWords(from: Uint32Array, to: Uint32Array, number: number): void {
  to[number * 2] = from[number * 2] as number;
  to[number * 2 + 1] = from[number * 2 + 1] as number;
}

/** A key of a batch as text. */
export function keyBatchText({ bytes, ends }: KeyBatch, number: number): string {
  const start = number === 0 ? 0 : (ends[number - 1] as number);
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, (ends[number] as number) - start).toString("utf8");
}

export const keyBatchTexts = (keys: KeyBatch): string[] => Array.from({ length: keys.count }, (_, number) => keyBatchText(keys, number));
