import { addOverflow, localBytes, MAX_TABLE_LOCAL } from "./index-cell.ts";
import { InteriorLevel, KIND, LEAF_HEADER, writePageHeader } from "./interior-level.ts";
import { PAGE_BYTES, type PageSink } from "./page-sink.ts";
import { varintLength, writeVarint } from "./write-varint.ts";

const POINTER = 2;

/** The B-tree of a table. Rows must be added in the order of their numbers (default: 1, 2, 3 …). Leaves are written when full. */
export class TableTree {
  readonly #sink: PageSink;
  #leaf = Buffer.alloc(PAGE_BYTES);
  #cells = 0;
  #contentStart = PAGE_BYTES;
  #rows = 0;
  #parent: InteriorLevel | undefined;

  constructor(sink: PageSink) {
    this.#sink = sink;
  }

  /** Number of the last row. */
  get rows(): number {
    return this.#rows;
  }

  /** Adds the next row: a record from `start` up to `end`. */
  add(bytes: Uint8Array, start: number, end: number, row = this.#rows + 1): void {
    const size = end - start;
    const local = localBytes(size, MAX_TABLE_LOCAL);
    const cellBytes = varintLength(size) + varintLength(row) + local + (local < size ? 4 : 0);
    if (LEAF_HEADER + POINTER * (this.#cells + 1) + cellBytes > this.#contentStart) this.#endLeaf();
    this.#rows = row;
    this.#contentStart -= cellBytes;
    let at = writeVarint(this.#leaf, this.#contentStart, size);
    at = writeVarint(this.#leaf, at, row);
    this.#leaf.set(bytes.subarray(start, start + local), at);
    if (local < size) this.#leaf.writeUInt32BE(addOverflow(this.#sink, bytes, start + local, end), at + local);
    this.#leaf.writeUInt16BE(this.#contentStart, LEAF_HEADER + POINTER * this.#cells);
    this.#cells += 1;
  }

  #writeLeaf(): number {
    writePageHeader(this.#leaf, KIND.tableLeaf, this.#cells, this.#contentStart);
    return this.#sink.add(this.#leaf);
  }

  /** Writes a leaf that is not the last. */
  #endLeaf(): void {
    this.#parent ??= new InteriorLevel(this.#sink, KIND.tableInterior);
    this.#parent.addChild(this.#writeLeaf());
    const divider = Buffer.alloc(varintLength(this.#rows));
    writeVarint(divider, 0, this.#rows);
    this.#parent.addDivider(divider);
    this.#leaf.fill(0);
    this.#cells = 0;
    this.#contentStart = PAGE_BYTES;
  }

  /** Writes the remaining pages; returns the number of the root. */
  end(): number {
    const last = this.#writeLeaf();
    if (!this.#parent) return last;
    this.#parent.addChild(last);
    return this.#parent.end();
  }
}
