import { describe, expect, it } from "vitest";
import { checkBranch } from "../../../lib/publish/check-branch.ts";
import { Branch, catalogueOf, type Made, publish, versions, type World, world } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

const one: Made = { records: { a: "1" } };
const mistake: Made = { records: { a: "1", z: "EMBARGOED" } };
const correction: Made = { records: { a: "2" } };
const broken: Made = { records: {}, broken: true };

const texts = (w: World): string => [...w.objects.values()].map((bytes) => Buffer.from(bytes).toString("utf8")).join("\n");

async function released(): Promise<{ w: World; history: Branch }> {
  const w = world();
  const history = new Branch().push(one);
  await publish({ history, ...w, planFirst: true });
  return { w, history };
}

describe("pending commits that are planned together", () => {
  it("publishes nothing if a mistake and its revert are pending", async () => {
    const { w, history } = await released();
    const before = new Set(w.objects.keys());
    history.push(mistake, one, correction);
    const first = await publish({ history, ...w, planFirst: true });
    expect(first.released).toEqual([]);
    // Nothing breaks for readers, because no release contains the mistake.
    expect(first.refused).toBeUndefined();
    expect(first.unreleased).toMatchObject([
      {
        kind: "refused",
        why: expect.stringMatching(/^it reverts 1\.1\.0 \(commit [^)]+\), which is not published yet: t: z$/),
        problems: [],
      },
    ]);
    expect(first.blocked).toMatchObject({ planned: [{ version: "1.1.0" }], reverted: [{ version: "1.1.0", changes: ["t: z"], count: 1 }] });
    expect(texts(w)).not.toContain("EMBARGOED");
    expect([...w.objects.keys()].filter((key) => !before.has(key))).toEqual([".factpress/cursors/d.json"]);
    const again = await publish({ history, ...w, planFirst: true });
    expect({ ...again, unreleased: again.unreleased.map(({ isReported: _, ...rest }) => rest) }).toEqual({
      ...first,
      pending: { ...first.pending, unchecked: 0 },
    });
  });

  it("makes both releases of a first run if a column is removed under a new major version", async () => {
    const text = { type: "string" };
    const w = world();
    const wide: Made = { records: { a: "" }, columns: { x: text, y: text } };
    const { blocked } = await publish({
      history: new Branch().push(wide, { records: { a: "" }, columns: { x: text }, version: "2.0.0" }),
      ...w,
      planFirst: true,
    });
    expect([versions(w), blocked]).toEqual([["2.0.0", "1.0.0"], undefined]);
  });

  it.each<[string, Made, Made, string]>([
    ["a record that is added and removed, if records may go", { ...mistake, records_: "may-go" }, { ...one, records_: "may-go" }, "t: z"],
    ["a record that is added, and removed under a new major version", mistake, { ...correction, version: "2.0.0" }, "t: z"],
    ["a value that is changed and changed back", { records: { a: "9" } }, one, "t: a, value"],
    ["a title that is changed and changed back", { ...one, title: "Wrong" }, { ...one, title: "D" }, "title is another"],
    ["a removal that is reverted, if records may go", { records: {}, records_: "may-go" }, { ...one, records_: "may-go" }, "t: a"],
  ])("publishes nothing if the tip reverts %s", async (_name, between, tip, place) => {
    const w = world();
    const start = between.records_ ? { ...one, records_: between.records_ } : one;
    const history = new Branch().push(start);
    await publish({ history, ...w });
    history.push(between, tip);
    const { released, blocked, refused } = await publish({ history, ...w, planFirst: true });
    expect(refused).toBeUndefined();
    expect(released).toEqual([]);
    expect(blocked?.reverted).toMatchObject([{ commit: history.parentOf(history.tip as string), changes: [place], count: 1 }]);
    expect(versions(w)).toEqual(["1.0.0"]);
    expect((await publish({ history, ...w, planFirst: true })).blocked).toEqual(blocked);
    expect((await publish({ history, ...w })).released.length).toBeGreaterThan(0);
  });

  it.each(["removed", "withdrawn"] as const)("publishes nothing if the tip no longer lists what is %s", async (list) => {
    const { w, history } = await released();
    await publish({ history: history.push(correction), ...w, planFirst: true });
    const by = history.push({ ...correction, [list]: [{ version: "1.0.1", reason: "private" }] }).tip;
    history.push(correction);
    const { blocked, refused } = await publish({ history, ...w, planFirst: true });
    const event = list === "removed" ? "removal" : "withdrawal";
    expect([refused, blocked?.reverted]).toEqual([undefined, [{ version: "1.0.1", commit: by, changes: ["private"], count: 1, event }]]);
    expect(catalogueOf(w)[list]).toEqual([]);
    expect((await publish({ history, ...w, planFirst: true })).blocked).toEqual(blocked);
    expect((await checkBranch({ dataset: "d", store: w.store, history, runtime: RUNTIME })).blocked).toEqual(blocked);
    await publish({ history, ...w });
    expect(catalogueOf(w)[list][0]).toMatchObject({ version: "1.0.1", commit: by });
  });

  it("warns if a published removal is no longer listed, and publishes", async () => {
    const { w, history } = await released();
    await publish({ history: history.push(correction), ...w, planFirst: true });
    await publish({ history: history.push({ ...correction, removed: [{ version: "1.0.1", reason: "private" }] }), ...w, planFirst: true });
    const { blocked, warnings } = await publish({ history: history.push({ records: { a: "3" } }), ...w, planFirst: true });
    expect(blocked).toBeUndefined();
    expect(versions(w)).toEqual(["1.0.2", "1.0.1", "1.0.0"]);
    expect(warnings.flatMap(({ problems }) => problems)).toMatchObject([
      { message: '1.0.1 stays removed although "removed" no longer lists it: a removal is permanent' },
    ]);
  });

  it("publishes nothing to an empty store if the tip lacks a record of the first commits", async () => {
    const w = world();
    const history = new Branch().push(mistake, { ...one, version: "2.0.0" });
    const { blocked } = await publish({ history, ...w, planFirst: true });
    expect(blocked?.reverted).toMatchObject([{ version: "1.0.0", changes: ["t: z"], count: 1 }]);
    expect(w.objects.has("d/releases.json")).toBe(false);
  });

  it("publishes nothing if the tip reverts a change and is a draft again: a published dataset has a version", async () => {
    const { w, history } = await released();
    history.push(mistake, { ...one, version: "" });
    const { released: made, refused } = await publish({ history, ...w, planFirst: true });
    expect([made, versions(w)]).toEqual([[], ["1.0.0"]]);
    expect(refused?.problems).toMatchObject([
      {
        message: "dataset.json no longer has release.version: a published dataset cannot become a draft again",
        remedy: expect.stringMatching(/"version": "1\.1\.0".*"ended"/),
      },
    ]);
    expect(texts(w)).not.toContain("EMBARGOED");
  });

  it("makes every release if commits only add, as a publisher does commit by commit", async () => {
    const history = new Branch().push(one, correction, broken, { records: { a: "2", b: "1" } }, { records: { a: "3", b: "1" } });
    const [w, fold] = [world(), world()];
    const { released } = await publish({ history, ...w, planFirst: true });
    await publish({ history, ...fold });
    expect(released.map(({ version }) => version)).toEqual(["1.0.0", "1.0.1", "1.1.0", "1.1.1"]);
    expect(w.objects.get("d/releases.json")).toEqual(fold.objects.get("d/releases.json"));
  });

  it("continues an interrupted run although a release that it made is reverted later", async () => {
    const history = new Branch().push(one, correction, { records: { a: "3" } }, correction);
    const [w, fold] = [world(), world()];
    const first = await publish({ history, ...w, planFirst: true, maxReleases: 2 });
    expect([first.released.length, first.more]).toEqual([2, true]);
    const { blocked, released } = await publish({ history, ...w, planFirst: true });
    expect([blocked, released.map(({ version }) => version)]).toEqual([undefined, ["1.0.2", "1.0.3"]]);
    await publish({ history, ...fold });
    expect(w.objects.get("d/releases.json")).toEqual(fold.objects.get("d/releases.json"));
  });

  it("decides again if the branch went on after an interrupted run", async () => {
    const history = new Branch().push(one, correction, { records: { a: "3" } }, correction);
    const w = world();
    await publish({ history, ...w, planFirst: true, maxReleases: 2 });
    const { blocked } = await publish({ history: history.push({ ...correction, title: "T" }), ...w, planFirst: true });
    expect(blocked?.reverted).toMatchObject([{ version: "1.0.2", changes: ["t: a, value"] }]);
  });

  it("publishes nothing, not even withdrawals, if the tip is refused", async () => {
    const { w, history } = await released();
    history.push(correction, { ...correction, withdrawn: [{ version: "1.0.0", reason: "wrong" }] }, broken);
    const { blocked, refused } = await publish({ history, ...w, planFirst: true });
    expect(refused?.commit).toBe(history.tip);
    expect(blocked?.planned).toMatchObject([{ version: "1.0.1" }]);
    expect(catalogueOf(w)).toMatchObject({ releases: [{ version: "1.0.0" }], withdrawn: [] });
  });

  it("suggests withdrawing a published release, but not one that is only planned", async () => {
    const { w, history } = await released();
    await publish({ history: history.push(mistake), ...w, planFirst: true });
    const remedy = async (): Promise<string> =>
      (await publish({ history, ...w, planFirst: true })).refused?.problems[0]?.remedy ?? "nothing was refused";
    history.push(correction, one);
    expect(await remedy()).toContain("or withdraw 1.1.0 in this commit");
    const fresh = await released();
    fresh.history.push(mistake, one, one);
    const { refused, blocked } = await publish({ history: fresh.history, ...fresh.w, planFirst: true });
    expect([refused, blocked?.reverted.length]).toEqual([undefined, 1]);
  });

  it("names only what readers lose if the tip removes records that are published and others that are not", async () => {
    const { w, history } = await released();
    history.push(mistake, { records: { b: "1" } });
    const { refused, blocked } = await publish({ history, ...w, planFirst: true });
    expect(refused?.problems.map(({ message }) => message)).toEqual(["This breaks readers, and 2.0.0 is not announced: t: a is gone"]);
    expect(blocked).toMatchObject({ planned: [{ version: "1.1.0" }], reverted: [] });
  });

  it("plans again if the branch has moved since", async () => {
    const { w, history } = await released();
    history.push(correction, { records: { a: "2", b: "1" } });
    let moved = false;
    const store = {
      ...w.store,
      putIfMatch: async (...args: Parameters<typeof w.store.putIfMatch>) => {
        if (args[0] === "d/releases.json" && !moved) {
          moved = true;
          history.push(broken);
        }
        return w.store.putIfMatch(...args);
      },
    };
    const { refused, blocked } = await publish({ history, ...w, store, planFirst: true });
    // The first release was already being made; nothing follows it.
    expect(versions(w)).toEqual(["1.0.1", "1.0.0"]);
    expect(refused?.commit).toBe(history.tip);
    expect(blocked?.planned).toMatchObject([{ version: "1.1.0" }]);
  });
});

