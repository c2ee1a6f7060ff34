import { grouped } from "../../contract/grouped.ts";
import { displayText } from "../../formats/display-text.ts";
import type { Labels } from "../../formats/labels.ts";
import type { Value } from "../../formats/value.ts";
import { resolveSchema } from "../../schema/resolve-schema.ts";
import type { Schema } from "../../schema/schema.ts";
import { humanDate, humanTime } from "./human-date.ts";
import { describedPropertyValues } from "./property.ts";

/** A value as text for readers: labels, titles of allowed values, dates in words. */
export function readableText(schema: Schema, root: Schema, value: Value, labels: Labels): string {
  const resolved = resolveSchema(schema, root);
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((item) => readableText(resolved.items ?? {}, root, item, labels)).join("; ");
  if (typeof value === "object")
    return Object.entries(resolved.properties ?? {})
      .map(([name, inner]) => readableText(inner, root, value[name], labels))
      .filter(Boolean)
      .join(", ");
  return describedPropertyValues(resolved)[String(value)]?.title ?? dateText(resolved, value) ?? scalarText(resolved, value, labels);
}

function dateText({ format, display = "{}" }: Schema, value: Value): string | undefined {
  if (typeof value !== "string") return undefined;
  if (format === "date-time") return display.replace("{}", () => humanTime(value));
  return format === "edtf" || format === "date" ? display.replace("{}", () => humanDate(value)) : undefined;
}

/** Numbers of fewer digits may be years, and need no separators. */
const SEPARATED = 10_000;

/** 146083.5 → 146,083.5 */
function numberText(value: number): string {
  const [whole = "", ...rest] = String(value).split(".");
  return Math.abs(value) < SEPARATED || !/^-?\d+$/.test(whole) ? String(value) : [grouped(Number(whole)), ...rest].join(".");
}

function scalarText(schema: Schema, value: Value, labels: Labels): string {
  if (typeof value === "boolean" && schema.display === undefined) return value ? "yes" : "no";
  const text = displayText(schema, value, labels) ?? "";
  return typeof value === "number" && schema.references === undefined ? text.replace(String(value), () => numberText(value)) : text;
}
