import type { Column } from "../../schema/table-plan.ts";
import { cellText } from "../cell-text.ts";
import type { Labels } from "../labels.ts";
import type { JsonRecord, Value } from "../value.ts";
import { valueAt } from "../value-at.ts";
import type { KeyValue } from "./sort-keys.ts";
import type { SqliteColumn } from "./sqlite-rows.ts";

/** A list as JSON: its items, or one property of each if they are objects. */
function listText(column: Column, list: readonly Value[], labels: Labels): string {
  const items = list.map((each) => valueAt(each, column.item ?? []) ?? null);
  if (column.derived !== "label") return JSON.stringify(items);
  const known = labels.get(column.references ?? "");
  return JSON.stringify(items.map((item) => (item === null ? null : (known?.get(String(item)) ?? null))));
}

/** A value of a record or item, in the form that is stored in SQLite. */
export function storedValue({ column, storage }: SqliteColumn, holder: JsonRecord, labels: Labels): KeyValue {
  if (column.derived && !column.item) return cellText(column, holder, labels) ?? null;
  const value = valueAt(holder, column.path);
  if (value === undefined || value === null) return null;
  if (column.item) return Array.isArray(value) ? listText(column, value, labels) : null;
  if (typeof value === "object" || storage === "json") return JSON.stringify(value);
  return typeof value === "boolean" ? (value ? 1 : 0) : value;
}
