import { describe, expect, it } from "vitest";
import { groupChanges, isFoldedGroup, withFirstChanges } from "../../../../lib/site/versions/group-changes.ts";

describe("groupChanges", () => {
  const change = (key: string, more: object = {}) => ({
    table: "t",
    key,
    kind: "changed" as const,
    fields: [{ name: "a", old: 1, now: 2 }],
    ...more,
  });
  const grouped = (...records: object[]) => groupChanges({ from: "1", to: "2", shape: [], records: records as never });

  it("puts the main table first, among groups of many records and among the others", () => {
    const many = (table: string, count: number) => Array.from({ length: count }, (_, i) => change(`${i}`, { table }));
    const records = [...many("t", 9), ...many("main", 6), change("a", { table: "u" }), change("b", { table: "main", kind: "added" })];
    const { groups } = groupChanges({ from: "1", to: "2", shape: [], records: records as never }, "main");
    expect(groups.map(({ table, count }) => [table, count])).toEqual([
      ["main", 6],
      ["t", 9],
      ["main", 1],
      ["u", 1],
    ]);
  });

  it("groups by kind, table and changed fields", () => {
    const { groups } = grouped(
      change("1"),
      change("2", {
        fields: [
          { name: "b", old: 1, now: 2 },
          { name: "a", old: 1, now: 2 },
        ],
      }),
      change("3", { fields: [{ name: "a", old: 1, now: 3 }] }),
      change("4", { kind: "added", fields: undefined }),
      change("5", { table: "u" }),
      change("6", {
        fields: [
          { name: "a", old: 1, now: 2 },
          { name: "b", old: 1, now: 9 },
        ],
      }),
    );
    expect(
      groups.map(({ kind, table, fields, same, count }) => [kind, table, fields.join(), same.map(({ name }) => name).join(), count]),
    ).toEqual([
      ["changed", "t", "a", "", 2],
      ["changed", "t", "b,a", "a", 2],
      ["added", "t", "", "", 1],
      ["changed", "u", "a", "a", 1],
    ]);
  });

  it("puts groups of many records first, the largest first", () => {
    const many = (count: number, table: string) => Array.from({ length: count }, (_, i) => change(`${table}${i}`, { table }));
    const { groups } = grouped(change("x"), ...many(5, "u"), ...many(7, "v"), ...many(4, "w"));
    expect(groups.map(({ table, count }) => `${table}${count}`)).toEqual(["v7", "u5", "t1", "w4"]);
    expect(groups.map(isFoldedGroup)).toEqual([true, true, false, false]);
    const first = withFirstChanges({ from: "1", to: "2", shape: [], groups }, 3, 1).groups;
    expect(first.map(({ records, fields, same }) => [records?.length, fields.length, same.length])).toEqual([
      [undefined, 1, 1],
      [undefined, 0, 0],
      [1, 0, 0],
      [undefined, 0, 0],
    ]);
    expect(withFirstChanges({ from: "1", to: "2", shape: [], groups }, 5, 9).groups.map(({ records }) => records?.length)).toEqual([
      undefined,
      undefined,
      1,
      4,
    ]);
  });
});
