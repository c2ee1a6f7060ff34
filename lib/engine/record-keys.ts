import { type JsonRecord, type Value, valueAt } from "../formats/cells.ts";
import type { Column, TablePlan } from "../schema/table-plan.ts";

export type ReferenceColumn = Column & { references: string };

/** What is no key at all, as an object, has a problem of its own: it is not looked for. */
export const isKey = (value: Value | undefined): value is string | number | boolean =>
  value !== undefined && value !== null && typeof value !== "object";

/** A value of another type than its column's has a problem of its own, and refers to nothing. */
export const refersAs = ({ type }: Column, value: Value | undefined): value is string | number | boolean =>
  isKey(value) &&
  (type === "string" ? typeof value === "string" : type !== "integer" && type !== "number" ? true : typeof value === "number");

/** The columns of a table that refer to others. */
export const referenceColumns = ({ columns }: TablePlan): ReferenceColumn[] =>
  columns.filter((column): column is ReferenceColumn => column.references !== undefined && column.derived === undefined);

/** The keys that a record refers to in a column. */
export function referencesIn(record: JsonRecord, column: Column): (string | number | boolean)[] {
  const value = valueAt(record, column.path);
  const { item } = column;
  const values = item ? (Array.isArray(value) ? value.map((one) => valueAt(one, item)) : []) : [value];
  return values.filter((found) => refersAs(column, found));
}
