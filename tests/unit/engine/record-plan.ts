import type { Batch } from "../../../lib/json/record-batches.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };

/** A record with references of each kind. */
export const RECORD: Schema = {
  type: "object",
  required: ["id"],
  properties: {
    id: text,
    n: { type: "integer" },
    river: { ...text, references: "rivers" },
    number: { type: "integer", references: "numbers" },
    all: { type: "array", items: { ...text, references: "rivers" } },
    parts: { type: "array", items: { type: "object", properties: { of: { ...text, references: "rivers" }, note: text } } },
  },
};

export const plan = planTable("t", { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items: RECORD } } });

/** A batch of these bytes, which start at the first line of a file. */
export const batchOf = (bytes: string | Uint8Array, more: Partial<Batch> = {}): Batch =>
  ({ bytes: Buffer.from(bytes as Uint8Array), line: 1, column: 1, minifiedBytes: 0, mayPrintDifferently: false, ...more }) as Batch;
