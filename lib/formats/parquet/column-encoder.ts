import type { TablePlan } from "../../schema/table-plan.ts";
import type { Labels } from "../labels.ts";
import type { JsonRecord } from "../value.ts";
import { readColumnBatch, writeColumnBatch } from "./column-batch.ts";
import { type Leaf, leafColumns } from "./leaf.ts";
import { LeafEncoder } from "./leaf-encoder.ts";

/** Encodes records by column. */
export class ColumnEncoder {
  readonly leaves: readonly LeafEncoder[];
  readonly #leaves: readonly Leaf[];
  #sizes: number[] = [];
  #before = 0;

  constructor(plan: TablePlan) {
    this.#leaves = leafColumns(plan);
    this.leaves = this.#leaves.map((leaf) => new LeafEncoder(leaf));
  }

  get rows(): number {
    return this.#sizes.length;
  }

  add(record: JsonRecord, labels: Labels): void {
    for (const leaf of this.leaves) leaf.add(record, labels);
    this.endRecord();
  }

  /** Ends a record whose values were added to every leaf. */
  endRecord(): void {
    let size = 0;
    for (let i = 0; i < this.leaves.length; i += 1) size += (this.leaves[i] as LeafEncoder).size;
    this.#sizes.push(size - this.#before);
    this.#before = size;
  }

  /** Adds the output of another encoder. */
  addEncoded(bytes: Uint8Array): void {
    const { sizes, leaves } = readColumnBatch(this.#leaves, bytes);
    for (const [i, leaf] of leaves.entries()) this.leaves[i]?.addBatch(leaf);
    this.#sizes.push(...sizes);
    this.#before += sizes.reduce((sum, size) => sum + size, 0);
  }

  /** The records since the last call, in the form that `readColumnBatch` parses. */
  take(): Uint8Array {
    const bytes = writeColumnBatch({ sizes: Uint32Array.from(this.#sizes), leaves: this.leaves.map((leaf) => leaf.view()) });
    this.clear();
    return bytes;
  }

  clear(): void {
    for (const leaf of this.leaves) leaf.clear();
    this.#sizes = [];
    this.#before = 0;
  }
}
