import { describe, expect, it } from "vitest";
import { spacedKeyValue } from "../../../lib/engine/spaced-key-value.ts";
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

describe("spacedKeyValue", () => {
  it("should have no space around them", () => {
    expect([" a", "a ", "\ta", "a\u00a0"].map((key) => spacedKeyValue(plan, key))).toEqual([" a", "a ", "\ta", "a\u00a0"]);
    expect(["a", "a b", ""].map((key) => spacedKeyValue(plan, key))).toEqual([undefined, undefined, undefined]);
  });
});
