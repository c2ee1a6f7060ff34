import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../../../lib/formats/value.ts";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { valueDays } from "../../../../lib/site/explorer/value-days.ts";
import { planOf } from "../../../plan-of.ts";

const text: Schema = { type: "string" };

describe("valueDays", () => {
  const levels = { ...text, role: "certainty", enum: ["sure", "wrong"], values: { sure: { level: 4 }, wrong: { level: 0 } } } as Schema;
  const plan = planOf({
    s: { ...text, role: "subject", references: "rivers" },
    v: { type: "object", role: "value", properties: { date: { ...text, format: "edtf" }, name: text } },
    c: levels,
    rank: { ...text, role: "rank", enum: ["preferred", "normal", "deprecated"] },
    replacedBy: text,
  });

  it("have days if their value is one date", () => {
    const days = (v: unknown) => valueDays(plan, { v } as JsonRecord);
    expect(days({ date: "2020-09" })).toEqual({ start: "2020-09-01", end: "2020-09-30" });
    expect(days({ date: "2020-09", name: null })).toMatchObject({ start: "2020-09-01" });
    for (const other of [{ date: "2020", name: "x" }, { name: "2020" }, { date: "soon" }, {}, null, undefined, ["2020"], "2020"])
      expect(days(other)).toBeUndefined();
    const dated = planOf({ v: { ...text, role: "value", format: "date" } });
    expect(valueDays(dated, { v: "2020-09-15" })).toEqual({ start: "2020-09-15", end: "2020-09-15" });
    expect(valueDays(planOf({ v: { ...text, role: "value" } }), { v: "2020" })).toBeUndefined();
    expect(valueDays(planOf({}), { v: "2020" })).toBeUndefined();
  });
});
