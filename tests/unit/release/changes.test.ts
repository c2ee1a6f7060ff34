import { describe, expect, it } from "vitest";
import { applyTableChanges } from "../../../lib/release/apply-table-changes.ts";
import { referencesOf } from "../../../lib/release/references-of.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const other = { ...text, references: "others" };
const plan = planTable("t", {
  type: "object",
  properties: {
    t: {
      type: "array",
      primaryKey: ["id"],
      items: {
        type: "object",
        required: ["id"],
        properties: {
          id: text,
          one: other,
          many: { type: "array", items: other },
          parts: { type: "array", items: { type: "object", properties: { of: other, note: text } } },
          number: { type: "integer", references: "numbers" },
        },
      },
    },
  },
});

describe("referencesOf", () => {
  it("finds every key that records refer to, by table, each once", () => {
    const found = referencesOf(plan, [
      { id: "a", one: "x", many: ["y", "x", null], parts: [{ of: "z", note: "n" }, {}], number: 7 },
      { id: "b", one: null, number: 7 },
    ]);
    expect([...found].map(([table, keys]) => [table, [...keys].sort()])).toEqual([
      ["others", ["x", "y", "z"]],
      ["numbers", ["7"]],
    ]);
    expect(referencesOf(plan, [{ id: "a" }]).size).toBe(0);
  });
});

describe("applyTableChanges", () => {
  const [a, b, c] = [
    { id: "a", v: 1 },
    { id: "b", v: 2 },
    { id: "c", v: 3 },
  ];
  const keyOf = (record: object): string => (record as { id: string }).id;
  const counts = {};

  it("applies changes, removes and appends records", () => {
    const changes = {
      counts,
      changed: [{ key: "a", fields: { v: { old: 1, new: 9 } } }],
      removed: [{ key: "b", record: b }],
      added: [{ id: "d", v: 4 }],
      rewritten: [{ key: "c", record: { v: 3, id: "c" } }],
    };
    expect(JSON.stringify(applyTableChanges([a, b, c], changes, keyOf))).toBe('[{"id":"a","v":9},{"v":3,"id":"c"},{"id":"d","v":4}]');
  });

  it("contains the whole record if its fields would be in another order", () => {
    const changed = [{ key: "a", fields: { v: { old: 1, new: 9 } }, record: { v: 9, id: "a" } }];
    expect(JSON.stringify(applyTableChanges([a], { counts, changed }, keyOf))).toBe('[{"v":9,"id":"a"}]');
  });

  it("removes a replaced record, and applies a new order", () => {
    const replaced = [{ key: "b", by: "d", record: b }];
    expect(applyTableChanges([a, b], { counts, replaced }, keyOf)).toEqual([a]);
    const d = { id: "d", v: 4 };
    expect(applyTableChanges([a, b, c], { counts, added: [d], order: [[2, 1], 1, [0, 2]] }, keyOf)).toEqual([c, d, a, b]);
    const e = { id: "e", v: 5 };
    const order: (number | [number, number])[] = [1, [0, 1], 1, [2, 1]];
    expect(applyTableChanges([a, b, c], { counts, added: [d, e], order, changed: [{ key: "c", fields: {}, record: e }] }, keyOf)).toEqual([
      d,
      a,
      e,
      e,
    ]);
  });
});
