import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../../lib/formats/value.ts";
import { type ChangesStep, composeChanges } from "../../../lib/release/compose-changes.ts";

const keyOf = (_table: string, record: JsonRecord): string => String((record as { id: string }).id);
const step = (from: string, to: string, rivers: ChangesStep["tables"][string], shape: string[] = []): ChangesStep => ({
  ...{ from, to, schema: shape.map((change) => ({ change })), tables: { rivers } },
});
const composed = (...tables: ChangesStep["tables"][string][]) =>
  composeChanges(
    tables.map((table, i) => step(`1.${i}`, `1.${i + 1}`, table)),
    keyOf,
  ).records;
const a = { id: "a", v: 1 };

describe("composeChanges", () => {
  it("covers the first to the last step, and lists each change of columns once", () => {
    const steps = [step("1.0", "1.1", {}, ["x is gone", "y is new"]), step("1.1", "1.2", {}, ["y is new", "z is new"])];
    expect(composeChanges(steps, keyOf)).toStrictEqual({
      from: "1.0",
      to: "1.2",
      shape: ["x is gone", "y is new", "z is new"],
      records: [],
    });
    expect(composeChanges([], keyOf)).toStrictEqual({ from: "", to: "", shape: [], records: [] });
  });

  it("joins changes of a field, and drops one that was undone", () => {
    const change = (old: number | undefined, now: number | undefined, name = "v") => ({
      key: "a",
      fields: { [name]: { ...(old === undefined ? {} : { old }), ...(now === undefined ? {} : { new: now }) } },
    });
    expect(composed({ changed: [change(1, 2)] }, { changed: [change(2, 3)] })).toStrictEqual([
      { table: "rivers", key: "a", kind: "changed", fields: [{ name: "v", old: 1, now: 3 }] },
    ]);
    expect(composed({ changed: [change(1, 2)] }, { changed: [change(2, 1)] })).toStrictEqual([]);
    expect(composed({ changed: [change(undefined, 2)] }, { changed: [change(5, undefined, "w")] })[0]?.fields).toStrictEqual([
      { name: "v", now: 2 },
      { name: "w", old: 5 },
    ]);
  });

  it("shows an added record in its final state, and none that was added and removed", () => {
    const changed = [{ key: "a", fields: { v: { old: 1, new: 2 } } }];
    expect(composed({ added: [a] }, { changed })).toStrictEqual([{ table: "rivers", key: "a", kind: "added", record: { id: "a", v: 2 } }]);
    expect(composed({ added: [a] }, { removed: [{ key: "a", record: a }] })).toStrictEqual([]);
  });

  it("shows a removed record as it was at the start, and what it was replaced by", () => {
    const changed = [{ key: "a", fields: { v: { old: 1, new: 2 }, w: { new: 3 } } }];
    const now = { id: "a", v: 2, w: 3 };
    expect(composed({ changed }, { removed: [{ key: "a", record: now }] })).toStrictEqual([
      { table: "rivers", key: "a", kind: "removed", record: a },
    ]);
    expect(composed({ replaced: [{ key: "a", by: "b", record: a }] })).toStrictEqual([
      { table: "rivers", key: "a", kind: "removed", record: a, by: "b" },
    ]);
  });

  it("shows a record that was removed and added again as changed, or not at all", () => {
    const removed = [{ key: "a", record: a }];
    expect(composed({ removed }, { added: [{ id: "a", v: 2 }] })).toStrictEqual([
      { table: "rivers", key: "a", kind: "changed", fields: [{ name: "v", old: 1, now: 2 }] },
    ]);
    expect(composed({ removed }, { added: [a] })).toStrictEqual([]);
  });

  it("names changed records first, then added, then removed ones", () => {
    const records = composed({
      removed: [{ key: "r", record: { id: "r" } }],
      added: [{ id: "n" }],
      changed: [{ key: "c", fields: { v: { old: 1, new: 2 } } }],
    });
    expect(records.map(({ kind }) => kind)).toStrictEqual(["changed", "added", "removed"]);
  });
});
