import { edtfDays } from "../schema/edtf-days.ts";
import type { Column } from "../schema/table-plan.ts";
import { displayText } from "./display-text.ts";
import { joinList } from "./join-list.ts";
import { plainText } from "./plain-text.ts";
import { valueAt } from "./value-at.ts";

export type Value = string | number | boolean | null | undefined | Value[] | { [name: string]: Value };
export type JsonRecord = { [name: string]: Value };
/** Labels by table and key. */
export type Labels = ReadonlyMap<string, ReadonlyMap<string, string>>;

const labelOf = (column: Column, value: Value, labels: Labels): string | undefined => {
  const key = plainText(value);
  return key === undefined ? undefined : labels.get(column.references ?? "")?.get(key);
};

/** The text of a cell; undefined if it has no value. */
export function cellText(column: Column, record: JsonRecord, labels: Labels): string | undefined {
  const value = valueAt(record, column.path);
  if (value === undefined || value === null) return undefined;
  if (column.item) {
    const items = Array.isArray(value) ? value.map((item) => valueAt(item, column.item as string[])) : [];
    return joinList(items.map((item) => (column.derived === "label" ? labelOf(column, item, labels) : plainText(item))));
  }
  if (column.derived === undefined) return plainText(value);
  if (column.derived === "label") return labelOf(column, value, labels);
  if (column.derived === "text") return displayText(column.schema, value, labels);
  const days = typeof value === "string" ? edtfDays(value) : undefined;
  return days?.[column.derived];
}
