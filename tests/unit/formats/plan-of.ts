import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable, type TablePlan } from "../../../lib/schema/table-plan.ts";

export const text: Schema = { type: "string" };

/** The plan of a table with a key and these columns. */
export const planOf = (properties: Record<string, Schema>, name = "t", required: string[] = []): TablePlan =>
  planTable(name, {
    type: "object",
    properties: {
      [name]: {
        type: "array",
        primaryKey: ["id"],
        items: { type: "object", required: ["id", ...required], properties: { id: text, ...properties } },
      },
    },
  });
