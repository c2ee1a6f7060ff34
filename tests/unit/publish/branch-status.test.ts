import { describe, expect, it } from "vitest";
import type { History } from "../../../lib/ports/ports.ts";
import { ShallowHistoryError } from "../../../lib/ports/shallow-history-error.ts";
import { readBranchStatus } from "../../../lib/publish/branch-status.ts";
import { CursorStore } from "../../../lib/publish/publish-cursor.ts";
import { catalogueText } from "../../../lib/release/catalogue.ts";
import { Branch, catalogueOf, type Made, publish, publishing, type World, world } from "../../protocol/world.ts";

const one: Made = { records: { a: "1" } };
const two: Made = { records: { a: "2" } };
const withdrawn = (version: string): Pick<Made, "withdrawn"> => ({ withdrawn: [{ version, reason: "wrong" }] });

/** A store with every release of a branch. */
async function published(...made: Made[]): Promise<{ w: World; branch: Branch }> {
  const w = world();
  const branch = new Branch().push(...made);
  await publish({ history: branch, ...w });
  return { w, branch };
}
const statusOf = (w: World, history: History, useCursor = false) => {
  const job = publishing({ history, ...w });
  return readBranchStatus(job, useCursor ? new CursorStore(job) : undefined);
};

describe("the status of a branch", () => {
  it("has all its commits if nothing was published", async () => {
    const branch = new Branch().push(one, two);
    const status = await statusOf(world(), branch);
    expect(status).toMatchObject({ etag: null, base: null, startsNewLine: false, tip: { id: branch.tip } });
    expect(status.commits.map(({ id }) => id)).toEqual([branch.parentOf(branch.tip as string), branch.tip]);
    expect(status.state).toEqual({ catalogue: { dataset: "d", releases: [], withdrawn: [], removed: [] }, content: null });
  });

  it("has the commits after the newest release, whose content readers have", async () => {
    const { w, branch } = await published(one, two);
    branch.push({ records: { a: "3" } });
    const status = await statusOf(w, branch);
    expect(status.commits.map(({ id }) => id)).toEqual([branch.tip]);
    expect(status.state.content).toBe("1.0.1");
    expect(status.etag).toBe((await w.store.get("d/releases.json"))?.etag);
  });

  it("is an empty branch without a commit", async () => {
    expect(await statusOf(world(), new Branch())).toMatchObject({ commits: [], tip: null, startsNewLine: false });
  });

  it("has the events of earlier commits, but not of pending ones", async () => {
    const { w, branch } = await published(one, two);
    branch.push({ ...two, ...withdrawn("1.0.0") });
    await publish({ history: branch, ...w });
    const listed = catalogueOf(w);
    const other = { version: "1.0.1", reason: "r", commit: "f".repeat(40), date: null };
    const unknown = { version: "1.0.1", reason: "s", commit: null, date: null };
    const removed = [other, { ...other, commit: branch.tip }, unknown];
    w.objects.set("d/releases.json", Buffer.from(catalogueText({ ...listed, withdrawn: [...listed.withdrawn, unknown], removed })));
    const { state, catalogue } = await statusOf(w, branch);
    expect(catalogue.withdrawn).toHaveLength(2);
    expect(state.catalogue.withdrawn).toEqual([unknown]);
    expect(state.catalogue.removed).toEqual([other, unknown]);
  });
});

describe("a newest release that was made without git", () => {
  const event = { version: "1.0.0", reason: "r", commit: null, date: null };
  /** The releases, and a removal, as published from a folder. */
  async function publishedFromFolder(): Promise<{ w: World; branch: Branch }> {
    const { w, branch } = await published(one, two);
    const listed = catalogueOf(w);
    const releases = listed.releases.map((entry) => ({ ...entry, commit: null }));
    w.objects.set("d/releases.json", Buffer.from(catalogueText({ ...listed, releases, removed: [event] })));
    return { w, branch };
  }

  it("is followed only by the tip of the branch", async () => {
    const { w, branch } = await publishedFromFolder();
    expect(await statusOf(w, branch)).toMatchObject({ base: null, commits: [{ id: branch.tip }], startsNewLine: true });
  });

  it("is followed by the folder, or by nothing if there is no commit; its events stay", async () => {
    const { w } = await publishedFromFolder();
    const unversioned = { id: null, date: null, tree: "t" };
    const history: History = Object.assign(new Branch(), {
      after: async () => ({ position: "on", base: null, commits: [unversioned], tip: unversioned }) as const,
    });
    const status = await statusOf(w, history);
    expect(status).toMatchObject({ commits: [unversioned], startsNewLine: false });
    expect(status.state.catalogue.removed).toEqual([event]);
    expect(await statusOf(w, new Branch())).toMatchObject({ commits: [], tip: null, startsNewLine: false });
  });
});

