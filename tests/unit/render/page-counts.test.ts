import { describe, expect, it } from "vitest";
import { CellCounts } from "../../../lib/formats/cell-counts.ts";
import { PageCounts } from "../../../lib/render/page-counts.ts";
import { planOf } from "../../plan-of.ts";
import { Branch, publish, world } from "../../protocol/world.ts";

const MEMO = ".factpress/pages/d.json";
const FIRST = { records: { a: "1", b: "2", c: "3" } };
const SECOND = { records: { ...FIRST.records, d: "4" } };

interface Stored {
  memo: Record<string, { counts?: Record<string, number[]> }>;
}

/** Publishes a release and another one, each by a process of its own; `change` changes the stored counts between. */
async function publishTwice(change: (counts: number[]) => unknown = (counts) => counts) {
  const w = world();
  const history = new Branch().push(FIRST);
  await publish({ history, ...w });
  const text = (key: string): string => Buffer.from(w.objects.get(key) as Uint8Array).toString();
  const first = JSON.parse(text(MEMO)) as Stored;
  for (const counts of Object.values(first.memo["1.0.0"]?.counts ?? {})) change(counts);
  w.objects.set(MEMO, Buffer.from(JSON.stringify(first)));
  await publish({ history: history.push(SECOND), ...w });
  return { first, second: JSON.parse(text(MEMO)) as Stored, page: text("pages/d/1.0.0/index.html") };
}

describe("the counts of pages", () => {
  it("are stored for the newest release only", async () => {
    const { first, second } = await publishTwice();
    expect(Object.values(first.memo["1.0.0"]?.counts ?? {})).toEqual([[3, 3, 0, 3, 0, 0, 0]]);
    expect(Object.values(second.memo["1.1.0"]?.counts ?? {})).toEqual([[4, 4, 0, 4, 0, 0, 0]]);
    expect(second.memo["1.0.0"]).not.toHaveProperty("counts");
  });

  it("are those of the page of the release before, which is no longer the newest", async () => {
    const { page } = await publishTwice();
    const { page: other } = await publishTwice((counts) => counts.splice(0, 1, 8_765));
    expect(page).not.toContain("8,765");
    expect(other).toContain("8,765");
  });

  it("are counted again if they are damaged", async () => {
    const { page } = await publishTwice();
    for (const damage of [
      (counts: number[]) => counts.pop(),
      (counts: number[]) => counts.fill(-1),
      (counts: number[]) => counts.fill(0.5),
    ])
      expect((await publishTwice(damage)).page).toBe(page);
  });

  it("are those of one table with the same columns", () => {
    const counts = new CellCounts(2);
    const plan = planOf({ note: { type: "string" } });
    const used = new PageCounts(undefined, {});
    used.add("abc", plan, counts);
    const stored = used.take();
    expect(used.take()).toEqual({});
    expect(new PageCounts(undefined, stored).get("abc", plan)?.numbers).toEqual([0, 0, 0, 0, 0]);
    expect(new PageCounts(undefined, stored).get("abd", plan)).toBeUndefined();
    expect(new PageCounts(undefined, stored).get("abc", planOf({ other: { type: "string" } }))).toBeUndefined();
  });
});
