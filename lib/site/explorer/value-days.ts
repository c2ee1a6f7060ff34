import type { JsonRecord } from "../../formats/value.ts";
import { type Days, edtfDays } from "../../schema/edtf-days.ts";
import { resolveSchema } from "../../schema/resolve-schema.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { propertyWithRole } from "./property.ts";
import { isDatedColumn } from "./property-columns.ts";

/** The days of a statement's value, if it is a date. */
export function valueDays(plan: TablePlan, record: JsonRecord): Days | undefined {
  const value = propertyWithRole(plan, "value");
  const held = value ? record[value[0]] : undefined;
  if (!value || held === null || Array.isArray(held)) return undefined;
  if (typeof held !== "object") return typeof held === "string" && isDatedColumn(value[1]) ? edtfDays(held) : undefined;
  const filled = Object.entries(held).filter(([, inner]) => inner !== undefined && inner !== null);
  const [name = "", text] = filled[0] ?? [];
  const schema = resolveSchema(value[1].properties?.[name] ?? {}, plan.record);
  return filled.length === 1 && typeof text === "string" && isDatedColumn(schema) ? edtfDays(text) : undefined;
}
