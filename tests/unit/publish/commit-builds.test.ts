import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { checkDataset } from "../../../lib/check/check-dataset.ts";
import { LAYOUT } from "../../../lib/contract/layout.ts";
import { UNMARKED_DESCRIPTION } from "../../../lib/dataset/placeholder-problems.ts";
import type { Commit, Workspace } from "../../../lib/ports/ports.ts";
import { type BuiltCommit, CommitBuilds, type ReleaseState } from "../../../lib/publish/commit-builds.ts";
import { isRefusal } from "../../../lib/publish/refusal.ts";
import { type Catalogue, type CatalogueEntry, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { Branch, type Made, publishing, world } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

const NOW = new Date("2025-01-01T00:00:00Z");
const one: Made = { records: { a: "1" } };
const catalogue = emptyCatalogue("d");
const state = (more: Partial<Catalogue> = {}): ReleaseState => ({ catalogue: { ...catalogue, ...more }, content: null });
const entry = (version: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  ...{ version, date: null, commit: "f".repeat(40), level: "first", manifest: "" },
  ...more,
});

/** CommitBuilds for the commits of a branch, and the open workspaces. */
async function buildsOf(...made: Made[]) {
  return buildsKnowing(undefined, ...made);
}

/** The same, if every commit made a known release. */
async function buildsKnowing(known: CatalogueEntry | undefined, ...made: Made[]) {
  const history = new Branch().push(...made);
  const open = new Set<Workspace>();
  const openWorkspace = async (): Promise<Workspace> => {
    const workspace: Workspace = { ...memoryWorkspace(), discard: async () => void open.delete(workspace) };
    open.add(workspace);
    return workspace;
  };
  const job = publishing({ history, ...world(), now: NOW, runtime: { ...RUNTIME, openWorkspace } });
  const builds = new CommitBuilds({ ...job, rebuiltEntry: () => known });
  return { builds, open, history, commits: (await history.after(null)).commits as [Commit, ...Commit[]] };
}
const built = async (made: Made): Promise<Awaited<ReturnType<CommitBuilds["of"]>>> => {
  const { builds, commits } = await buildsOf(made);
  return builds.of(commits[0], state());
};

describe("the build of a commit", () => {
  it("has its tables, in the newest layout if nothing was released", async () => {
    const { commits, builds } = await buildsOf(one);
    const build = (await builds.of(commits[0], state())) as BuiltCommit;
    expect(isRefusal(build)).toBe(false);
    expect(build).toMatchObject({
      commit: commits[0],
      minimumVersion: "1.0.0",
      layout: LAYOUT,
      rules: { layoutShows: false },
      last: undefined,
    });
    expect(build.tables.map(({ name }) => name)).toContain("t.csv");
  });

  it("is refused if its data has problems", async () => {
    expect(await built({ ...one, broken: true })).toMatchObject({ kind: "refused", why: "", problems: [{ file: "t.json", line: 1 }] });
    expect(await built({ ...one, title: "" })).toMatchObject({ kind: "refused", problems: [{ file: "dataset.json" }] });
  });

  it("is refused for a placeholder of an earlier starter, as by a check, unless a release is rebuilt", async () => {
    const about = (description: string) =>
      JSON.stringify({ name: "d", title: "D", description, licenses: [{ name: "CC0-1.0" }], release: { version: "1.0.0" } });
    const items = { type: "object", required: ["id"], properties: { id: { type: "string" } } };
    const schema = JSON.stringify({ type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } });
    const files = { "dataset.json": about(UNMARKED_DESCRIPTION), "schema.json": schema, "t.json": "[]" };
    const history = new Branch().push({ ...one, files });
    const [commit] = (await history.after(null)).commits as [Commit];
    const job = publishing({ history, ...world(), now: NOW, runtime: RUNTIME });
    const { problems } = await checkDataset(history.at(commit), RUNTIME);
    expect(problems).toMatchObject([{ file: "dataset.json", message: expect.stringContaining("is a placeholder") }]);
    const builds = new CommitBuilds(job);
    expect(await builds.of(commit, state())).toEqual({ kind: "refused", why: "", problems });
    const rebuilt = new CommitBuilds({ ...job, mayHaveOverlookedProblems: (id) => id === commit.id });
    expect(isRefusal(await rebuilt.of(commit, state()))).toBe(false);
    await rebuilt.close();
  });

  it.each([
    ["an unknown role", { role: "sujet" }, ["id"]],
    ["a key that names a column twice", {}, ["id", "id"]],
  ])("is refused for %s, unless a release is rebuilt", async (_what, column, primaryKey) => {
    const items = { type: "object", required: ["id"], properties: { id: { type: "string", ...column } } };
    const schema = JSON.stringify({ type: "object", properties: { t: { type: "array", primaryKey, items } } });
    const history = new Branch().push({ ...one, files: { "schema.json": schema, "t.json": '[{ "id": "a" }]' } });
    const [commit] = (await history.after(null)).commits as [Commit];
    const job = publishing({ history, ...world(), now: NOW, runtime: RUNTIME });
    expect(await new CommitBuilds(job).of(commit, state())).toMatchObject({
      kind: "refused",
      problems: [{ file: "schema.json", line: 1 }],
    });
    const rebuilt = new CommitBuilds({ ...job, mayHaveOverlookedProblems: (id) => id === commit.id });
    expect(isRefusal(await rebuilt.of(commit, state()))).toBe(false);
    await rebuilt.close();
  });

  it("is a draft without a version", async () => {
    expect(await built({ ...one, version: "" })).toEqual({
      kind: "draft",
      why: "a draft: dataset.json names no release.version",
      problems: [],
    });
  });

  it("is refused temporarily if its date is more than a day ahead", async () => {
    expect(isRefusal(await built({ ...one, date: "2025-01-02T00:00:00Z" }))).toBe(false);
    expect(await built({ ...one, date: "2025-01-02T00:00:01Z" })).toEqual({
      kind: "refused",
      why: "it is dated 2025-01-02T00:00:01Z, more than a day ahead of the clock. The next commit that changes the dataset releases its content; if it is not pushed, correct its date: git commit --amend --no-edit",
      problems: [],
      refusedUntil: "2025-01-01T00:00:01.000Z",
    });
  });
});

