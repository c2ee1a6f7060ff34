import type { Schema } from "../../../../lib/schema/schema.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };

/** A table with a list that has a file of its own. */
export const plan = planTable("facts", {
  type: "object",
  properties: {
    facts: {
      type: "array",
      title: "Facts",
      primaryKey: ["id"],
      items: { type: "object", properties: { id: text, names: { type: "array", items: { type: "object", properties: { of: text } } } } },
    },
  },
});
