import type { JsonRecord, Value } from "../formats/value.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import type { Schema } from "../schema/schema.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** The keys that records refer to, by table. */
export function referencesOf(plan: TablePlan, records: readonly JsonRecord[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const record of records)
    for (const [name, schema] of Object.entries(plan.record.properties ?? {}))
      for (const [table, key] of referencesIn(plan, schema, record[name])) found.set(table, (found.get(table) ?? new Set()).add(key));
  return found;
}

function* referencesIn(plan: TablePlan, schema: Schema, value: Value): Generator<[table: string, key: string]> {
  const resolved = resolveSchema(schema, plan.record);
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) for (const item of value) yield* referencesIn(plan, resolved.items ?? {}, item);
  else if (typeof value === "object")
    for (const [name, inner] of Object.entries(resolved.properties ?? {})) yield* referencesIn(plan, inner, value[name]);
  else if (resolved.references) yield [resolved.references, String(value)];
}
