import { edtfDays } from "../schema/edtf-days.ts";
import type { Column } from "../schema/table-plan.ts";
import { displayText } from "./display-text.ts";
import { joinList } from "./join-list.ts";
import type { Labels } from "./labels.ts";
import { plainText } from "./plain-text.ts";
import type { JsonRecord, Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

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
