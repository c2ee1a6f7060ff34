import { recordKeyValues } from "../contract/record-key.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** The first value of a key with white space at its start or end. */
export const spacedKeyValue = (plan: Pick<TablePlan, "primaryKey">, key: string): string | undefined =>
  (plan.primaryKey.length === 1 ? [key] : (recordKeyValues(plan, key) ?? [])).find(
    (value): value is string => typeof value === "string" && value !== value.trim(),
  );
