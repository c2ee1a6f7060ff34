import { recordKeyValues } from "../contract/record-key.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** The first value of a key that starts or ends with white space. */
export const spacedKeyValue = (plan: Pick<TablePlan, "primaryKey">, key: string): string | undefined =>
  (plan.primaryKey.length === 1 ? [key] : (recordKeyValues(plan, key) ?? [])).find(
    (value): value is string => typeof value === "string" && value !== value.trim(),
  );
