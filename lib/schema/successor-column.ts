import type { TablePlan } from "./table-plan.ts";

/** The column with the key of a record's replacement: `replacedBy`, or a column with that role. */
export const successorColumn = (plan: TablePlan): string | undefined =>
  Object.entries(plan.record.properties ?? {}).find(([name, schema]) => name === "replacedBy" || schema.role === "replacedBy")?.[0];