describe("a branch that does not follow the newest release", () => {
  const from = (version: string, branch: Branch): string => `${version}, the newest release, was made from commit ${branch.tip}`;

  it("adds nothing if it was reset", async () => {
    const { w, branch } = await published(one, two);
    const words = from("1.0.1", branch);
    const status = await statusOf(w, branch.clone().reset(branch.parentOf(branch.tip as string)));
    expect(status.stop).toEqual({
      commit: null,
      kind: "behind",
      why: `the branch is behind the newest release (reset, or an outdated copy): ${words}. Run: git fetch`,
      problems: [],
    });
    expect(status).toMatchObject({ commits: [], startsNewLine: false });
  });

  it("adds nothing if its tip was published before", async () => {
    const { w, branch } = await published(one);
    const stale = branch.clone();
    await publish({ history: branch.push(two), ...w });
    expect((await statusOf(w, stale)).stop).toEqual({
      commit: null,
      kind: "behind",
      why: `the tip of the branch was published before. ${from("1.0.1", branch)}, which is not on this branch. Run: git fetch, and update the branch`,
      problems: [],
    });
  });

  it.each<[string, (stale: Branch, branch: Branch) => Branch, string, string]>([
    ["is not in this repository", (stale) => stale, "is not in this repository", "update the branch"],
    [
      "is on another branch",
      (stale, branch) => stale.fetch(branch),
      "is not on the first-parent history of this branch",
      "rebase onto that commit or merge into its branch",
    ],
  ])("is refused if the newest release's commit %s", async (_what, seen, where, remedy) => {
    const { w, branch } = await published(one);
    const stale = branch.clone().push({ records: { a: "3" } });
    await publish({ history: branch.push(two), ...w });
    const status = await statusOf(w, seen(stale, branch));
    const message = `${from("1.0.1", branch)}, which ${where}: publishing from here could replace new data with old`;
    expect(status.stop).toMatchObject({
      commit: stale.tip,
      kind: "refused",
      why: `1 problem, the first in dataset.json: ${message}`,
      problems: [
        {
          file: "dataset.json",
          message,
          remedy: `Run: git fetch, and ${remedy}. If history was rewritten on purpose, declare it: "rewritten": "${branch.tip}" in the block "release" of dataset.json.`,
        },
      ],
    });
  });

  it("starts a new history if its tip declares that commit as rewritten", async () => {
    const { w, branch } = await published(one, two);
    const given = branch.tip as string;
    branch.reset(branch.parentOf(given)).push({ records: { a: "3" }, rewritten: given });
    const status = await statusOf(w, branch);
    expect(status).toMatchObject({ base: null, commits: [{ id: branch.tip }], startsNewLine: true });
    expect(status.stop).toBeUndefined();
  });

  it("is refused if its tip has no dataset, or an invalid one", async () => {
    const { w, branch } = await published(one, two);
    const given = branch.tip as string;
    branch.reset(branch.parentOf(given)).push({ records: { a: "3" }, rewritten: given, title: "" });
    expect((await statusOf(w, branch)).stop).toMatchObject({ kind: "refused", commit: branch.tip });
    const without: History = {
      after: async () => ({ position: "aside", base: null, commits: [], tip: { id: "e".repeat(40), date: null, tree: null } }),
      position: async () => "aside",
      isTipWithin: async () => false,
      at: () => {
        throw new Error("A folder that is not there is not read");
      },
    };
    expect((await statusOf(w, without)).stop).toMatchObject({ kind: "refused", commit: "e".repeat(40) });
  });
});

describe("the cursor of a branch", () => {
  it("skips the commits that were checked, with the content that readers have", async () => {
    const { w, branch } = await published(one, two);
    branch.push({ ...two, ...withdrawn("1.0.0") });
    await publish({ history: branch, ...w });
    const checked = branch.tip;
    branch.push({ records: { a: "3" }, ...withdrawn("1.0.0") });
    const status = await statusOf(w, branch, true);
    expect(status.cursor).toMatchObject({ commit: checked });
    expect(status.commits.map(({ id }) => id)).toEqual([branch.tip]);
    expect(status.state.content).toBe("1.0.1");
    expect(status.state.catalogue.withdrawn).toHaveLength(1);
    expect((await statusOf(w, branch)).cursor).toBeUndefined();
  });

  it("does not record the content of the branch if the newest release is withdrawn", async () => {
    const { w, branch } = await published(one, two);
    branch.push({ ...two, ...withdrawn("1.0.1") });
    await publish({ history: branch, ...w });
    const status = await statusOf(w, branch, true);
    expect(status.cursor).toMatchObject({ commit: branch.tip });
    expect(status.state.content).toBeNull();
  });

  it("is ignored if its commit is not on the branch, or if the clone is too shallow to decide", async () => {
    const { w, branch } = await published(one, two);
    branch.push({ records: {} });
    await publish({ history: branch, ...w });
    const good = await statusOf(w, branch, true);
    expect(good.cursor).toMatchObject({ commit: branch.tip });
    const moved = branch
      .clone()
      .reset(branch.parentOf(branch.tip as string))
      .push(one);
    expect((await statusOf(w, moved, true)).cursor).toBeUndefined();
    const failing = (error: Error): History => ({
      after: async (since) => {
        if (since === branch.tip) throw error;
        return branch.after(since);
      },
      position: (commit) => branch.position(commit),
      isTipWithin: (commits) => branch.isTipWithin(commits),
      at: (commit) => branch.at(commit),
    });
    const shallow = await statusOf(w, failing(new ShallowHistoryError("too shallow")), true);
    expect([shallow.cursor, shallow.commits.length]).toEqual([undefined, 1]);
    await expect(statusOf(w, failing(new Error("Bad gateway")), true)).rejects.toThrow("Bad gateway");
  });

  it("that blocks a tip does not block the next one", async () => {
    const { w, branch } = await published(one);
    branch.push({ records: { a: "9" } }, one);
    await publish({ history: branch, ...w, planFirst: true });
    const status = (history: Branch) => {
      const job = publishing({ history, ...w, planFirst: true });
      return readBranchStatus(job, new CursorStore(job));
    };
    expect((await status(branch)).cursor?.blocked).toBeDefined();
    const next = await status(branch.push(two));
    expect([next.cursor, next.commits.length]).toEqual([undefined, 3]);
  });
});