describe("builds", () => {
  it("are cached as long as their inputs are unchanged", async () => {
    const { builds, history, commits, open } = await buildsOf(one);
    const first = await builds.of(commits[0], state());
    const read = history.read.length;
    expect(await builds.of(commits[0], state({ removed: [] }))).toBe(first);
    expect(history.read).toHaveLength(read);
    const released = state({ releases: [entry("1.0.0", { layout: LAYOUT })] });
    const second = await builds.of(commits[0], released);
    expect(second).not.toBe(first);
    expect(second).toMatchObject({ last: { version: "1.0.0", layout: LAYOUT } });
    expect(open.size).toBe(1);
  });

  it("use layout and formats of the release that readers have", async () => {
    const withdrawn = [{ version: "1.0.1", reason: "wrong" }];
    const { builds, commits } = await buildsOf({ ...one, withdrawn, formats: "default" });
    const releases = [entry("1.0.1", { layout: LAYOUT }), entry("1.0.0", { layout: LAYOUT, formats: ["csv"] })];
    expect(await builds.of(commits[0], state({ releases }))).toMatchObject({
      last: { version: "1.0.1", layout: LAYOUT, formats: ["csv"] },
      dataset: { formats: ["csv"] },
    });
  });

  it("keep the layout of the newest release if readers would notice a new one, and that of a rebuilt release", async () => {
    // Layout 1 guards a lone sign.
    const signs: Made = { records: { a: "+" } };
    const newest = state({ releases: [entry("1.0.0", { layout: 1 })] });
    const layoutOf = async ({ builds, commits }: Awaited<ReturnType<typeof buildsOf>>, of: ReleaseState): Promise<number> => {
      const { layout, dataset } = (await builds.of(commits[0], of)) as BuiltCommit;
      expect(dataset.plans.map((plan) => plan.layout)).toEqual([layout]);
      return layout;
    };
    expect(await layoutOf(await buildsOf(signs), newest)).toBe(1);
    expect(await layoutOf(await buildsOf(signs), state())).toBe(LAYOUT);
    expect(await layoutOf(await buildsKnowing(entry("1.0.1", { layout: 1 }), signs), state())).toBe(1);
  });

  it("leave no workspaces behind, regardless of their result", async () => {
    const { builds, commits, open } = await buildsOf(one, { ...one, broken: true }, { records: { a: "2" } });
    const build = (await builds.of(commits[0], state())) as BuiltCommit;
    await builds.of(commits[1] as Commit, state());
    expect(open.size).toBe(1);
    await builds.done(build);
    expect(open.size).toBe(1);
    await builds.drop(commits[0]);
    expect(open.size).toBe(0);
    await builds.drop(commits[0]);
    for (const commit of commits) await builds.of(commit, state());
    expect(open.size).toBe(2);
    await builds.close();
    expect(open.size).toBe(0);
    await expect(builds.of({ ...commits[0], id: "e".repeat(40) }, state())).rejects.toThrow("There is no commit e");
    expect(open.size).toBe(0);
  });

  it("are kept up to 256 MiB", async () => {
    const { builds, commits, open } = await buildsOf(one);
    const build = (await builds.of(commits[0], state())) as BuiltCommit;
    const [table, ...others] = build.tables as [BuiltCommit["tables"][number], ...BuiltCommit["tables"]];
    const left = others.reduce((sum, { bytes }) => sum + bytes, 0);
    table.bytes = 256 * 1024 * 1024 - left;
    await builds.done(build);
    expect(open.size).toBe(1);
    table.bytes += 1;
    await builds.done(build);
    expect(open.size).toBe(0);
  });
});
