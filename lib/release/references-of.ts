import type { JsonRecord, Value } from "../formats/cells.ts";
import { resolve, type Schema, type TablePlan } from "../schema/table-plan.ts";

/** The references of some records, table → keys: what labels are needed for. */
export function referencesOf(plan: TablePlan, records: readonly JsonRecord[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const walk = (schema: Schema, value: Value): void => {
    const resolved = resolve(schema, plan.record);
    if (Array.isArray(value)) for (const item of value) walk(resolved.items ?? {}, item);
    else if (value !== null && typeof value === "object")
      for (const [name, inner] of Object.entries(resolved.properties ?? {})) walk(inner, value[name]);
    else if (resolved.references && value !== undefined && value !== null)
      found.set(resolved.references, (found.get(resolved.references) ?? new Set()).add(String(value)));
  };
  for (const record of records) for (const [name, schema] of Object.entries(plan.record.properties ?? {})) walk(schema, record[name]);
  return found;
}
