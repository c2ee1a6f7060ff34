import { describe, expect, it } from "vitest";
import type { Store } from "../../../lib/ports/ports.ts";
import { Branch, catalogueOf, type Made, publish, versions, type World, world } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

const one: Made = { records: { a: "1" } };
const two: Made = { records: { a: "2" } };

/** A store in which other publishers are first a number of times when the catalogue is written. */
function contended(w: World, times: number): { store: Store; tries(): number } {
  let tries = 0;
  const store: Store = {
    ...w.store,
    putIfMatch: async (key, ...args) => {
      if (key !== "d/releases.json") return w.store.putIfMatch(key, ...args);
      tries += 1;
      return tries <= times ? undefined : w.store.putIfMatch(key, ...args);
    },
  };
  return { store, tries: () => tries };
}

describe("publishDataset", () => {
  it("makes the maximum number of releases, and reports whether there are more", async () => {
    const w = world();
    const history = new Branch().push(one, two, { records: { a: "3" } });
    const first = await publish({ history, ...w, maxReleases: 2 });
    expect([first.released.map(({ version }) => version), first.more]).toEqual([["1.0.0", "1.0.1"], true]);
    const last = await publish({ history, ...w, maxReleases: 2 });
    expect([last.released.map(({ version }) => version), last.more]).toEqual([["1.0.2"], false]);
    expect(last.pending).toEqual({ commits: 1, since: "1.0.1", unchecked: 1 });
    expect(await publish({ history, ...w, maxReleases: 0 })).toMatchObject({
      released: [],
      more: true,
      pending: { commits: 0, since: null },
    });
  });

  it("retries if another publisher was first, up to a hundred times in a row", async () => {
    const w = world();
    const history = new Branch().push(one);
    const busy = contended(w, 100);
    expect((await publish({ history, ...w, store: busy.store })).released).toHaveLength(1);
    expect(busy.tries()).toBe(101);
    const other = world();
    const never = contended(other, Number.POSITIVE_INFINITY);
    await expect(publish({ history, ...other, store: never.store })).rejects.toThrow(
      "Gave up after 100 conflicts: other runs kept replacing d/releases.json",
    );
    expect([never.tries(), other.objects.has("d/releases.json")]).toEqual([101, false]);
  });

  it("uses the next version if another build claimed one, and never dates a release before the previous one", async () => {
    const w = world();
    w.objects.set("d/1.0.0/SHA256SUMS", Buffer.from("claimed"));
    const history = new Branch().push({ ...one, date: "2024-05-02T00:00:00Z" }, { ...two, date: "2024-05-01T00:00:00Z" });
    await publish({ history, ...w });
    expect(catalogueOf(w).releases.map(({ version, date }) => [version, date])).toEqual([
      ["1.0.2", "2024-05-02T00:00:00Z"],
      ["1.0.1", "2024-05-02T00:00:00Z"],
    ]);
    expect(Buffer.from(w.objects.get("d/1.0.0/SHA256SUMS") as Uint8Array).toString()).toBe("claimed");
    expect(w.objects.has("d/1.0.0/t.csv")).toBe(false);
  });

  it("adds withdrawals without a release, reports them once, and warns about unknown versions in every run", async () => {
    const w = world();
    const history = new Branch().push(one, two);
    await publish({ history, ...w });
    const note = (version: string) => ({ version, reason: "wrong" });
    history.push({ ...two, withdrawn: [note("1.0.0"), note("9.0.0")], removed: [{ version: "1.0.0", reason: "court" }] });
    const said: string[] = [];
    const runtime = { ...RUNTIME, log: (line: string) => void said.push(line) };
    for (let i = 0; i < 2; i += 1) {
      const { warnings, released } = await publish({ history, ...w, runtime });
      expect(released).toEqual([]);
      expect(warnings.map(({ commit, why }) => [commit, why])).toEqual([
        [history.tip, "1 problem, the first in dataset.json: 9.0.0 is not a release of d, so it cannot be withdrawn or removed"],
      ]);
    }
    expect(said).toEqual(["d 1.0.0  withdrawn: wrong", "d 1.0.0  removed: court"]);
    await publish({ history: history.push({ ...two, title: "T" }), ...w, runtime });
    expect(said.slice(2)).toEqual(["d 1.0.0  no longer withdrawn", "d 1.0.2  patch: title of the dataset changed"]);
    expect(versions(w)).toEqual(["1.0.2", "1.0.1", "1.0.0"]);
  });

  it("repeats the warnings of the newest release's commit in every run, even if its schema would be refused today", async () => {
    const w = world();
    const withColumn = (x: object): Branch =>
      new Branch().push({ ...one, columns: { x: { type: "string", ...x } }, withdrawn: [{ version: "9.0.0", reason: "wrong" }] });
    const history = withColumn({});
    // The same commit, as an earlier version released it.
    const old = withColumn({ role: "colour" });
    expect(old.tip).toBe(history.tip);
    expect((await publish({ history: old, ...world() })).released).toEqual([]);
    for (const each of [history, history, old])
      expect((await publish({ history: each, ...w })).warnings.map(({ commit, why }) => [commit, why])).toEqual([
        [history.tip, expect.stringContaining("9.0.0 is not a release of d")],
      ]);
  });

  it("writes no catalogue for a branch that makes no release", async () => {
    const w = world();
    const history = new Branch().push({ ...one, version: "" }, { ...one, broken: true });
    const { unreleased, refused, catalogue } = await publish({ history, ...w });
    expect(unreleased.map(({ kind }) => kind)).toEqual(["draft", "refused"]);
    expect([refused?.commit, catalogue.releases, w.objects.has("d/releases.json")]).toEqual([history.tip, [], false]);
  });
});
