import { describe, expect, it } from "vitest";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { standingOrder, standingReader } from "../../../../lib/site/explorer/standing-reader.ts";
import { planOf } from "../../../plan-of.ts";

const text: Schema = { type: "string" };

describe("standingReader", () => {
  const levels = { ...text, role: "certainty", enum: ["sure", "wrong"], values: { sure: { level: 4 }, wrong: { level: 0 } } } as Schema;
  const plan = planOf({
    s: { ...text, role: "subject", references: "rivers" },
    v: { type: "object", role: "value", properties: { date: { ...text, format: "edtf" }, name: text } },
    c: levels,
    rank: { ...text, role: "rank", enum: ["preferred", "normal", "deprecated"] },
    replacedBy: text,
  });

  it("hold unless they are deprecated, refuted or replaced", () => {
    const read = standingReader(plan);
    expect(read({ c: "sure", rank: "normal" })).toStrictEqual({});
    expect(read({ c: "sure", rank: "preferred" })).toStrictEqual({ isPreferred: true });
    expect(read({ c: "wrong", rank: "preferred" })).toStrictEqual({ isRefuted: true });
    expect(read({ c: "sure", rank: "preferred", replacedBy: "b" })).toStrictEqual({ isReplaced: true });
    expect(read({ c: "wrong", rank: "deprecated", replacedBy: "b" })).toStrictEqual({
      isDeprecated: true,
      isRefuted: true,
      isReplaced: true,
    });
    expect(read({})).toStrictEqual({});
    expect(standingReader(planOf({}))({ rank: "deprecated", c: "wrong", replacedBy: "b" })).toStrictEqual({});
  });

  it("are ordered: preferred, standing, replaced or refuted, deprecated", () => {
    const kinds = [{ isPreferred: true }, {}, { isReplaced: true }, { isRefuted: true }, { isDeprecated: true, isRefuted: true }] as const;
    expect(kinds.map(standingOrder)).toEqual([0, 1, 2, 2, 3]);
  });
});
