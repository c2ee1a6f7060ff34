import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { compareRecords } from "../../../lib/build/compare-records.ts";
import { recordLines } from "../../../lib/build/record-lines.ts";
import type { JsonRecord } from "../../../lib/formats/cell-text.ts";
import type { TableDifference } from "../../../lib/release/difference.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const plan = planTable("t", {
  type: "object",
  properties: {
    t: {
      type: "array",
      primaryKey: ["id"],
      items: {
        type: "object",
        properties: {
          id: { type: "string" },
          text: { type: "string" },
          rank: { type: "string", role: "rank" },
          replacedBy: { type: "string" },
        },
      },
    },
  },
});

const ndjson = (records: readonly JsonRecord[]) =>
  async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  };

/** The difference, with its lists. */
async function compare(
  old: readonly JsonRecord[],
  now: readonly JsonRecord[],
  hasSameKey = true,
): Promise<Pick<TableDifference, "counts" | "active"> & { lists: Record<string, unknown[]> }> {
  const workspace = memoryWorkspace();
  const { counts, active, spools } = await compareRecords(plan, { old: ndjson(old), now: ndjson(now), hasSameKey }, workspace);
  const lists: Record<string, unknown[]> = {};
  for (const [list, name] of Object.entries(spools)) {
    lists[list] = [];
    for await (const line of recordLines(workspace.read(name))) lists[list]?.push(JSON.parse(line));
  }
  return { counts, active, lists };
}

const A = { id: "a", text: "x" };
const B = { id: "b", text: "x" };
const C = { id: "c", text: "x" };
const NONE = { added: 0, changed: 0, replaced: 0, removed: 0 };

describe("compareRecords", () => {
  it("finds nothing in equal tables, and no order where records are added at the end", async () => {
    expect(await compare([A, B], [A, B])).toEqual({ counts: NONE, active: { before: 2, after: 2, lost: 0 }, lists: {} });
    const { counts, lists } = await compare([A], [A, B, C]);
    expect([counts.added, lists]).toEqual([2, { added: [B, C] }]);
  });

  it("finds what is added, changed, rewritten, removed and moved, by key", async () => {
    const changed = { ...C, text: "y" };
    const rewritten = { text: "x", id: "b" };
    const { counts, active, lists } = await compare([A, B, C], [changed, { id: "d" }, rewritten]);
    expect(counts).toEqual({ added: 1, changed: 1, replaced: 0, removed: 1 });
    expect(active).toEqual({ before: 3, after: 3, lost: 1 });
    expect(lists).toEqual({
      added: [{ id: "d" }],
      changed: [{ key: "c", fields: { text: { old: "x", new: "y" } } }],
      rewritten: [{ key: "b", record: rewritten }],
      removed: [{ key: "a", record: A }],
      order: [[2, 1], 1, [1, 1]],
    });
  });

  it("finds the record that replaces another, added or unchanged, and none that is not there", async () => {
    const old = { ...A, replacedBy: "b" };
    const { counts, lists } = await compare([old, B], [B]);
    expect([counts.replaced, counts.removed, lists["replaced"]]).toEqual([1, 0, [{ key: "a", by: "b", record: old }]]);
    expect((await compare([old], [B])).counts).toEqual({ ...NONE, replaced: 1 });
    expect((await compare([old, B], [C])).counts).toEqual({ ...NONE, added: 1, removed: 2 });
  });

  it("counts the records that are not deprecated, whatever else holds the word", async () => {
    const deprecated = { ...A, rank: "deprecated" };
    const named = { ...B, text: "deprecated" };
    expect((await compare([A, named], [deprecated, named])).active).toEqual({ before: 2, after: 1, lost: 1 });
    expect((await compare([deprecated, named], [deprecated, named, C])).active).toEqual({ before: 1, after: 2, lost: 0 });
  });

  it("takes the second record with a key for removed, under a new primary key", async () => {
    const twin = { ...A, text: "twin" };
    const { counts, lists } = await compare([A, twin, B], [A, B], false);
    expect(counts).toEqual({ ...NONE, removed: 1 });
    expect(lists).toEqual({
      removed: [{ key: "a", record: twin }],
      order: [
        [0, 1],
        [2, 1],
      ],
    });
  });
});
