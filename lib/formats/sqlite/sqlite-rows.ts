import { isAlwaysThere } from "../../schema/is-always-there.ts";
import type { Column, TablePlan } from "../../schema/table-plan.ts";
import { typesIn } from "../../schema/types-in.ts";

/** How the values of a column are stored. `any` stores texts and numbers unchanged in one column. `json` is JSON text. */
export type SqliteStorage = "text" | "integer" | "real" | "boolean" | "any" | "json";

/** A column of an SQLite table, and the location of its value. */
export interface SqliteColumn {
  column: Column;
  storage: SqliteStorage;
  /** The value is part of the list item, not of the record. */
  ofItem: boolean;
  /** Every row has a value. */
  isRequired: boolean;
}

/** The columns of the rows for a table's records, or for the items of one of its lists. */
export interface SqliteRows {
  /** Name of the table or link table. */
  name: string;
  columns: SqliteColumn[];
  /** For records: positions of the primary key columns. */
  primaryKey: number[];
  /** Positions of the columns of each index, starting with the primary key. */
  indexes: number[][];
  /** The list whose items are the rows; undefined if the rows are records. */
  list?: string[];
}

/** Depends only on the schema, never on the records. */
function storageOf({ derived, item, schema }: Column): SqliteStorage {
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
  storage: storageOf(column),
  ofItem: false,
  isRequired: column.derived === undefined && isAlwaysThere(plan.record, column.path, column.item !== undefined),
});

/** A plain item is read as { item }. */
const itemColumn = ({ item, ...column }: Column): SqliteColumn => {
  const own = { ...column, path: item && item.length > 0 ? item : ["item"] };
  return { column: own, storage: storageOf(own), ofItem: true, isRequired: false };
};

const isReference = ({ column: { references, derived, item } }: SqliteColumn): boolean => references !== undefined && !derived && !item;

/** The position of each column that is a foreign key on its own. */
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
