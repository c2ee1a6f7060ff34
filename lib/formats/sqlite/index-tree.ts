import { copyRange } from "./copy-range.ts";
import { MAX_CELL_BYTES, writeIndexCell } from "./index-cell.ts";
import { InteriorLevel, KIND, LEAF_HEADER, writePageHeader } from "./interior-level.ts";
import { PAGE_BYTES, type PageSink } from "./page-sink.ts";

const POINTER = 2;

/** The B-tree of an index. Records must be added in order. Each is stored once, in a leaf or as a divider between leaves. */
export class IndexTree {
  readonly #sink: PageSink;
  /** The cells that are not written yet, one after the other. */
  #cells = Buffer.allocUnsafe(2 * PAGE_BYTES);
  /** The end of each of these cells. */
  #ends: number[] = [];
  readonly #leaf = Buffer.alloc(PAGE_BYTES);
  #parent: InteriorLevel | undefined;

  constructor(sink: PageSink) {
    this.#sink = sink;
  }

  add(payload: Uint8Array): void {
    const start = this.#ends.at(-1) ?? 0;
    if (start + MAX_CELL_BYTES > this.#cells.length) this.#cells = Buffer.concat([this.#cells], 2 * this.#cells.length);
    const end = writeIndexCell(this.#cells, start, payload, this.#sink);
    this.#ends.push(end);
    if (end + POINTER * this.#ends.length <= PAGE_BYTES - LEAF_HEADER) return;
    const fit = this.#fitting();
    // Certain to leave a cell for the next leaf.
    if (this.#ends.length >= fit + 2) this.#endLeaf(fit);
  }

  /** The number of cells that fit into a leaf. */
  #fitting(): number {
    const last = this.#ends.findIndex((end, i) => end + POINTER * (i + 1) > PAGE_BYTES - LEAF_HEADER);
    return last < 0 ? this.#ends.length : last;
  }

  /** Writes a leaf with the first `count` cells, in reverse order. */
  #writeLeaf(count: number): number {
    const leaf = this.#leaf.fill(0);
    let at = PAGE_BYTES;
    let start = 0;
    for (let i = 0; i < count; i += 1) {
      const end = this.#ends[i] as number;
      at -= end - start;
      copyRange(leaf, at, this.#cells, start, end);
      leaf.writeUInt16BE(at, LEAF_HEADER + POINTER * i);
      start = end;
    }
    writePageHeader(leaf, KIND.indexLeaf, count, at);
    return this.#sink.add(leaf);
  }

  /** Writes a leaf with `count` cells. The next cell moves up to the parent. */
  #endLeaf(count: number): void {
    this.#parent ??= new InteriorLevel(this.#sink, KIND.indexInterior);
    this.#parent.addChild(this.#writeLeaf(count));
    const [start, end] = [this.#ends[count - 1] ?? 0, this.#ends[count] as number];
    this.#parent.addDivider(new Uint8Array(this.#cells.subarray(start, end)));
    this.#cells.copyWithin(0, end, this.#ends.at(-1));
    this.#ends = this.#ends.slice(count + 1).map((other) => other - end);
  }

  /** Writes the remaining pages; returns the number of the root. */
  end(): number {
    if (this.#fitting() < this.#ends.length) this.#endLeaf(this.#ends.length - 2);
    const last = this.#writeLeaf(this.#ends.length);
    if (!this.#parent) return last;
    this.#parent.addChild(last);
    return this.#parent.end();
  }
}
