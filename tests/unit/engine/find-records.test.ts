import { describe, expect, it } from "vitest";
import { findRecords } from "../../../lib/engine/find-records.ts";
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

describe("findRecords", () => {
  const bytes = '{"id":"a",\n"river":"rhine"},\n{"n":1,\n"id":"b","all":["elbe","rhine"],"parts":[{"of":"rhine"}]},\n7';
  const at = { line: 10, column: 3 };

  it("are found by key", () => {
    expect(findRecords(plan, batchOf(bytes, at), { keys: new Set(["b", "z"]) })).toEqual([
      { line: 13, column: 6, field: "id", message: "", key: "b" },
    ]);
    expect(findRecords(plan, batchOf(bytes, at), { keys: new Set(["a"]) })).toMatchObject([{ line: 10, column: 9 }]);
    expect(findRecords(plan, batchOf("{"), { keys: new Set(["a"]) })).toEqual([]);
  });

  it("are found by a reference, each with its place", () => {
    const found = findRecords(plan, batchOf(bytes, at), { table: "rivers", keys: new Set(["rhine"]) });
    expect(found.map(({ line, field, key }) => [line, field, key])).toEqual([
      [11, "river", "rhine"],
      [13, "all[1]", "rhine"],
      [13, "parts[0].of", "rhine"],
    ]);
    expect(findRecords(plan, batchOf(bytes), { table: "numbers", keys: new Set(["rhine"]) })).toEqual([]);
  });
});
