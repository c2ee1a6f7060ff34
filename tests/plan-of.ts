import type { Schema } from "../lib/schema/schema.ts";
import { planTable, type TablePlan } from "../lib/schema/table-plan.ts";

export const text: Schema = { type: "string" };

/** The plan of a table `t` with a key and these columns; `more`: keywords of the table. */
export const planOf = (properties: Record<string, Schema>, more: object = {}): TablePlan =>
  planTable("t", {
    type: "object",
    properties: { t: { type: "array", primaryKey: ["id"], ...more, items: { type: "object", properties: { id: text, ...properties } } } },
  });
