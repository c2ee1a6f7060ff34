import { describe, expect, it } from "vitest";
import { activeRecordCounter, isActiveRecord } from "../../../lib/build/is-active-record.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable, type TablePlan } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const planOf = (properties: Record<string, Schema>): TablePlan =>
  planTable("t", {
    type: "object",
    properties: { t: { type: "array", primaryKey: ["id"], items: { type: "object", properties: { id: text, ...properties } } } },
  });

describe("active records", () => {
  const ranked = planOf({ rank: { ...text, role: "rank" }, note: text });
  it("are not deprecated", () => {
    const isActive = isActiveRecord(ranked);
    expect([isActive({ rank: "normal" }), isActive({ rank: "deprecated" }), isActive({})]).toEqual([true, false, true]);
    expect(isActiveRecord(planOf({ rank: text }))({ rank: "deprecated" })).toBe(true);
    const inner = planOf({ value: { type: "object", properties: { rank: { ...text, role: "rank" } } } });
    expect(isActiveRecord(inner)({ rank: "deprecated" })).toBe(true);
  });

  it("are counted among whole lines", () => {
    const lines = Buffer.from('{"id":"a","rank":"normal"}\n{"id":"b","rank":"deprecated"}\n{"id":"c","note":"deprecated"}\n');
    expect(activeRecordCounter(ranked)(lines, 3)).toBe(2);
    expect(activeRecordCounter(ranked)(Buffer.from('{"id":"a"}\n{"id":"b"}\n'), 2)).toBe(2);
    expect(activeRecordCounter(planOf({}))(lines, 3)).toBe(3);
  });
});
