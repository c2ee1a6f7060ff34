import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { compareRecords } from "../../../lib/build/compare-records.ts";
import { recordLines } from "../../../lib/build/record-lines.ts";
import type { ChangeListName } from "../../../lib/release/difference.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const planOf = (properties: Record<string, Schema> = {}, primaryKey = ["id"]) =>
  planTable("t", {
    type: "object",
    properties: { t: { type: "array", primaryKey, items: { type: "object", properties: { id: text, v: text, ...properties } } } },
  });
type Row = Record<string, unknown>;
async function* chunksOf(...chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}
const ndjson = (rows: readonly Row[]): AsyncIterable<Uint8Array> => chunksOf(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
const a = { id: "a", v: "1" };
const b = { id: "b", v: "1" };
const c = { id: "c", v: "1" };

/** The difference, with the contents of its spools. */
async function compared(old: readonly Row[], now: readonly Row[], plan = planOf(), hasSameKey = true) {
  const workspace = memoryWorkspace();
  const { spools, ...difference } = await compareRecords(plan, { old: () => ndjson(old), now: () => ndjson(now), hasSameKey }, workspace);
  const lists: Partial<Record<ChangeListName, unknown[]>> = {};
  for (const [list, name] of Object.entries(spools) as [ChangeListName, string][]) {
    const values: unknown[] = [];
    for await (const line of recordLines(workspace.read(name))) values.push(JSON.parse(line));
    lists[list] = values;
  }
  return { ...difference, lists };
}

describe("compareRecords", () => {
  it("finds no changes between equal tables", async () => {
    expect(await compared([a, b], [a, b])).toMatchObject({
      counts: { added: 0, changed: 0, replaced: 0, removed: 0 },
      active: { before: 2, after: 2, lost: 0 },
      lists: {},
    });
  });

  it("lists what was added, changed and removed", async () => {
    const found = await compared([a, b], [{ ...a, v: "2" }, c]);
    expect(found).toEqual({
      counts: { added: 1, changed: 1, replaced: 0, removed: 1 },
      added: [c],
      changed: [{ key: "a", fields: { v: { old: "1", new: "2" } }, record: { ...a, v: "2" } }],
      replaced: [],
      removed: [{ key: "b", record: b }],
      active: { before: 2, after: 2, lost: 1 },
      lists: { added: [c], changed: [{ key: "a", fields: { v: { old: "1", new: "2" } } }], removed: [{ key: "b", record: b }] },
    });
  });

  it("finds added, changed, rewritten, removed and moved records together", async () => {
    const rewritten = { v: "1", id: "b" };
    const { counts, active, lists } = await compared([a, b, c], [{ ...c, v: "2" }, { id: "d" }, rewritten]);
    expect(counts).toEqual({ added: 1, changed: 1, replaced: 0, removed: 1 });
    expect(active).toEqual({ before: 3, after: 3, lost: 1 });
    expect(lists).toEqual({
      added: [{ id: "d" }],
      changed: [{ key: "c", fields: { v: { old: "1", new: "2" } } }],
      rewritten: [{ key: "b", record: rewritten }],
      removed: [{ key: "a", record: a }],
      order: [[2, 1], 1, [1, 1]],
    });
  });

  it("keeps the whole record if the fields would change the order of names", async () => {
    const now = { v: "2", id: "a" };
    expect((await compared([a], [now])).lists.changed).toEqual([{ key: "a", fields: { v: { old: "1", new: "2" } }, record: now }]);
    expect((await compared([a], [{ v: "1", id: "a" }])).lists).toEqual({ rewritten: [{ key: "a", record: { v: "1", id: "a" } }] });
    expect((await compared([a], [{ v: "1", id: "a" }])).counts.changed).toBe(0);
  });

  it("distinguishes replaced from removed records by their successor, which does not count as added", async () => {
    const plan = planOf({ replacedBy: { ...text, references: "t" } });
    const gone = { ...a, replacedBy: "c" };
    expect(await compared([gone, b], [b, c], plan)).toMatchObject({
      counts: { added: 0, replaced: 1, removed: 0 },
      replaced: [{ key: "a", by: "c", record: gone }],
      active: { before: 2, after: 2, lost: 0 },
      lists: { added: [c], replaced: [{ key: "a", by: "c", record: gone }] },
    });
    expect((await compared([{ ...a, replacedBy: "b" }, b], [b], plan)).counts).toEqual({ added: 0, changed: 0, replaced: 1, removed: 0 });
    expect((await compared([{ ...a, replacedBy: "b" }, b], [c], plan)).counts).toEqual({ added: 1, changed: 0, replaced: 0, removed: 2 });
    const both = [
      { ...a, replacedBy: "c" },
      { ...b, replacedBy: "c" },
    ];
    expect((await compared(both, [c], plan)).counts).toEqual({ added: 0, changed: 0, replaced: 2, removed: 0 });
  });

  it("finds the successor by the role of a column", async () => {
    const plan = planOf({ next: { ...text, role: "replacedBy" } });
    expect((await compared([{ ...a, next: "b" }, b], [b], plan)).counts.replaced).toBe(1);
  });

  it("describes the new order relative to the old order, only if it changed", async () => {
    expect((await compared([a, b], [a, b, c])).lists.order).toBeUndefined();
    expect((await compared([a, b, c], [a, c])).lists.order).toBeUndefined();
    expect((await compared([a, b, c], [b, c, a])).lists.order).toEqual([
      [1, 2],
      [0, 1],
    ]);
    const [d, e] = [
      { id: "d", v: "1" },
      { id: "e", v: "1" },
    ];
    expect((await compared([a, b], [d, e, a, b])).lists.order).toEqual([2, [0, 2]]);
    expect((await compared([a, b], [a, d, b, e])).lists.order).toEqual([[0, 1], 1, [1, 1], 1]);
  });

  it("treats a second record with the same key as removed if the primary key changed", async () => {
    const found = await compared([a, { ...a, v: "2" }], [a], planOf(), false);
    expect(found).toMatchObject({ counts: { removed: 1 }, removed: [{ key: "a", record: { ...a, v: "2" } }], lists: { order: [[0, 1]] } });
    expect((await compared([a, { ...a, v: "2" }, b], [a, b], planOf(), false)).lists).toEqual({
      removed: [{ key: "a", record: { ...a, v: "2" } }],
      order: [
        [0, 1],
        [2, 1],
      ],
    });
    expect((await compared([a, a], [a], planOf(), false)).counts.removed).toBe(1);
  });

  it("counts records that are not deprecated", async () => {
    const plan = planOf({ rank: { enum: ["normal", "deprecated"], role: "rank" } });
    const [fine, old] = [
      { ...a, rank: "normal" },
      { ...a, rank: "deprecated" },
    ];
    const active = async (before: Row[], now: Row[]) => (await compared(before, now, plan)).active;
    expect(await active([fine], [old])).toEqual({ before: 1, after: 0, lost: 1 });
    expect(await active([old], [fine])).toEqual({ before: 0, after: 1, lost: 0 });
    expect(await active([old], [])).toEqual({ before: 0, after: 0, lost: 0 });
    expect(await active([], [old, { ...b, rank: "normal" }])).toEqual({ before: 0, after: 1, lost: 0 });
    expect(await active([old], [{ ...old, v: "2" }])).toEqual({ before: 0, after: 0, lost: 0 });
    // Another column may contain the word.
    expect(await active([{ ...fine, v: "deprecated" }], [fine])).toEqual({ before: 1, after: 1, lost: 0 });
    expect(await active([fine], [{ ...fine, v: "2" }])).toEqual({ before: 1, after: 1, lost: 0 });
    // Unchanged records, counted together.
    const same = [fine, { ...old, id: "b" }, { ...fine, id: "c", v: "deprecated" }];
    expect(await active(same, same)).toEqual({ before: 2, after: 2, lost: 0 });
  });

  it("lists a thousand records of each kind for display, and spools all", async () => {
    const many = (value: string): Row[] => Array.from({ length: 1001 }, (_, i) => ({ id: `k${i}`, v: value }));
    const changed = await compared(many("1"), many("2"));
    expect([changed.changed.length, changed.counts.changed, changed.lists.changed?.length]).toEqual([1000, 1001, 1001]);
    const removed = await compared(many("1"), []);
    expect([removed.removed.length, removed.counts.removed, removed.lists.removed?.length]).toEqual([1000, 1001, 1001]);
    const added = await compared([], many("1"));
    expect([added.added.length, added.counts.added, added.lists.added?.length]).toEqual([1000, 1001, 1001]);
  });
});
