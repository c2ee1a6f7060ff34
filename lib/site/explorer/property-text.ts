import { displayText } from "../../formats/display-text.ts";
import type { Labels } from "../../formats/labels.ts";
import type { JsonRecord } from "../../formats/value.ts";
import { resolveSchema } from "../../schema/resolve-schema.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { readableText } from "./readable-text.ts";

/** Columns of numbers that are identifiers, not amounts. */
const CODE = /(?:^|[^a-z])(?:code|id|key|no|number|zip)$/i;

/** The text of a property for readers. Keys and other identifiers have no separators: they are the same in references and addresses. */
export function propertyText(plan: TablePlan, name: string, record: JsonRecord, labels: Labels): string {
  const schema = resolveSchema(plan.record.properties?.[name] ?? {}, plan.record);
  const isCode = typeof record[name] === "number" && (plan.primaryKey.includes(name) || CODE.test(name));
  return isCode ? (displayText(schema, record[name], labels) ?? "") : readableText(schema, plan.record, record[name], labels);
}
