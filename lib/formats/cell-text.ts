import { isObject } from "../contract/is-object.ts";
import { edtfDays } from "../schema/edtf-days.ts";
import type { Column, Schema } from "../schema/table-plan.ts";
import { joinList } from "./join-list.ts";
import { valueAt } from "./value-at.ts";

export type Value = string | number | boolean | null | undefined | Value[] | { [name: string]: Value };
export type JsonRecord = { [name: string]: Value };
/** Labels by table and key. */
export type Labels = ReadonlyMap<string, ReadonlyMap<string, string>>;

const plain = (value: Value): string | undefined =>
  value === undefined || value === null
    ? undefined
    : typeof value === "string"
      ? value
      : typeof value === "object"
        ? JSON.stringify(value)
        : String(value);

const labelOf = (column: Column, value: Value, labels: Labels): string | undefined => {
  const key = plain(value);
  return key === undefined ? undefined : labels.get(column.references ?? "")?.get(key);
};

/** Formats a value for display: labels of references, and the display text of a value. */
export function displayText(schema: Schema, value: Value, labels: Labels): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (isObject(value)) {
    const parts = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => displayText(inner, value[name], labels) ?? []);
    return parts.length > 0 ? parts.join(", ") : undefined;
  }
  if (value === false && schema.display !== undefined) return schema["displayFalse"] as string;
  const text = (schema.references ? labels.get(schema.references)?.get(String(value)) : undefined) ?? plain(value) ?? "";
  return (schema.display ?? "{}").replace("{}", () => text);
}

/** The text of a cell; undefined if it has no value. */
export function cellText(column: Column, record: JsonRecord, labels: Labels): string | undefined {
  const value = valueAt(record, column.path);
  if (value === undefined || value === null) return undefined;
  if (column.item) {
    const items = Array.isArray(value) ? value.map((item) => valueAt(item, column.item as string[])) : [];
    return joinList(items.map((item) => (column.derived === "label" ? labelOf(column, item, labels) : plain(item))));
  }
  if (column.derived === undefined) return plain(value);
  if (column.derived === "label") return labelOf(column, value, labels);
  if (column.derived === "text") return displayText(column.schema, value, labels);
  const days = typeof value === "string" ? edtfDays(value) : undefined;
  return days?.[column.derived];
}
