import { ByteSink } from "./byte-sink.ts";
import type { ColumnBatch, LeafBatch } from "./column-batch.ts";
import { type ColumnChunk, encodeColumnChunk } from "./column-chunk.ts";
import type { Leaf } from "./leaf.ts";

/**
 * Maximum records per page, and pages per row group. Pages depend only on the records, never on batches or threads. A page ends early after
 * the record with which it reaches `PAGE_BYTES`, so that a row group of large records fits into memory.
 */
export const PAGE_RECORDS = 1024;
export const GROUP_PAGES = 32;
const PAGE_BYTES = 1 << 20;

/** The records of a row group so far, column by column. */
class LeafBuffer {
  readonly #repetitions = new ByteSink();
  readonly #definitions = new ByteSink();
  readonly #values = new ByteSink(4096);
  #levels = 0;
  #count = 0;

  add({ repetitions, definitions, levels, values, count }: LeafBatch): void {
    this.#repetitions.bytes(repetitions);
    this.#definitions.bytes(definitions);
    this.#values.bytes(values);
    this.#levels += levels;
    this.#count += count;
  }

  /** Valid until the next `add`. */
  take(): LeafBatch {
    const data = {
      repetitions: this.#repetitions.view(),
      definitions: this.#definitions.view(),
      values: this.#values.view(),
      levels: this.#levels,
      count: this.#count,
    };
    for (const sink of [this.#repetitions, this.#definitions, this.#values]) sink.clear();
    this.#levels = 0;
    this.#count = 0;
    return data;
  }
}

/** Size of the first `count` values in bytes. */
function bytesOfValues({ physical }: Leaf, { values }: LeafBatch, count: number): number {
  if (physical !== "bytes") return count * (physical === "boolean" ? 1 : physical === "int32" ? 4 : 8);
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  let bytes = 0;
  for (let i = 0; i < count; i += 1) bytes += 4 + view.getUint32(bytes, true);
  return bytes;
}

/** Splits the data of a leaf after the first `records`. */
function splitLeaf(leaf: Leaf, data: LeafBatch, records: number): [LeafBatch, LeafBatch] {
  let level = 0;
  let count = 0;
  for (let record = 0; level < data.levels; level += 1) {
    if (!leaf.isList || data.repetitions[level] === 0) record += 1;
    if (record > records) break;
    if (leaf.maxDefinition === 0 || data.definitions[level] === leaf.maxDefinition) count += 1;
  }
  const byte = bytesOfValues(leaf, data, count);
  const part = (levels: [number, number], values: [number, number], counted: number): LeafBatch => ({
    repetitions: data.repetitions.subarray(...levels),
    definitions: data.definitions.subarray(...levels),
    values: data.values.subarray(...values),
    levels: levels[1] - levels[0],
    count: counted,
  });
  return [part([0, level], [0, byte], count), part([level, data.levels], [byte, data.values.length], data.count - count)];
}

export interface RowGroup {
  records: number;
  /** Encoded one by one, so that only one of them is in memory. Valid until more records are added. */
  chunks: Iterable<ColumnChunk>;
}

/** Regroups batches of any size into row groups. */
export class RowGroups {
  readonly #leaves: readonly Leaf[];
  readonly #buffers: LeafBuffer[];
  /** First record of each page of the group. */
  #starts: number[] = [];
  #records = 0;
  #pageBytes = 0;

  constructor(leaves: readonly Leaf[]) {
    this.#leaves = leaves;
    this.#buffers = leaves.map(() => new LeafBuffer());
  }

  /** Adds a batch. Yields the row groups that it completes. */
  *add({ sizes, leaves }: ColumnBatch): Generator<RowGroup> {
    let rest = leaves;
    let first = 0;
    for (let next = this.#fill(sizes, 0); next < sizes.length; next = this.#fill(sizes, next)) {
      const parts = rest.map((data, leaf) => splitLeaf(this.#leaves[leaf] as Leaf, data, next - first));
      yield this.#encode(parts.map(([full]) => full));
      rest = parts.map(([, more]) => more);
      first = next;
    }
    for (const [i, data] of rest.entries()) this.#buffers[i]?.add(data);
  }

  /**
   * Assigns records to pages, starting at an index. Returns the index of the first record that does not fit into the group. A separate
   * method, because in the generator V8 recompiles the loop repeatedly, together with all code that encodes a group.
   */
  #fill(sizes: Uint32Array, from: number): number {
    for (let i = from; i < sizes.length; i += 1) {
      const isPageFull = this.#pageBytes >= PAGE_BYTES || this.#records - (this.#starts.at(-1) ?? 0) >= PAGE_RECORDS;
      if (isPageFull && this.#starts.length === GROUP_PAGES) return i;
      if (isPageFull || this.#starts.length === 0) {
        this.#starts.push(this.#records);
        this.#pageBytes = 0;
      }
      this.#records += 1;
      this.#pageBytes += sizes[i] as number;
    }
    return sizes.length;
  }

  /** Yields the last row group, if any records are left. */
  *end(): Generator<RowGroup> {
    if (this.#records > 0) yield this.#encode([]);
  }

  #encode(last: readonly LeafBatch[]): RowGroup {
    for (const [i, data] of last.entries()) this.#buffers[i]?.add(data);
    const group = { records: this.#records, chunks: this.#chunks(this.#starts) };
    this.#starts = [];
    this.#records = 0;
    this.#pageBytes = 0;
    return group;
  }

  *#chunks(starts: readonly number[]): Generator<ColumnChunk> {
    for (const [i, leaf] of this.#leaves.entries()) yield encodeColumnChunk(leaf, (this.#buffers[i] as LeafBuffer).take(), starts);
  }
}
