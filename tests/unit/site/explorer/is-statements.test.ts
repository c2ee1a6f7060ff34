import { describe, expect, it } from "vitest";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { isStatements } from "../../../../lib/site/explorer/is-statements.ts";
import { planOf } from "../../../plan-of.ts";

const text: Schema = { type: "string" };

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
