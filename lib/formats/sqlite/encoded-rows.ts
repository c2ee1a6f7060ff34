import type { TablePart } from "../format.ts";
import { RecordWriter } from "./record-writer.ts";
import { SortKeys } from "./sort-keys.ts";
import type { SqliteRows } from "./sqlite-rows.ts";

/** Collects rows of one table as SQLite records, and the keys of its indexes. */
export class EncodedRows {
  readonly writer = new RecordWriter();
  /** One for each index. */
  readonly keys: readonly SortKeys[];
  readonly #table: string;
  #count = 0;

  constructor({ name, indexes }: SqliteRows) {
    this.#table = name;
    this.keys = indexes.map(() => new SortKeys());
  }

  /** Ends a row whose values and keys were written. */
  end(): void {
    this.writer.end();
    this.#count += 1;
  }

  /** Adds a part from `take` of another instance. */
  add({ rows, chunks }: TablePart): void {
    if (rows === 0) return;
    const [sizes, bytes, ...keys] = chunks as [Uint8Array, Uint8Array, ...Uint8Array[]];
    this.writer.addWritten(new Uint32Array(new Uint8Array(sizes).buffer), bytes);
    for (const [i, run] of keys.entries()) this.keys[i]?.addSorted(run);
    this.#count += rows;
  }

  /** A part with the size of each row, the rows, and the sorted keys of each index. */
  take(): TablePart {
    const { sizes, bytes } = this.writer.take();
    const rows = this.#count;
    this.#count = 0;
    const chunks = [new Uint8Array(sizes.buffer), bytes, ...this.keys.map((keys) => keys.takeSorted())];
    return { table: this.#table, rows, chunks: rows > 0 ? chunks : [] };
  }
}
