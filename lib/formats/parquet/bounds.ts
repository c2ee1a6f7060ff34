import { lowerText, upperText } from "../lower-text.ts";
import type { KernelColumn } from "./kernel-column.ts";
import type { Leaf } from "./leaf.ts";

/** Bounds of the values of a page or column chunk: the least and greatest value, or shortened texts beyond them. */
export interface Bounds {
  min: Buffer;
  max: Buffer;
  isMinExact: boolean;
  isMaxExact: boolean;
}

/** Maximum bytes of a text in statistics; longer texts are shortened (parquet-format, PageIndex.md). */
const MAX_BYTES = 64;

const ZERO = Buffer.alloc(8);
const MINUS_ZERO = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0x80]);

/** The bounds, given the indexes of the least and greatest value. */
function boundsAt({ physical }: Leaf, column: KernelColumn, least: number, greatest: number): Bounds {
  const [min, max] = [column.value(least), column.value(greatest)];
  // parquet.thrift, TypeDefinedOrder: a bound of zero must cover both zeros.
  if (physical === "double")
    return {
      min: min.equals(ZERO) ? MINUS_ZERO : min,
      max,
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

/** Finds bounds page by page. */
export class BoundsFinder {
  readonly #leaf: Leaf;
  readonly #column: KernelColumn;
  #least = -1;
  #greatest = -1;

  constructor(leaf: Leaf, column: KernelColumn) {
    this.#leaf = leaf;
    this.#column = column;
  }

  /** The bounds of the next page, which has the values from `from` up to `to`; undefined if it has none. */
  next(from: number, to: number): Bounds | undefined {
    if (from === to) return undefined;
    const column = this.#column;
    const [least, greatest] = column.findBounds(from, to);
    if (this.#least < 0 || column.compare(least, this.#least) < 0) this.#least = least;
    if (this.#greatest < 0 || column.compare(greatest, this.#greatest) > 0) this.#greatest = greatest;
    return boundsAt(this.#leaf, column, least, greatest);
  }

  /** The bounds of all pages so far. */
  all(): Bounds | undefined {
    return this.#least < 0 ? undefined : boundsAt(this.#leaf, this.#column, this.#least, this.#greatest);
  }
}
