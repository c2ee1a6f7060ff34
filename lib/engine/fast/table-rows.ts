import type { TablePart } from "../../formats/format.ts";
import { ByteWriter } from "./byte-writer.ts";

/** The encoded rows of one table. */
export class TableRows {
  readonly out = new ByteWriter();
  rows = 0;
  readonly #table: string;

  constructor(table: string) {
    this.#table = table;
  }

  take(): TablePart {
    const part = { table: this.#table, rows: this.rows, chunks: this.out.length > 0 ? [this.out.take()] : [] };
    this.rows = 0;
    return part;
  }

  clear(): void {
    this.out.length = 0;
    this.rows = 0;
  }
}
