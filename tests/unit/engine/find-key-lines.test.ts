import { describe, expect, it } from "vitest";
import { findKeyLines } from "../../../lib/engine/find-key-lines.ts";
import type { Batch } from "../../../lib/json/record-batches.ts";
import { planTable, type Schema, type TablePlan } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const RECORD: Schema = {
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
const planOf = (primaryKey = ["id"]): TablePlan =>
  planTable("t", { type: "object", properties: { t: { type: "array", primaryKey, items: RECORD } } });
const plan = planOf();
const batchOf = (bytes: string | Uint8Array, more: Partial<Batch> = {}): Batch =>
  ({ bytes: Buffer.from(bytes as Uint8Array), line: 1, column: 1, minifiedBytes: 0, mayPrintDifferently: false, ...more }) as Batch;

describe("findKeyLines", () => {
  const bytes = '{"id":"a",\n"river":"rhine"},\n{"n":1,\n"id":"b","all":["elbe","rhine"],"parts":[{"of":"rhine"}]},\n7';
  const at = { line: 10, column: 3 };

  it("are the lines of their keys", () => {
    expect(findKeyLines(plan, batchOf(bytes, at), bytes)).toEqual([10, 13, 14]);
  });
});
