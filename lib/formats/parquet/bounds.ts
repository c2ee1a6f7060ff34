import type { ColumnValues } from "./column-values.ts";
import type { Dictionary } from "./dictionary.ts";
import type { Leaf } from "./leaf.ts";

/** The least and the greatest value of a page or column chunk; both are bounds where they are not exact. */
export interface Bounds {
  min: Buffer;
  max: Buffer;
  isMinExact: boolean;
  isMaxExact: boolean;
}

/** Bytes of a text in statistics: longer ones are shortened (parquet-format, PageIndex.md). */
const MAX_BYTES = 64;

const isInside = (byte: number | undefined): boolean => ((byte ?? 0) & 0xc0) === 0x80;

/** As many whole characters as fit. */
function shorten(text: Buffer): Buffer {
  let end = MAX_BYTES;
  while (isInside(text[end])) end -= 1;
  return text.subarray(0, end);
}

/** The least text that is greater than all that start with this one; undefined where there is none. */
function nextText(text: Buffer): Buffer | undefined {
  const characters = [...text.toString("utf8")].map((character) => character.codePointAt(0) as number);
  while (characters.at(-1) === 0x10ffff) characters.pop();
  const last = characters.pop();
  if (last === undefined) return undefined;
  return Buffer.from(String.fromCodePoint(...characters, last === 0xd7ff ? 0xe000 : last + 1));
}

const ZERO = Buffer.alloc(8);
const MINUS_ZERO = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0x80]);

/** The bounds of the values with these numbers. */
function boundsAt({ physical }: Leaf, values: ColumnValues, least: number, greatest: number): Bounds {
  const [min, max] = [values.slice(least), values.slice(greatest)];
  // parquet.thrift, TypeDefinedOrder: zero stands for both zeros.
  if (physical === "double")
    return {
      min: min.equals(ZERO) ? MINUS_ZERO : Buffer.from(min),
      max: Buffer.from(max),
      isMinExact: true,
      isMaxExact: true,
    };
  const [isMinExact, isMaxExact] = [min.length <= MAX_BYTES, max.length <= MAX_BYTES];
  const above = isMaxExact ? max : (nextText(shorten(max)) ?? max);
  return { min: Buffer.from(isMinExact ? min : shorten(min)), max: Buffer.from(above), isMinExact, isMaxExact };
}

/** Finds bounds page by page. A value of a dictionary is compared once a page. */
export class BoundsFinder {
  readonly #leaf: Leaf;
  readonly #values: ColumnValues;
  readonly #dictionary: Dictionary | undefined;
  /** Entry → the page that it was last seen in, from 1. */
  readonly #seen: Uint32Array;
  #page = 0;
  #least = -1;
  #greatest = -1;

  constructor(leaf: Leaf, values: ColumnValues, dictionary: Dictionary | undefined) {
    this.#leaf = leaf;
    this.#values = values;
    this.#dictionary = dictionary;
    this.#seen = new Uint32Array(dictionary?.entries.length ?? 0);
  }

  /** Of the values from `from` up to `to`, which are the next page; undefined where there are none. */
  next(from: number, to: number): Bounds | undefined {
    if (from === to) return undefined;
    const values = this.#values;
    this.#page += 1;
    let [least, greatest] = [from, from];
    for (let i = from + 1; i < to; i += 1) {
      if (this.#isKnown(i)) continue;
      if (values.compare(i, least) < 0) least = i;
      else if (values.compare(i, greatest) > 0) greatest = i;
    }
    if (this.#least < 0 || values.compare(least, this.#least) < 0) this.#least = least;
    if (this.#greatest < 0 || values.compare(greatest, this.#greatest) > 0) this.#greatest = greatest;
    return boundsAt(this.#leaf, values, least, greatest);
  }

  #isKnown(i: number): boolean {
    if (!this.#dictionary) return false;
    const entry = this.#dictionary.indexes[i] as number;
    if (this.#seen[entry] === this.#page) return true;
    this.#seen[entry] = this.#page;
    return false;
  }

  /** Of all pages so far. */
  all(): Bounds | undefined {
    return this.#least < 0 ? undefined : boundsAt(this.#leaf, this.#values, this.#least, this.#greatest);
  }
}
