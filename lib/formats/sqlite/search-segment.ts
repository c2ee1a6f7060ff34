import { varintLength, writeVarint } from "./write-varint.ts";

/** FTS5's own leaf size, which fits into a page of the database. */
const LEAF_BYTES = 4050;
const HEADER = 4;
/** The only segment of an index. */
export const SEGMENT = 1;
/** Row number of a leaf in the data table: `FTS5_SEGMENT_ROWID`. */
export const segmentLeaf = (number: number): number => SEGMENT * 2 ** 37 + number;

/** Receives the leaves of an index in order, and a term for each page that begins with a new one. */
export interface SegmentPages {
  /** The bytes are valid only during the call. */
  leaf(bytes: Uint8Array): void;
  /** `term`: greater than all terms before the page, and not greater than its first term. */
  page(term: Uint8Array, number: number): void;
}

function commonLength(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a[i] === b[i]) i += 1;
  return i;
}

/** Reads a sequence of SQLite varints: seven bits per byte, the highest first. */
class VarintReader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#bytes.length;
  }

  next(): number {
    let value = 0;
    for (let i = 0; i < 8; i += 1) {
      const byte = this.#bytes[this.at++] as number;
      value = value * 128 + (byte & 127);
      if (byte < 128) break;
    }
    return value;
  }
}

/**
 * Writes the segment of an FTS5 index from left to right (fts5_index.c, "Segment B-Tree" and `fts5WriteAppendTerm`): terms in byte order,
 * each with its rows and the positions in them.
 */
export class SearchSegment {
  readonly #output: SegmentPages;
  #leaf = Buffer.alloc(2 * LEAF_BYTES);
  #length = HEADER;
  /** The distances between the offsets of terms in the leaf. */
  #offsets: number[] = [];
  #offsetsBytes = 0;
  #lastOffset = 0;
  #number = 1;
  #term: Uint8Array = new Uint8Array(0);
  /** The page that `#pageTerm` refers to; undefined once it is written. */
  #page: number | undefined = 1;
  #pageTerm: Uint8Array = new Uint8Array(0);
  #isFirstTerm = true;
  #isFirstRow = true;
  #lastRow = 0;

  constructor(output: SegmentPages) {
    this.#output = output;
  }

  /** Number of leaves written so far. */
  get leaves(): number {
    return this.#number - 1;
  }

  /** Adds a term with its list: for each row the distance from the previous row, the size of its positions, and the positions. */
  add(term: Uint8Array, list: Uint8Array): void {
    this.#addTerm(term);
    const reader = new VarintReader(list);
    let row = 0;
    let isFirst = true;
    while (!reader.isAtEnd) {
      row += reader.next();
      const bytes = reader.next();
      this.#addRow(row, isFirst ? row : undefined);
      isFirst = false;
      this.#varint(2 * bytes);
      this.#addPositions(list.subarray(reader.at, reader.at + bytes));
      reader.at += bytes;
    }
  }

  end(): void {
    if (this.#length > HEADER) this.#flush();
    if (this.leaves > 0) this.#endPage();
  }

  #addTerm(term: Uint8Array): void {
    if (this.#size + term.length + 2 >= LEAF_BYTES && this.#length > HEADER) this.#flush();
    const common = commonLength(this.#term, term);
    this.#offsets.push(this.#length - this.#lastOffset);
    this.#offsetsBytes += varintLength(this.#length - this.#lastOffset);
    this.#lastOffset = this.#length;
    let kept = 0;
    if (!this.#isFirstTerm) {
      kept = common;
      this.#varint(kept);
    } else if (this.#number !== 1) {
      this.#endPage();
      this.#page = this.#number;
      this.#pageTerm = Uint8Array.from(this.#term.length > 0 ? term.subarray(0, common + 1) : term);
    }
    this.#varint(term.length - kept);
    this.#bytes(term.subarray(kept));
    this.#term = term;
    this.#isFirstTerm = false;
    this.#isFirstRow = false;
  }

  /** `whole`: the row number, for the first row of a list, which is not delta-encoded. */
  #addRow(row: number, whole: number | undefined): void {
    if (this.#size >= LEAF_BYTES) this.#flush();
    if (this.#isFirstRow) this.#leaf.writeUInt16BE(this.#length, 0);
    this.#varint(whole ?? (this.#isFirstRow ? row : row - this.#lastRow));
    this.#lastRow = row;
    this.#isFirstRow = false;
  }

  /** Writes positions, which may continue in the next leaf. They are split between varints. */
  #addPositions(positions: Uint8Array): void {
    let rest = positions;
    while (this.#size + rest.length >= LEAF_BYTES) {
      const room = LEAF_BYTES - this.#size;
      const reader = new VarintReader(rest);
      while (reader.at < room) reader.next();
      this.#bytes(rest.subarray(0, reader.at));
      rest = rest.subarray(reader.at);
      this.#flush();
    }
    this.#bytes(rest);
  }

  get #size(): number {
    return this.#length + this.#offsetsBytes;
  }

  #varint(value: number): void {
    this.#reserve(9);
    this.#length = writeVarint(this.#leaf, this.#length, value);
  }

  #bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#leaf.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#leaf.length) return;
    const larger = Buffer.alloc(2 * (this.#length + more));
    larger.set(this.#leaf);
    this.#leaf = larger;
  }

  /** Writes the leaf, followed by the offsets of its terms. */
  #flush(): void {
    this.#leaf.writeUInt16BE(this.#length, 2);
    for (const offset of this.#offsets) this.#varint(offset);
    this.#output.leaf(this.#leaf.subarray(0, this.#length));
    this.#leaf.fill(0, 0, HEADER);
    this.#length = HEADER;
    this.#offsets = [];
    this.#offsetsBytes = 0;
    this.#lastOffset = 0;
    this.#number += 1;
    this.#isFirstTerm = true;
    this.#isFirstRow = true;
  }

  #endPage(): void {
    if (this.#page !== undefined) this.#output.page(this.#pageTerm, this.#page);
    this.#page = undefined;
  }
}
