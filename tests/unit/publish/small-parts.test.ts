import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { assumedReleases } from "../../../lib/publish/assumed-releases.ts";
import { commitControl } from "../../../lib/publish/commit-control.ts";
import { endedRemovals } from "../../../lib/publish/ended-removals.ts";
import { NO_ALIASES, NOTHING_STORED, readOnly } from "../../../lib/publish/read-only.ts";
import { unknownWithdrawalProblems } from "../../../lib/publish/unknown-withdrawal-problems.ts";
import { emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { Branch } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

const event = (version: string, commit: string | null, reason: string | null = "wrong") => ({ version, reason, commit, date: null });

describe("a store that is only read", () => {
  const message = "A check writes nothing";
  it("reads as the other does, and refuses everything else", async () => {
    const store = readOnly(memoryStore(new Map([["a", Buffer.from("xyz")]])));
    expect(Buffer.from((await store.get("a"))?.bytes ?? "").toString()).toBe("xyz");
    for await (const chunk of store.read("a", { start: 1, end: 2 })) expect(Buffer.from(chunk).toString()).toBe("y");
    expect(() => store.list("")).toThrow(message);
    expect(() => store.putIfAbsent("a", {} as never)).toThrow(message);
    expect(() => store.putIfMatch("a", new Uint8Array(), null)).toThrow(message);
    expect(() => NO_ALIASES.get("a")).toThrow(message);
    expect(() => NO_ALIASES.etag()).toThrow(message);
    expect(() => NO_ALIASES.list("")).toThrow(message);
    expect(() => NO_ALIASES.update(new Map(), "")).toThrow(message);
  });

  it("may hold nothing", async () => {
    expect(await NOTHING_STORED.get()).toBeUndefined();
    expect(() => NOTHING_STORED.read("d/1.0.0/t.csv")).toThrow("d/1.0.0/t.csv does not exist");
  });
});

describe("commitControl", () => {
  it("is what dataset.json of a commit orders", () => {
    const commit = { id: "c", date: "2026-01-02T00:00:00Z", tree: "t" };
    const release = { withdrawn: [{ version: "1.0.0", reason: "x" }] };
    expect(commitControl({ commit, dataset: { metadata: { release } } as never })).toEqual({ commit: "c", date: commit.date, release });
    expect(commitControl({ commit, dataset: { metadata: {} } as never }).release).toEqual({});
  });
});

describe("endedRemovals", () => {
  it("names removals that dataset.json no longer has, each once", () => {
    const removed = [event("1.0.0", "a"), event("1.1.0", "b"), event("1.0.0", "c", "again")];
    const versions = (release: object): string[] => endedRemovals({ removed }, release).map(({ message }) => message.split(" ")[0] ?? "");
    expect(versions({})).toEqual(["1.0.0", "1.1.0"]);
    expect(versions({ removed: [{ version: "1.0.0", reason: "x" }] })).toEqual(["1.1.0"]);
    expect(versions({ removed: removed.map(({ version }) => ({ version, reason: "x" })) })).toEqual([]);
    expect(endedRemovals({ removed: [event("1.0.0", "a")] }, {})).toMatchObject([
      {
        ...{ file: "dataset.json", message: '1.0.0 stays removed although "removed" no longer names it: a removal never ends' },
        remedy: "Name it there again. To publish its data again, make a new release of it.",
      },
    ]);
  });
});

describe("unknownWithdrawalProblems", () => {
  const problems = async (withdrawn: ReturnType<typeof event>[], versions: string[], rewritten?: string) => {
    const dataset = { metadata: { release: rewritten === undefined ? {} : { rewritten } } };
    const isOnBranch = async (commit: string): Promise<boolean> => commit === "here";
    return unknownWithdrawalProblems(isOnBranch, { ...emptyCatalogue("d"), withdrawn }, versions, { dataset } as never);
  };

  it("finds withdrawals by commits that the branch lacks", async () => {
    expect(await problems([event("1.0.0", "here")], ["1.0.0"])).toEqual([]);
    expect(await problems([event("1.0.0", null)], ["1.0.0"])).toEqual([]);
    expect(await problems([event("1.0.0", "away")], [])).toEqual([]);
    expect(await problems([event("1.0.0", "away")], ["1.0.0"], "away")).toEqual([]);
    expect(await problems([event("1.0.0", "away"), event("1.0.0", "here")], ["1.0.0"])).toEqual([]);
    expect(await problems([event("1.0.0", "away"), event("1.1.0", "here")], ["1.0.0", "1.1.0", "1.2.0"])).toMatchObject([
      {
        ...{ file: "dataset.json", message: "1.0.0 was withdrawn by commit away, which is not part of this branch" },
        remedy:
          'Run: git fetch, and merge or rebase onto it. If history was rewritten without that commit, declare it: "rewritten": "away" in the block "release".',
      },
    ]);
  });
});

describe("assumedReleases", () => {
  const assumed = async (history: Branch) => assumedReleases({ dataset: "d", history, runtime: RUNTIME });

  it("are those that each commit would make", async () => {
    const state = await assumed(
      new Branch().push({ records: { a: "1" } }, { records: { a: "1", b: "1" } }, { records: { a: "2", b: "1" } }),
    );
    expect(state?.catalogue.releases.map(({ version }) => version)).toEqual(["1.1.1", "1.1.0", "1.0.0"]);
    expect(state?.content).toBe("1.1.1");
  });

  it("are unknown for a long history", async () => {
    const commits = Array.from({ length: 101 }, (_, i) => ({ records: { a: `${i}` } }));
    expect(await assumed(new Branch().push(...commits))).toBeUndefined();
  });
});
