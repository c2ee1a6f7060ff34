import { indexCell } from "./index-cell.ts";
import { fittingCells, InteriorLevel, KIND, LEAF_HEADER, leafPage } from "./interior-level.ts";
import { PAGE_BYTES, type PageSink } from "./page-sink.ts";

const POINTER = 2;

/** The B-tree of an index: records are added in their order. Each is stored once, in a leaf or between two. */
export class IndexTree {
  readonly #sink: PageSink;
  #cells: Uint8Array[] = [];
  #bytes = 0;
  #parent: InteriorLevel | undefined;

  constructor(sink: PageSink) {
    this.#sink = sink;
  }

  add(payload: Uint8Array): void {
    const cell = indexCell(this.#sink, payload);
    this.#cells.push(cell);
    this.#bytes += cell.length + POINTER;
    if (this.#bytes <= PAGE_BYTES - LEAF_HEADER) return;
    const fit = fittingCells(this.#cells, LEAF_HEADER);
    // The next leaf has a cell for certain.
    if (this.#cells.length >= fit + 2) this.#writeLeaf(fit);
  }

  /** Writes a leaf with `count` cells; the next one moves up. */
  #writeLeaf(count: number): void {
    this.#parent ??= new InteriorLevel(this.#sink, KIND.indexInterior);
    this.#parent.addChild(this.#sink.add(leafPage(KIND.indexLeaf, this.#cells.slice(0, count))));
    this.#parent.addDivider(this.#cells[count] as Uint8Array);
    this.#cells = this.#cells.slice(count + 1);
    this.#bytes = this.#cells.reduce((sum, cell) => sum + cell.length + POINTER, 0);
  }

  /** Writes the rest; returns the page of the root. */
  end(): number {
    const fit = fittingCells(this.#cells, LEAF_HEADER);
    if (fit < this.#cells.length) this.#writeLeaf(this.#cells.length - 2);
    const last = this.#sink.add(leafPage(KIND.indexLeaf, this.#cells));
    if (!this.#parent) return last;
    this.#parent.addChild(last);
    return this.#parent.end();
  }
}
