import { isObject } from "../contract/is-object.ts";
import type { Column, TablePlan } from "../schema/table-plan.ts";
import { typesIn } from "../schema/types-in.ts";
import { cellText } from "./cell-text.ts";
import type { Labels } from "./labels.ts";
import { quotedName } from "./quoted-name.ts";
import type { JsonRecord } from "./value.ts";
import { valueAt } from "./value-at.ts";

export type SqlValue = string | number | null;

/** An SQL value that no record can have: an integer that is not exact as a double, bytes, or a text that is not UTF-8, as bytes. */
export type SqlUnrecordable = bigint | Uint8Array;

interface SqlColumn {
  column: Column;
  /** Whether its path starts at an item of the list instead of the record. */
  ofItem: boolean;
}

/** A table for checks: the columns of its CSV, with types and without formula guards. */
export interface SqlTable {
  name: string;
  columns: SqlColumn[];
  /** The indexed columns. */
  key: string[];
  /** The list whose items are the rows; undefined if the rows are records. */
  list?: string[];
}

/** The tables of a plan: one for its records, and one for each link table. */
export const sqlTables = (plan: TablePlan): SqlTable[] => [
  { name: plan.name, columns: plan.columns.map((column) => ({ column, ofItem: false })), key: plan.primaryKey },
  ...plan.links.map((link) => ({
    name: link.name,
    columns: link.columns.map(({ item, ...column }) =>
      // A plain item is read as { item }.
      item ? { column: { ...column, path: item.length > 0 ? item : ["item"] }, ofItem: true } : { column, ofItem: false },
    ),
    key: plan.primaryKey.map((name) => `${plan.name}_${name}`),
    list: link.path,
  })),
];

/** Name of the database with the tables, which checks may omit. */
export const SCHEMA = "data";

const SQL_TYPES: Record<string, string> = { integer: "INTEGER", boolean: "INTEGER", number: "REAL" };

/** Empty for a column of several types, since SQLite would convert the values to any type given here. */
function sqlType({ item, derived, schema }: Column): string {
  if (item || derived) return "TEXT";
  const types = typesIn(schema);
  const isOne = types.length === 1 || (types.length === 2 && types.every((type) => type === "integer" || type === "number"));
  return isOne ? (SQL_TYPES[types[0] as string] ?? "TEXT") : "";
}

/** The SQL that creates a table with an index on its key. */
export const sqlCreateTable = ({ name, columns, key }: SqlTable): string =>
  `CREATE TABLE ${SCHEMA}.${quotedName(name)} (${columns.map(({ column }) => `${quotedName(column.name)} ${sqlType(column)}`.trim()).join(", ")});
CREATE INDEX ${SCHEMA}.${quotedName(`${name} by key`)} ON ${quotedName(name)} (${key.map(quotedName).join(", ")});`;

/** sql.js binds whole numbers beyond 32 bits as REAL, and a column without a type would store them as such. */
const insertedValue = ({ column }: SqlColumn, i: number): string => {
  const value = `?${i + 1}`;
  return sqlType(column) === ""
    ? `iif(typeof(${value}) = 'real' AND ${value} = CAST(${value} AS INTEGER), CAST(${value} AS INTEGER), ${value})`
    : value;
};

export const sqlInsertIntoTable = ({ name, columns }: SqlTable): string =>
  `INSERT INTO ${SCHEMA}.${quotedName(name)} VALUES (${columns.map(insertedValue).join(", ")})`;

function sqlValue(column: Column, record: JsonRecord, labels: Labels): SqlValue {
  if (column.item === undefined && column.derived === undefined) {
    const value = valueAt(record, column.path);
    if (typeof value === "boolean") return value ? 1 : 0;
    if (typeof value === "number") return value;
  }
  return cellText(column, record, labels) ?? null;
}

/** The rows of a table for the given records. */
export function sqlTableRows({ columns, list }: SqlTable, records: readonly JsonRecord[], labels: Labels): SqlValue[][] {
  const row = (record: JsonRecord, item: JsonRecord): SqlValue[] =>
    columns.map(({ column, ofItem }) => sqlValue(column, ofItem ? item : record, labels));
  if (!list) return records.map((record) => row(record, record));
  return records.flatMap((record) => {
    const items = valueAt(record, list);
    return Array.isArray(items) ? items.map((item) => row(record, isObject(item) ? item : { item })) : [];
  });
}
