import type { TablePart } from "../../formats/format.ts";
import type { Labels } from "../../formats/labels.ts";
import { EncodedRows } from "../../formats/sqlite/encoded-rows.ts";
import type { SortKeys } from "../../formats/sqlite/sort-keys.ts";
import { type SqliteColumn, type SqliteRows, sqliteRowsOf } from "../../formats/sqlite/sqlite-rows.ts";
import { storedValue } from "../../formats/sqlite/stored-value.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import type { ByteEncoder } from "./byte-encoder.ts";
import type { ReadingState } from "./reading-state.ts";
import { recordWith } from "./record-with.ts";
import { StringFlag } from "./string-flag.ts";
import { NUMBER, ValueKind } from "./value-kind.ts";

const ZERO = 0x30;

/** The kinds of values that are stored unchanged. */
const COPIED = ValueKind.string | NUMBER | ValueKind.true | ValueKind.false;

interface SqliteCell {
  column: SqliteColumn;
  /** Location of the value: a slot in the record, or a name in the item. */
  slot: number;
  name: number | undefined;
  /** JavaScript callback for the text of a value that is not stored unchanged. */
  asker: number;
  /** Kinds that are stored unchanged. */
  copied: number;
}

/** Encodes records on the tape as rows of one table. */
class SqliteTableBytes {
  readonly #encoded: EncodedRows;
  readonly #labels: Labels;
  readonly #state: ReadingState;
  readonly #cells: readonly SqliteCell[];
  readonly #list: number | undefined;
  /** The number of the name `item`. */
  readonly #item: number;
  /** The cells of each index. */
  readonly #indexes: readonly (readonly number[])[];
  /** The entries of the row. */
  readonly #entries: Int32Array;

  constructor(rows: SqliteRows, labels: Labels, state: ReadingState) {
    const { kernel, names, slots } = state;
    this.#encoded = new EncodedRows(rows);
    this.#labels = labels;
    this.#state = state;
    this.#item = names.add("item");
    this.#list = rows.list && slots.add(rows.list);
    this.#indexes = rows.indexes;
    this.#entries = new Int32Array(rows.columns.length);
    this.#cells = rows.columns.map((column): SqliteCell => {
      const { path, item, derived } = column.column;
      return {
        column,
        ...(column.ofItem ? { slot: 0, name: names.add(path[0] as string) } : { slot: slots.add(path), name: undefined }),
        asker: kernel.addAsker((entry) => {
          const text = this.#valueOf(column, entry);
          return text === null ? undefined : Buffer.from(String(text));
        }),
        copied: item || derived ? 0 : COPIED,
      };
    });
  }

  add(): void {
    const { tape, slots } = this.#state;
    if (this.#list === undefined) {
      this.#addRow(0);
      return;
    }
    const list = slots.entries[this.#list] as number;
    if (list === 0 || tape.kinds[list] !== ValueKind.list) return;
    for (let item = list + 1; item < (tape.nexts[list] as number); item = tape.nexts[item] as number) this.#addRow(item);
  }

  #addRow(item: number): void {
    for (let i = 0; i < this.#cells.length; i += 1) this.#addCell(i, this.#cells[i] as SqliteCell, item);
    const { keys } = this.#encoded;
    for (let i = 0; i < this.#indexes.length; i += 1) this.#addKey(keys[i] as SortKeys, this.#indexes[i] as number[]);
    this.#encoded.end();
  }

  #addCell(i: number, cell: SqliteCell, item: number): void {
    const { kernel, tape, slots } = this.#state;
    const { writer } = this.#encoded;
    const entry = cell.name === undefined ? (slots.entries[cell.slot] as number) : this.#inItem(item, cell.name);
    this.#entries[i] = entry;
    const kind = entry <= 0 ? ValueKind.null : (tape.kinds[entry] as number);
    if (kind === ValueKind.null) writer.null();
    else if ((kind & cell.copied) === 0) {
      const answer = kernel.cachedAnswer(cell.asker, entry);
      if (answer) writer.utf8(answer, 0, answer.length);
      else writer.null();
    } else if (kind === ValueKind.string) {
      const hasEscapes = ((tape.holds[entry] as number) & StringFlag.backslash) !== 0;
      if (hasEscapes) writer.escaped(kernel.bytes, tape.starts[entry] as number, tape.ends[entry] as number);
      else writer.utf8(kernel.bytes, tape.starts[entry] as number, tape.ends[entry] as number);
    } else writer.number(this.#numberAt(entry, kind), cell.column.storage === "real");
  }

  #addKey(keys: SortKeys, cells: readonly number[]): void {
    const { kernel, tape } = this.#state;
    for (let i = 0; i < cells.length; i += 1) {
      const cell = cells[i] as number;
      const entry = this.#entries[cell] as number;
      const isPlain = entry > 0 && tape.kinds[entry] === ValueKind.string && ((tape.holds[entry] as number) & StringFlag.backslash) === 0;
      const { column, copied } = this.#cells[cell] as SqliteCell;
      if (isPlain && copied !== 0) keys.addUtf8(kernel.bytes, tape.starts[entry] as number, tape.ends[entry] as number);
      else keys.addValue(entry <= 0 ? null : this.#valueOf(column, entry));
    }
    keys.end();
  }

  /** A value in an item of a list. A plain item is read as { item }. */
  #inItem(item: number, name: number): number {
    if (this.#state.tape.kinds[item] === ValueKind.object) return this.#state.tape.property(item, name);
    return name === this.#item ? item : -1;
  }

  /** A number, or 1 or 0 for a boolean. */
  #numberAt(entry: number, kind: number): number {
    const { kernel, tape } = this.#state;
    if (kind === ValueKind.true || kind === ValueKind.false) return kind === ValueKind.true ? 1 : 0;
    const { bytes } = kernel;
    const [start, end] = [tape.starts[entry] as number, tape.ends[entry] as number];
    if (kind === ValueKind.fraction) return Number(bytes.toString("latin1", start, end));
    const isNegative = bytes[start] === 0x2d;
    let number = 0;
    for (let i = isNegative ? start + 1 : start; i < end; i += 1) number = number * 10 + (bytes[i] as number) - ZERO;
    return isNegative ? -number : number;
  }

  #valueOf(column: SqliteColumn, entry: number) {
    const { kernel, tape } = this.#state;
    return storedValue(column, recordWith(column.column.path, tape.value(entry, kernel.bytes)), this.#labels);
  }

  addEncoded(part: TablePart): void {
    this.#encoded.add(part);
  }

  take(): TablePart {
    return this.#encoded.take();
  }
}

/** Rows of an SQLite database for a table and its link tables. */
export class SqliteBytes implements ByteEncoder {
  readonly #tables: readonly SqliteTableBytes[];

  constructor(plan: TablePlan, labels: Labels, state: ReadingState) {
    this.#tables = sqliteRowsOf(plan).map((rows) => new SqliteTableBytes(rows, labels, state));
  }

  add(): void {
    for (const table of this.#tables) table.add();
  }

  addEncoded(parts: readonly TablePart[]): void {
    for (const [i, part] of parts.entries()) this.#tables[i]?.addEncoded(part);
  }

  take(): TablePart[] {
    return this.#tables.map((table) => table.take());
  }

  clear(): void {
    for (const table of this.#tables) table.take();
  }
}
