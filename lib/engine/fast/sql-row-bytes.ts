import { cellText } from "../../formats/cell-text.ts";
import type { TablePart } from "../../formats/format.ts";
import type { Labels } from "../../formats/labels.ts";
import { sqlTables } from "../../formats/sql-tables.ts";
import type { Column, TablePlan } from "../../schema/table-plan.ts";
import type { ByteEncoder } from "./byte-encoder.ts";
import type { ByteWriter } from "./byte-writer.ts";
import type { ReadingState } from "./reading-state.ts";
import { recordWith } from "./record-with.ts";
import { TableRows } from "./table-rows.ts";
import { NUMBER, ValueKind } from "./value-kind.ts";

const code = (character: string): number => character.charCodeAt(0);
const COMMA = code(",");
const OPEN = code("[");
const CLOSE = code("]");
const NULL = Buffer.from("null");

interface SqlCell {
  column: Column;
  /** Location of the value: a slot in the record, or a name in the item. */
  slot?: number;
  name?: number;
  /** JavaScript callback for a value that is derived, not copied. */
  asker?: number;
}

interface SqlTableRows {
  cells: SqlCell[];
  list?: number;
  table: TableRows;
}

/** Rows for SQL checks: a JSON array of rows for each table. */
export class SqlRowBytes implements ByteEncoder {
  readonly #labels: Labels;
  readonly #kernel: ReadingState["kernel"];
  readonly #tape: ReadingState["tape"];
  readonly #slots: ReadingState["slots"];
  readonly #tables: SqlTableRows[];
  /** The number of the name `item`. */
  readonly #item: number;

  constructor(plan: TablePlan, labels: Labels, { kernel, tape, names, slots }: ReadingState) {
    this.#labels = labels;
    this.#kernel = kernel;
    this.#tape = tape;
    this.#slots = slots;
    this.#item = names.add("item");
    this.#tables = sqlTables(plan).map(({ name, columns, list }) => ({
      table: new TableRows(name),
      ...(list ? { list: slots.add(list) } : {}),
      cells: columns.map(({ column, ofItem }) => ({
        column,
        ...(ofItem ? { name: names.add(column.path[0] as string) } : { slot: slots.add(column.path) }),
        ...(column.item || column.derived ? { asker: kernel.addAsker((entry) => Buffer.from(this.#ask(column, entry))) } : {}),
      })),
    }));
  }

  add(): void {
    const tape = this.#tape;
    for (const { cells, list, table } of this.#tables) {
      if (list === undefined) {
        this.#addRow(table, cells, 0);
        continue;
      }
      const entry = this.#slots.entries[list] as number;
      if (entry === 0 || tape.kinds[entry] !== ValueKind.list) continue;
      for (let item = entry + 1; item < (tape.nexts[entry] as number); item = tape.nexts[item] as number) this.#addRow(table, cells, item);
    }
  }

  #addRow(table: TableRows, cells: readonly SqlCell[], item: number): void {
    const { out } = table;
    if (table.rows > 0) out.byte(COMMA);
    out.byte(OPEN);
    for (let i = 0; i < cells.length; i += 1) {
      const cell = cells[i] as SqlCell;
      if (i > 0) out.byte(COMMA);
      const entry = cell.name === undefined ? (this.#slots.entries[cell.slot as number] as number) : this.#inItem(item, cell.name);
      if (entry <= 0 || this.#tape.kinds[entry] === ValueKind.null) out.copy(NULL, 0, NULL.length);
      else if (cell.asker === undefined) this.#writeValue(out, cell.column, entry);
      else {
        const answer = this.#kernel.cachedAnswer(cell.asker, entry) ?? NULL;
        out.copy(answer, 0, answer.length);
      }
    }
    out.byte(CLOSE);
    table.rows += 1;
  }

  /** A value in an item of a list. A plain item is read as { item }. */
  #inItem(item: number, name: number): number {
    if (this.#tape.kinds[item] === ValueKind.object) return this.#tape.property(item, name);
    return name === this.#item ? item : -1;
  }

  #writeValue(out: ByteWriter, column: Column, entry: number): void {
    const { bytes } = this.#kernel;
    const kind = this.#tape.kinds[entry] as number;
    const [start, end] = [this.#tape.starts[entry] as number, this.#tape.ends[entry] as number];
    if (kind === ValueKind.string) out.copy(bytes, start - 1, end + 1);
    else if ((kind & NUMBER) !== 0) out.copy(bytes, start, end);
    else if (kind === ValueKind.true || kind === ValueKind.false) out.byte(code(kind === ValueKind.true ? "1" : "0"));
    else out.text(this.#ask(column, entry));
  }

  #ask(column: Column, entry: number): string {
    const record = recordWith(column.path, this.#tape.value(entry, this.#kernel.bytes));
    return JSON.stringify(cellText(column, record, this.#labels) ?? null);
  }

  addEncoded(parts: readonly TablePart[]): void {
    for (const [i, { rows, chunks }] of parts.entries()) {
      if (rows === 0) continue;
      const { table } = this.#tables[i] as SqlTableRows;
      if (table.rows > 0) table.out.byte(COMMA);
      table.rows += rows;
      // Without the brackets around the rows.
      for (const chunk of chunks) table.out.copy(chunk, 1, chunk.length - 1);
    }
  }

  take(): TablePart[] {
    return this.#tables.map(({ table }) => {
      const { table: name, rows, chunks } = table.take();
      return { table: name, rows, chunks: [Buffer.concat([Buffer.from("["), ...chunks, Buffer.from("]")])] };
    });
  }

  clear(): void {
    for (const { table } of this.#tables) table.clear();
  }
}
