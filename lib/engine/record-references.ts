import type { JsonRecord, Value } from "../formats/value.ts";
import { valueAt } from "../formats/value-at.ts";
import type { Column, TablePlan } from "../schema/table-plan.ts";
import { isKeyValue } from "./is-key-value.ts";

/** Whether a value has the type of its column. Other values are reported separately, and are not references. */
function isReference({ type }: Column, value: Value | undefined): value is string | number | boolean {
  if (!isKeyValue(value)) return false;
  if (type === "string") return typeof value === "string";
  return type === "integer" || type === "number" ? typeof value === "number" : true;
}

/** The columns of a table that refer to records. */
export const recordReferenceColumns = ({ columns }: TablePlan): Column[] =>
  columns.filter(({ references, derived }) => references && derived === undefined);

/** A reference in a column. `index`: index of its item if the column is a list. */
interface RecordReference {
  key: string;
  index?: number;
}

/** The references of a record in a column. */
export function recordReferences(record: JsonRecord, column: Column): RecordReference[] {
  const value = valueAt(record, column.path);
  const { item } = column;
  if (!item) return isReference(column, value) ? [{ key: String(value) }] : [];
  if (!Array.isArray(value)) return [];
  return value.flatMap((each, index) => {
    const key = valueAt(each, item);
    return isReference(column, key) ? [{ key: String(key), index }] : [];
  });
}

/** The path of a reference in its record. */
export const recordReferencePath = ({ path, item = [] }: Column, { index }: RecordReference): (string | number)[] =>
  index === undefined ? path : [...path, index, ...item];
