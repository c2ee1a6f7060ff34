import type { TablePlan } from "./table-plan.ts";

/** The column in which a record names the one that replaces it: `replacedBy`, or one with that role. */
export const successorColumn = (plan: TablePlan): string | undefined =>
  Object.entries(plan.record.properties ?? {}).find(([name, schema]) => name === "replacedBy" || schema.role === "replacedBy")?.[0];
