import { isAlwaysThere } from "../../schema/is-always-there.ts";
import type { Column, TablePlan } from "../../schema/table-plan.ts";
import { typesIn } from "../../schema/types-in.ts";

/** How the values of a column are kept. `any` keeps each as it is: texts and numbers in one column. `json` is JSON text. */
export type Keeping = "text" | "integer" | "real" | "boolean" | "any" | "json";

/** A column of an SQLite table, and where its value is. */
export interface SqliteColumn {
  column: Column;
  keeping: Keeping;
  /** The value is that of an item of the list, not of the record. */
  ofItem: boolean;
  /** Every row has a value. */
  isRequired: boolean;
}

/** The columns of the rows that a table's records make, or the items of one of its lists. */
export interface SqliteRows {
  /** Of the table or link table. */
  name: string;
  columns: SqliteColumn[];
  /** Of a table with records: the positions of its primary key. */
  primaryKey: number[];
  /** Positions of the columns of each index, that of the primary key first. */
  indexes: number[][];
  /** The list whose items are the rows; undefined: a row is a record. */
  list?: string[];
}

/** From the schema alone, never from the records. */
function storageOf({ derived, item, schema }: Column): Keeping {
  if (item) return "json";
  if (derived) return "text";
  const types = typesIn(schema);
  const [type] = types;
  if (types.length > 1 && types.every((one) => one === "integer" || one === "number")) return "real";
  if (types.length !== 1) return "any";
  if (type === "string") return "text";
  if (type === "integer" || type === "boolean") return type;
  return type === "number" ? "real" : "json";
}

const recordColumn = (plan: TablePlan, column: Column): SqliteColumn => ({
  column,
  keeping: storageOf(column),
  ofItem: false,
  isRequired: column.derived === undefined && isAlwaysThere(plan.record, column.path, column.item !== undefined),
});

/** An item that is a plain value is read as { item }. */
const itemColumn = ({ item, ...column }: Column): SqliteColumn => {
  const own = { ...column, path: item && item.length > 0 ? item : ["item"] };
  return { column: own, keeping: storageOf(own), ofItem: true, isRequired: false };
};

const isReference = ({ column: { references, derived, item } }: SqliteColumn): boolean => references !== undefined && !derived && !item;

/** The position of each column that refers to a record by itself. */
const referring = (columns: readonly SqliteColumn[]): number[][] => columns.flatMap((column, i) => (isReference(column) ? [[i]] : []));

/** The rows of a table, then those of its link tables. */
export function sqliteRowsOf(plan: TablePlan): SqliteRows[] {
  const columns = plan.columns.map((column) => recordColumn(plan, column));
  const primaryKey = plan.primaryKey.map((name) => plan.columns.findIndex((column) => column.name === name));
  const links = plan.links.map((link): SqliteRows => {
    const own = link.columns.map((column) =>
      column.item ? itemColumn(column) : { ...recordColumn(plan, { ...column, references: undefined as never }), isRequired: true },
    );
    const record = own.flatMap(({ ofItem }, i) => (ofItem ? [] : [i]));
    return { name: link.name, columns: own, primaryKey: [], indexes: [record, ...referring(own)], list: link.path };
  });
  const indexes = [primaryKey, ...referring(columns).filter((own) => own.join() !== primaryKey.join())];
  return [{ name: plan.name, columns, primaryKey, indexes }, ...links];
}
