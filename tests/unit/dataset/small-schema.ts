import type { Schema } from "../../../lib/schema/schema.ts";

export const text: Schema = { type: "string" };

/** The schema of a table with a key and further columns. */
export const tableOf = (properties: Record<string, Schema>): Schema => ({
  type: "array",
  primaryKey: ["id"],
  items: { type: "object", properties: { id: text, ...properties } },
});

/** The schema of a dataset of these tables. */
export const rootOf = (properties: Record<string, Schema>): Schema => ({ type: "object", properties });
