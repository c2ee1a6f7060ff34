import { describe, expect, it } from "vitest";
import type { Commit } from "../../../lib/ports/ports.ts";
import { publishDataset } from "../../../lib/publish/publish-dataset.ts";
import type { Published } from "../../../lib/publish/publish-job.ts";
import { Branch, catalogueOf, contents, type Made, publish, publishing, versions, type World, world } from "../../protocol/world.ts";

const draft = (n: number): Made => ({ records: { a: `draft ${n}` }, version: "" });
const drafts = (n: number): Made[] => Array.from({ length: n }, (_, i) => draft(i));
const release = (value: string, more: Partial<Made> = {}): Made => ({ records: { a: value }, ...more });

/** Runs that are out of time after each commit, until no commit is left. */
async function publishInSteps(history: Branch, w: World, isOutOfTime = () => true): Promise<Published[]> {
  const runs: Published[] = [];
  while (runs.at(-1)?.more !== false) {
    if (runs.length > 200) throw new Error("It does not come to an end");
    runs.push(await publishDataset({ ...publishing({ history, ...w }), isOutOfTime }));
  }
  return runs;
}

describe("a run that is out of time", () => {
  it("continues where it ended, with the same result as one run", async () => {
    const made = [...drafts(5), release("one"), { ...release("one"), elsewhere: true }, release("two", { broken: true }), release("three")];
    const [stepped, whole] = [world(), world()];
    const history = new Branch().push(...made);
    const runs = await publishInSteps(history, stepped);
    expect(runs.length).toBeGreaterThan(5);
    expect(runs.slice(0, -1).every(({ more }) => more)).toBe(true);
    await publish({ history: new Branch().push(...made), ...whole });
    expect(versions(stepped)).toEqual(["1.0.1", "1.0.0"]);
    expect(contents(stepped)).toEqual(contents(whole));
  });

  it("does not read drafts again, and counts unchecked commits", async () => {
    const w = world();
    const history = new Branch().push(...drafts(4), release("one"));
    const runs = await publishInSteps(history, w);
    expect(new Set(history.read).size).toBe(5);
    expect(history.read.filter((id) => id === history.read[0])).toHaveLength(1);
    expect(runs.map(({ pending }) => pending.unchecked)).toEqual([5, 4, 3, 2, 1]);
  });

  it("loses no withdrawal of a commit that makes no release", async () => {
    const w = world();
    const withdrawn = [{ version: "1.0.0", reason: "wrong" }];
    const history = new Branch().push(release("one"), release("two"), release("two", { withdrawn }), { ...draft(1), elsewhere: true });
    await publishInSteps(history, w);
    expect(catalogueOf(w).withdrawn).toMatchObject([{ version: "1.0.0", reason: "wrong" }]);
  });

  it("writes withdrawals before it ends, and reads no commit after them", async () => {
    const made = [release("one"), release("two"), release("two", { withdrawn: [{ version: "1.0.0", reason: "wrong" }] })];
    const [w, whole] = [world(), world()];
    const history = new Branch().push(...made);
    await publish({ history, ...w });
    expect(catalogueOf(w).withdrawn).toHaveLength(1);
    const withdrawn = [
      { version: "1.0.0", reason: "wrong" },
      { version: "1.0.1", reason: "wrong as well" },
      { version: "7.0.0", reason: "a slip" },
    ];
    history.push(release("two", { withdrawn }), ...drafts(3).map((one) => ({ ...one, withdrawn })));
    history.read.length = 0;
    const run = await publishDataset({ ...publishing({ history, ...w }), isOutOfTime: () => true });
    expect([run.more, catalogueOf(w).withdrawn.map(({ version }) => version), new Set(history.read).size]).toEqual([
      true,
      ["1.0.0", "1.0.1"],
      1,
    ]);
    expect(run.warnings.map(({ why }) => why)).toEqual([expect.stringContaining("7.0.0 is not a release of d")]);
    const later = await publishInSteps(history, w);
    expect(later.map(({ pending }) => pending.unchecked)).toEqual([3, 2, 1]);
    await publish({ history, ...whole });
    expect(contents(w)).toEqual(contents(whole));
  });

  it("reports a commit that is dated ahead of the clock, so that a later run checks it again", async () => {
    const history = new Branch().push(release("one", { date: "2025-01-05T00:00:00Z" }));
    const [early, later] = [
      await publish({ history, ...world() }),
      await publish({ history, ...world(), now: new Date("2025-01-06T00:00:00Z") }),
    ];
    expect([early.refusedUntil, later.refusedUntil, later.released.length]).toEqual(["2025-01-04T00:00:00.000Z", undefined, 1]);
  });

  it("that fails loses the work on at most 50 commits, and does not save more often", async () => {
    const w = world();
    const written: string[] = [];
    const putIfMatch: World["store"]["putIfMatch"] = (key, ...rest) => {
      written.push(key);
      return w.store.putIfMatch(key, ...rest);
    };
    const history = new Branch().push(...drafts(80), release("one"));
    const read = history.at.bind(history);
    let isDown = true;
    history.at = (commit: Commit) => {
      if (isDown && history.read.length >= 70) throw new Error("GitHub is down");
      return read(commit);
    };
    await expect(publish({ history, ...w, store: { ...w.store, putIfMatch } })).rejects.toThrow("GitHub is down");
    expect(written).toHaveLength(1);
    const first = [...history.read];
    isDown = false;
    history.read.length = 0;
    await publish({ history, ...w });
    expect(versions(w)).toEqual(["1.0.0"]);
    expect(first.slice(0, 50).filter((id) => history.read.includes(id))).toEqual([]);
  });
});