describe("pending commits that are not planned", () => {
  it("releases commit by commit and reports that the tip was refused", async () => {
    const { w, history } = await released();
    history.push(mistake, one, correction);
    const { released: made, refused, blocked } = await publish({ history, ...w });
    expect(made).toMatchObject([{ version: "1.1.0" }]);
    expect(refused?.commit).toBe(history.tip);
    expect(blocked).toBeUndefined();
  });
});

describe("the cursor", () => {
  const cursor = ".factpress/cursors/d.json";
  const refusedHistory = (count: number): Branch =>
    new Branch().push(one, ...Array.from({ length: count }, () => [broken, { records: {} }]).flat());

  it.each([undefined, true])("keeps a second run from reading refused commits, with the same findings (planned: %s)", async (planFirst) => {
    const w = world();
    const history = new Branch().push(one);
    await publish({ history, ...w });
    const start = history.tip as string;
    for (let i = 0; i < 25; i += 1) history.push({ records: {}, title: `T${i}` });
    const first = await publish({ history, ...w, ...(planFirst ? { planFirst } : {}) });
    expect(first.unreleased).toHaveLength(25);
    history.read.length = 0;
    const second = await publish({ history, ...w, ...(planFirst ? { planFirst } : {}) });
    expect(history.read.filter((id) => id !== start)).toEqual([]);
    expect([first.pending.unchecked, second.pending.unchecked]).toEqual([25, 0]);
    const plain = ({ unreleased, refused, pending: { unchecked: _, ...pending }, ...rest }: typeof first) => ({
      ...rest,
      pending,
      refused: refused?.commit,
      unreleased: unreleased.map(({ commit, kind, why, problems }) => ({ commit, kind, why, problems })),
    });
    expect(plain(second)).toEqual(plain(first));
    expect(second.unreleased.every(({ isReported }) => isReported)).toBe(true);
  });

  it("keeps a second run from reading 200 drafts, and only the next commit is read", async () => {
    const w = world();
    const history = new Branch();
    for (let i = 0; i < 200; i += 1) history.push({ records: { a: String(i) }, version: "" });
    expect((await publish({ history, ...w })).unreleased).toHaveLength(200);
    history.read.length = 0;
    const { unreleased, pending } = await publish({ history, ...w });
    expect([history.read, unreleased.length, pending]).toEqual([[], 200, { commits: 200, since: null, unchecked: 0 }]);
    history.push(one);
    expect((await publish({ history, ...w })).released).toMatchObject([{ version: "1.0.0" }]);
    expect(new Set(history.read)).toEqual(new Set([history.tip]));
  });

  it("is not used with another catalogue, tool or setting, or if it is damaged or forged", async () => {
    const w = world();
    const history = refusedHistory(2);
    const { unreleased } = await publish({ history, ...w });
    const good = JSON.parse(Buffer.from(w.objects.get(cursor) as Uint8Array).toString("utf8")) as Record<string, unknown>;
    const readBy = async (more: object): Promise<number> => {
      history.read.length = 0;
      const found = await publish({ history, ...w, ...more });
      expect(found.unreleased.map(({ why }) => why)).toEqual(unreleased.map(({ why }) => why));
      return new Set(history.read).size;
    };
    expect(await readBy({})).toBe(0);
    expect(await readBy({ generator: "2" })).toBeGreaterThan(3);
    for (const forged of [
      "{",
      "[]",
      JSON.stringify({ ...good, commit: "--all" }),
      JSON.stringify({ ...good, commit: "f".repeat(40) }),
      JSON.stringify({ ...good, settings: "other" }),
      JSON.stringify({ ...good, unreleased: [{ commit: null, kind: "released", why: "", problems: [] }] }),
      JSON.stringify({ ...good, refused: "f".repeat(40) }),
    ]) {
      w.objects.set(cursor, Buffer.from(forged));
      expect(await readBy({}), forged).toBeGreaterThan(3);
    }
  });

  it("contains no verdict that depends on the clock", async () => {
    const w = world();
    const history = new Branch().push(one, broken, { ...correction, date: "2030-01-01T00:00:00Z" }, { ...broken, title: "T" });
    const { refused } = await publish({ history, ...w });
    expect(refused?.commit).toBe(history.tip);
    expect(Buffer.from(w.objects.get(cursor) as Uint8Array).toString("utf8")).not.toContain("2030");
    const later = await publish({ history, ...w, now: new Date("2030-01-02T00:00:00Z") });
    expect(later.released).toMatchObject([{ version: "1.0.1" }]);
  });

  it("is not written if planned releases wait for a commit whose verdict depends on the clock", async () => {
    const { w, history } = await released();
    history.push(mistake, { records: { ...mistake.records, a: "2" }, date: "2030-01-01T00:00:00Z" }, one);
    const early = await publish({ history, ...w, planFirst: true });
    expect([early.blocked?.reverted, early.refusedUntil, w.objects.has(cursor)]).toMatchObject([
      [{ version: "1.1.0" }],
      "2029-12-31T00:00:00.000Z",
      false,
    ]);
    const later = await publish({ history, ...w, planFirst: true, now: new Date("2030-01-02T00:00:00Z") });
    expect([later.blocked?.planned.map(({ version }) => version), later.refusedUntil]).toEqual([["1.1.0", "1.1.1"], undefined]);
  });

  it("still reports that the branch is refused after a future-dated commit was added and removed", async () => {
    const w = world();
    const history = new Branch().push(one, broken);
    const refused = history.tip;
    await publish({ history, ...w });
    history.push({ ...broken, elsewhere: true });
    const elsewhere = history.tip;
    await publish({ history: history.push({ ...correction, date: "2030-01-01T00:00:00Z" }), ...w });
    expect((await publish({ history: history.reset(elsewhere), ...w })).refused).toMatchObject({ commit: refused, isReported: true });
  });

  it("is ignored if a commit must be compared with a release that it does not cover", async () => {
    const w = world();
    const history = new Branch().push(one, mistake);
    await publish({ history, ...w });
    const withdrawn = [{ version: "1.1.0", reason: "wrong" }];
    history.push({ ...one, withdrawn }, broken);
    await publish({ history, ...w });
    expect(w.objects.has(cursor)).toBe(true);
    history.push({ ...mistake, withdrawn });
    // The rows return on purpose: compared with 1.0.0, which readers have, they are new.
    expect((await publish({ history, ...w })).released).toMatchObject([{ version: "1.2.0", comparedWith: "1.0.0" }]);
  });

  it("is ignored by a plan that must compare a commit with a release that it does not cover", async () => {
    const w = world();
    const history = new Branch().push(one, mistake);
    const withdrawn = [{ version: "1.1.0", reason: "wrong" }];
    await publish({ history, ...w, planFirst: true });
    await publish({ history: history.push({ ...one, withdrawn }), ...w, planFirst: true });
    expect(w.objects.has(cursor)).toBe(true);
    history.push({ ...mistake, withdrawn }, { records: { ...mistake.records, y: "1" }, withdrawn });
    const { released } = await publish({ history, ...w, planFirst: true });
    expect(released).toMatchObject([{ version: "1.2.0", comparedWith: "1.0.0" }, { version: "1.3.0" }]);
  });
});
