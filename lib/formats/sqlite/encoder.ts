import { isObject } from "../../contract/is-object.ts";
import type { Column } from "../../schema/table-plan.ts";
import type { CreateEncoder, TablePart } from "../format.ts";
import { isInt64 } from "../is-int64.ts";
import type { Labels } from "../labels.ts";
import { UnencodableError } from "../unencodable-error.ts";
import type { JsonRecord } from "../value.ts";
import { valueAt } from "../value-at.ts";
import { EncodedRows } from "./encoded-rows.ts";
import type { KeyValue } from "./sort-keys.ts";
import { type SqliteColumn, type SqliteRows, sqliteRowsOf } from "./sqlite-rows.ts";
import { storedValue } from "./stored-value.ts";

const REMEDY = 'Give the column the type "string" or "number" in schema.json, or remove "sqlite" from release.formats in dataset.json.';

const tooLarge = (record: JsonRecord, { name }: Column, value: number): UnencodableError =>
  new UnencodableError(record, name, `${value} is too large: SQLite holds whole numbers of 64 bits`, REMEDY);

/** Encodes records as rows of one table. */
class RowsEncoder {
  readonly #rows: SqliteRows;
  readonly #encoded: EncodedRows;

  constructor(rows: SqliteRows) {
    this.#rows = rows;
    this.#encoded = new EncodedRows(rows);
  }

  add(record: JsonRecord, labels: Labels): void {
    const { list } = this.#rows;
    if (!list) this.#addRow(record, record, labels);
    else {
      const items = valueAt(record, list);
      for (const item of Array.isArray(items) ? items : []) this.#addRow(record, isObject(item) ? item : { item }, labels);
    }
  }

  #addRow(record: JsonRecord, item: JsonRecord, labels: Labels): void {
    const { columns, indexes } = this.#rows;
    const { writer, keys } = this.#encoded;
    const values: KeyValue[] = new Array(columns.length);
    for (let i = 0; i < columns.length; i += 1) {
      const column = columns[i] as SqliteColumn;
      const value = storedValue(column, column.ofItem ? item : record, labels);
      values[i] = value;
      if (value === null) writer.null();
      else if (typeof value === "string") writer.text(value);
      else if (column.storage === "integer" && !isInt64(value)) throw tooLarge(record, column.column, value);
      else writer.number(value, column.storage === "real");
    }
    for (let i = 0; i < indexes.length; i += 1) {
      for (const column of indexes[i] as number[]) keys[i]?.addValue(values[column] as KeyValue);
      keys[i]?.end();
    }
    this.#encoded.end();
  }

  /** Drops the rows of a batch that could not be encoded. */
  clear(): void {
    this.take();
  }

  take(): TablePart {
    return this.#encoded.take();
  }
}

export const createEncoder: CreateEncoder = (plan) => {
  const encoders = sqliteRowsOf(plan).map((rows) => new RowsEncoder(rows));
  return ({ records, labels }) => {
    for (const encoder of encoders) encoder.clear();
    for (const record of records) for (const encoder of encoders) encoder.add(record, labels);
    return encoders.map((encoder) => encoder.take());
  };
};
