import type { ColumnValues } from "./column-values.ts";
import type { Dictionary } from "./dictionary.ts";
import type { Leaf } from "./leaf.ts";
import { lowerText, upperText } from "./lower-text.ts";

/** The least and the greatest value of a page or column chunk; both are bounds where they are not exact. */
export interface Bounds {
  min: Buffer;
  max: Buffer;
  isMinExact: boolean;
  isMaxExact: boolean;
}

/** Bytes of a text in statistics: longer ones are shortened (parquet-format, PageIndex.md). */
const MAX_BYTES = 64;

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
  return {
    min: Buffer.from(lowerText(min, MAX_BYTES)),
    max: Buffer.from(upperText(max, MAX_BYTES)),
    isMinExact: min.length <= MAX_BYTES,
    isMaxExact: max.length <= MAX_BYTES,
  };
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
