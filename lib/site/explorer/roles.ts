import { displayText, type Labels, type Value } from "../../formats/cells.ts";
import { resolve, type Schema, type TablePlan, type ValueNote } from "../../schema/table-plan.ts";
import { humanDate, humanTime } from "./dates.ts";

export type Property = readonly [name: string, schema: Schema];

export const propertiesOf = (plan: TablePlan): Property[] =>
  Object.entries(plan.record.properties ?? {}).map(([name, schema]) => [name, resolve(schema, plan.record)]);
export const withRole = (plan: TablePlan, role: string): Property | undefined =>
  propertiesOf(plan).find(([, schema]) => schema.role === role);
export const valueNotes = (schema: Schema | undefined): Record<string, ValueNote> => schema?.values ?? {};

/** The texts of a value, or of each of a list. */
export const asTexts = (held: Value): (string | undefined)[] =>
  Array.isArray(held)
    ? held.map((item) => (item === null || typeof item === "object" ? undefined : String(item)))
    : held === undefined || held === null
      ? []
      : [String(held)];

/** A value in people's words: labels, titles of allowed values, dates as they are said. */
export function inWords(schema: Schema, root: Schema, value: Value, labels: Labels): string {
  const here = resolve(schema, root);
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((item) => inWords(here.items ?? {}, root, item, labels)).join("; ");
  if (typeof value === "object") {
    const parts = Object.entries(here.properties ?? {}).map(([name, inner]) => inWords(inner, root, value[name], labels));
    return parts.filter(Boolean).join(", ");
  }
  const title = valueNotes(here)[String(value)]?.title;
  if (title !== undefined) return title;
  if (typeof value === "boolean" && here.display === undefined) return value ? "yes" : "no";
  if (here.format === "date-time" && typeof value === "string") return (here.display ?? "{}").replace("{}", () => humanTime(value));
  return (here.format === "edtf" || here.format === "date") && typeof value === "string"
    ? (here.display ?? "{}").replace("{}", () => humanDate(value))
    : (displayText(here, value, labels) ?? "");
}

/** The main table: the one whose records have a value and say of what; or else the first. */
export const isStatements = (plan: TablePlan): boolean => withRole(plan, "value") !== undefined && withRole(plan, "subject") !== undefined;
