import { describe, expect, it } from "vitest";
import { planTable, type Schema, type TablePlan } from "../../../../lib/schema/table-plan.ts";
import { isStatements } from "../../../../lib/site/explorer/is-statements.ts";

const text: Schema = { type: "string" };
const planOf = (properties: Record<string, Schema>, more: object = {}): TablePlan =>
  planTable("t", {
    type: "object",
    properties: { t: { type: "array", primaryKey: ["id"], ...more, items: { type: "object", properties: { id: text, ...properties } } } },
  });

describe("isStatements", () => {
  const levels = { ...text, role: "certainty", enum: ["sure", "wrong"], values: { sure: { level: 4 }, wrong: { level: 0 } } } as Schema;
  const plan = planOf({
    s: { ...text, role: "subject", references: "rivers" },
    v: { type: "object", role: "value", properties: { date: { ...text, format: "edtf" }, name: text } },
    c: levels,
    rank: { ...text, role: "rank", enum: ["preferred", "normal", "deprecated"] },
    replacedBy: text,
  });

  it("are records with a subject and a value", () => {
    expect(isStatements(plan)).toBe(true);
    expect(isStatements(planOf({ s: { ...text, role: "subject" } }))).toBe(false);
    expect(isStatements(planOf({ v: { ...text, role: "value" } }))).toBe(false);
  });
});
