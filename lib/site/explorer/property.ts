import { displayText, type Labels, type Value } from "../../formats/cell-text.ts";
import { resolve, type Schema, type TablePlan, type ValueNote } from "../../schema/table-plan.ts";
import { humanDate, humanTime } from "./human-date.ts";

export type Property = readonly [name: string, schema: Schema];

export const propertiesOf = (plan: TablePlan): Property[] =>
  Object.entries(plan.record.properties ?? {}).map(([name, schema]) => [name, resolve(schema, plan.record)]);
export const withRole = (plan: TablePlan, role: string): Property | undefined =>
  propertiesOf(plan).find(([, schema]) => schema.role === role);
export const valueNotes = (schema: Schema | undefined): Record<string, ValueNote> => schema?.values ?? {};

/** The text of a value, or of each item of a list. */
export const asTexts = (held: Value): (string | undefined)[] =>
  Array.isArray(held)
    ? held.map((item) => (item === null || typeof item === "object" ? undefined : String(item)))
    : held === undefined || held === null
      ? []
      : [String(held)];

/** A value as text for readers: labels, titles of allowed values, dates in words. */
export function readableText(schema: Schema, root: Schema, value: Value, labels: Labels): string {
  const resolved = resolve(schema, root);
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((item) => readableText(resolved.items ?? {}, root, item, labels)).join("; ");
  if (typeof value === "object")
    return Object.entries(resolved.properties ?? {})
      .map(([name, inner]) => readableText(inner, root, value[name], labels))
      .filter(Boolean)
      .join(", ");
  return valueNotes(resolved)[String(value)]?.title ?? dateText(resolved, value) ?? scalarText(resolved, value, labels);
}

function dateText({ format, display = "{}" }: Schema, value: Value): string | undefined {
  if (typeof value !== "string") return undefined;
  if (format === "date-time") return display.replace("{}", () => humanTime(value));
  return format === "edtf" || format === "date" ? display.replace("{}", () => humanDate(value)) : undefined;
}

const scalarText = (schema: Schema, value: Value, labels: Labels): string =>
  typeof value === "boolean" && schema.display === undefined ? (value ? "yes" : "no") : (displayText(schema, value, labels) ?? "");

/** A table of statements: its records have a subject and a value. */
export const isStatements = (plan: TablePlan): boolean => withRole(plan, "value") !== undefined && withRole(plan, "subject") !== undefined;
