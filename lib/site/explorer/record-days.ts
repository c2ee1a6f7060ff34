import { isObject } from "../../contract/is-object.ts";
import type { JsonRecord, Value } from "../../formats/value.ts";
import { edtfDays } from "../../schema/edtf-days.ts";
import { resolveSchema } from "../../schema/resolve-schema.ts";
import type { Schema } from "../../schema/schema.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { propertyWithRole } from "./property.ts";
import { isDatedColumn, type PropertyColumn } from "./property-columns.ts";

/** The first and last day of a record: from its value, or else from its time. */
export function recordDays(plan: TablePlan, record: JsonRecord, columns: readonly PropertyColumn[]): [string, string] | undefined {
  const value = propertyWithRole(plan, "value");
  const dates = (schema: Schema, held: Value): Value[] =>
    isObject(held)
      ? Object.entries(resolveSchema(schema, plan.record).properties ?? {}).flatMap(([name, inner]) =>
          isDatedColumn(resolveSchema(inner, plan.record)) ? [held[name]] : [],
        )
      : isDatedColumn(schema)
        ? [held]
        : [];
  const time = propertyWithRole(plan, "time")?.[0] ?? columns.find(({ kind }) => kind === "date")?.name;
  const held = [...(value ? dates(value[1], record[value[0]]) : []), time === undefined ? undefined : record[time]];
  for (const text of held) {
    const days = typeof text === "string" ? edtfDays(text.replace(/^(\d{4}-\d\d-\d\d)[Tt ].*$/, "$1")) : undefined;
    if (days) return [days.start, days.end];
  }
  return undefined;
}
