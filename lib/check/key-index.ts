import { type BinaryToTextEncoding, hash, randomInt } from "node:crypto";

/** Maximum keys kept as text. Beyond, 128 bits per key are kept: the key itself if it is short, otherwise its truncated SHA-256. */
const EXACT = 50_000;
const WORDS = 4;
/** Maximum length of an ASCII key that fits into the bits, after its length. */
const SHORT = WORDS * 4 - 1;
/** Random odd numbers, so that colliding keys cannot be crafted. They affect no result. */
const FACTORS = Uint32Array.from({ length: WORDS }, () => randomInt(2 ** 31) * 2 + 1);

/** Numbers keys in order of appearance, with memory independent of their length (about 40 bytes per key). */
export class KeyIndex {
  #exact: Map<string, number> | undefined = new Map();
  #hashes = new Uint32Array(0);
  /** Number of the key in each slot, plus one; 0 is a free slot. */
  #numbers = new Uint32Array(0);
  #size = 0;

  /** The number of a new key; undefined if it exists. */
  add(key: string): number | undefined {
    if (this.#exact) {
      if (this.#exact.has(key)) return undefined;
      this.#exact.set(key, this.#size);
      this.#size += 1;
      if (this.#size > EXACT) this.#leaveExact();
      return this.#size - 1;
    }
    if (this.#size * 4 >= this.#numbers.length * 3) this.#grow(this.#numbers.length * 2);
    const words = wordsOf(key);
    const slot = this.#slot(words, 0);
    if (this.#numbers[slot] !== 0) return undefined;
    this.#set(slot, words, 0, this.#size);
    this.#size += 1;
    return this.#size - 1;
  }

  /** The number that `add` gave to the key. */
  get(key: string): number | undefined {
    if (this.#exact) return this.#exact.get(key);
    const number = this.#numbers[this.#slot(wordsOf(key), 0)];
    return number === 0 ? undefined : (number as number) - 1;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  #leaveExact(): void {
    const keys = this.#exact as Map<string, number>;
    this.#exact = undefined;
    this.#grow(1 << 17);
    for (const [key, number] of keys) {
      const words = wordsOf(key);
      this.#set(this.#slot(words, 0), words, 0, number);
    }
  }

  #slot(words: Uint32Array, at: number): number {
    const mask = this.#numbers.length - 1;
    let slot = 0;
    for (let i = 0; i < WORDS; i += 1) {
      slot = Math.imul(slot ^ (words[at + i] as number), FACTORS[i] as number);
      slot ^= slot >>> 15;
    }
    slot &= mask;
    while (this.#numbers[slot] !== 0 && !this.#matches(slot, words, at)) slot = (slot + 1) & mask;
    return slot;
  }

  #matches(slot: number, words: Uint32Array, at: number): boolean {
    for (let i = 0; i < WORDS; i += 1) if (this.#hashes[slot * WORDS + i] !== words[at + i]) return false;
    return true;
  }

  #set(slot: number, words: Uint32Array, at: number, number: number): void {
    for (let i = 0; i < WORDS; i += 1) this.#hashes[slot * WORDS + i] = words[at + i] as number;
    this.#numbers[slot] = number + 1;
  }

  #grow(capacity: number): void {
    const [hashes, numbers] = [this.#hashes, this.#numbers];
    this.#hashes = new Uint32Array(capacity * WORDS);
    this.#numbers = new Uint32Array(capacity);
    for (let i = 0; i < numbers.length; i += 1)
      if (numbers[i] !== 0) this.#set(this.#slot(hashes, i * WORDS), hashes, i * WORDS, (numbers[i] as number) - 1);
  }
}

const words = new Uint32Array(WORDS);

/** The kept words of a key, in an array that the next call reuses. Different keys have different words. */
function wordsOf(key: string): Uint32Array {
  return isPacked(key) ? words : digest(key);
}

/** Packs a short key into the words, after its length. */
function isPacked(key: string): boolean {
  const { length } = key;
  if (length > SHORT) return false;
  words.fill(0);
  words[0] = length;
  for (let i = 0; i < length; i += 1) {
    const c = key.charCodeAt(i);
    if (c > 0x7f) return false;
    const at = i + 1;
    words[at >> 2] = (words[at >> 2] as number) | (c << ((at & 3) * 8));
  }
  return true;
}

/** Puts the hash of a key into the words, after a byte that cannot be a length. */
function digest(key: string): Uint32Array {
  const bytes = hash("sha256", key, "latin1" as BinaryToTextEncoding);
  for (let i = 0; i < WORDS; i += 1)
    words[i] =
      bytes.charCodeAt(4 * i) |
      (bytes.charCodeAt(4 * i + 1) << 8) |
      (bytes.charCodeAt(4 * i + 2) << 16) |
      (bytes.charCodeAt(4 * i + 3) << 24);
  words[0] = (words[0] as number) | 0xff;
  return words;
}
