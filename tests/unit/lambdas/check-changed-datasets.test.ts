import { execFileSync } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../../../bin/bundle.ts";
import { checkChangedDatasets } from "../../../lambdas/validate/check-changed-datasets.ts";
import type { CheckContext } from "../../../lambdas/validate/check-context.ts";
import { notChecked } from "../../../lambdas/validate/not-checked.ts";
import { gitCommits } from "../../../lib/adapters/git/git-commits.ts";
import { findGitRepository, type GitRepository } from "../../../lib/adapters/git/git-repository.ts";
import { BUILD_LIMITS } from "../../../lib/contract/read-limits.ts";
import { TooManyRequestsError } from "../../../lib/ports/too-many-requests-error.ts";
import type { Catalogue, CatalogueEntry, CatalogueEvent } from "../../../lib/release/catalogue.ts";
import { repository, scratch, smallDataset, write } from "../../scratch.ts";

/** The thread of a check. In TypeScript, each would load a loader and all modules first, which takes longer than most checks. */
let worker: URL;
let bundled: string;
beforeAll(async () => {
  bundled = await mkdtemp(join(tmpdir(), "factpress-test-"));
  await bundle({ "isolated-worker": "tests/isolated-worker.js" }, bundled, "");
  worker = pathToFileURL(join(bundled, "isolated-worker.js"));
});
afterAll(() => rm(bundled, { recursive: true, force: true }));

/** Where no dataset withdraws anything, no catalogue is read. */
const NO_CATALOGUE = (): Promise<never> => Promise.reject(new Error("The catalogue was read"));

/** A commit on the tip of main whose datasets share one folder: small to push, and each is checked. */
async function commitOfDatasets(git: Awaited<ReturnType<typeof repository>>, count: number): Promise<string> {
  const tree = (entries: string): string => execFileSync("git", ["-C", git.folder, "mktree"], { input: entries, encoding: "utf8" }).trim();
  const shared = await git.git("rev-parse", "HEAD:data/shared");
  const data = tree(Array.from({ length: count }, (_, i) => `040000 tree ${shared}\td${i}\n`).join(""));
  return await git.git("commit-tree", "-p", "HEAD", "-m", "many", tree(`040000 tree ${data}\tdata\n`));
}

it("ends the check of a dataset when the time that fetching its files left is over", async () => {
  const git = await repository();
  await write(git.folder, { "data/small/dataset.json": "{}", "data/small/levels.json": "[]" });
  const first = await git.commit("1", "2024-01-01T00:00:00Z");
  await git.git("checkout", "-q", "-b", "side");
  await write(git.folder, { "data/small/levels.json": "[{}]" });
  const sha = await git.commit("2", "2024-01-02T00:00:00Z");
  const commits = gitCommits((await findGitRepository(git.folder)) as GitRepository, undefined);
  let left = 113;
  /** Every file takes 20 seconds. */
  const source: typeof commits.source = (folderId, limits) => {
    const { list, read } = commits.source(folderId, limits);
    return {
      list,
      async *read(path) {
        left -= 20;
        yield* read(path);
      },
    };
  };
  const { verdict } = await checkChangedDatasets({ forge: { ...commits, source }, branch: "main", dataFolder: "data" }, sha, {
    secondsLeft: () => left,
    limits: BUILD_LIMITS,
    deadlineSeconds: 60,
    heapMB: 64,
    // A check that never ends.
    worker: new URL("data:text/javascript,setInterval(() => {}, 1000)"),
    folder: await scratch(),
    readCatalogue: NO_CATALOGUE,
    log: () => {},
    onTooLarge: notChecked,
  });
  expect(await git.git("merge-base", "main", sha)).toBe(first);
  // Four files were fetched, and 30 seconds are kept for the report.
  expect(verdict.problems[0]?.message).toContain("was stopped (maximum 3 s)");
});

it("fails, to be retried, if the disk is full: that is no problem of the data", async () => {
  const git = await repository();
  await write(join(git.folder, "data/small"), smallDataset());
  const sha = await git.commit("1", "2024-01-01T00:00:00Z");
  const commits = gitCommits((await findGitRepository(git.folder)) as GitRepository, undefined);
  const source: typeof commits.source = (folderId, limits) => ({
    ...commits.source(folderId, limits),
    // biome-ignore lint/correctness/useYield: reading fails
    async *read() {
      await writeFile("/dev/full", "x");
    },
  });
  const context = { secondsLeft: () => 300, limits: BUILD_LIMITS, deadlineSeconds: 200, heapMB: 256, worker, folder: await scratch() };
  const repositoryOfFullDisk = { forge: { ...commits, source, mergeBase: async () => undefined }, branch: "main", dataFolder: "data" };
  await expect(
    checkChangedDatasets(repositoryOfFullDisk, sha, { ...context, log: () => {}, onTooLarge: notChecked, readCatalogue: NO_CATALOGUE }),
  ).rejects.toMatchObject({ code: "ENOSPC" });
});

it("compares with the last commit of the branch without problems if the merge base has some", async () => {
  const git = await repository();
  const rivers = (count: number): object[] => Array.from({ length: count }, (_, i) => ({ id: `r${i}`, label: "x" }));
  await write(join(git.folder, "data/small"), { ...smallDataset("1.0.0"), "levels.json": [], "rivers.json": rivers(30) });
  await git.commit("1", "2024-01-01T00:00:00Z");
  await write(git.folder, { "data/small/rivers.json": "[" });
  await git.commit("broken", "2024-01-02T00:00:00Z");
  await git.git("checkout", "-q", "-b", "side");
  await write(git.folder, { "data/small/rivers.json": rivers(20) });
  const sha = await git.commit("corrected, with ten records less", "2024-01-03T00:00:00Z");
  const check = async () =>
    checkChangedDatasets(
      { forge: gitCommits((await findGitRepository(git.folder)) as GitRepository, undefined), branch: "main", dataFolder: "data" },
      sha,
      {
        ...{ secondsLeft: () => 300, limits: BUILD_LIMITS, deadlineSeconds: 200, heapMB: 256 },
        ...{ worker, folder: await scratch(), log: () => {}, onTooLarge: notChecked, readCatalogue: NO_CATALOGUE },
      },
    );
  const { verdict } = await check();
  expect(verdict.conclusion).toBe("failure");
  expect(verdict.problems.map(({ message }) => message).join("\n")).toContain("2.0.0 is not announced");
});

it.each([
  ["the time", { seconds: 40, requests: 0 }],
  ["the number of requests", { seconds: 0, requests: 70 }],
])("checks a change that repairs a branch which was broken for a while, whatever %s that trying its commits takes", async (_name, cost) => {
  const git = await repository();
  await write(join(git.folder, "data/small"), smallDataset("1.0.0"));
  await git.commit("1", "2024-01-01T00:00:00Z");
  for (let day = 10; day < 16; day += 1) {
    await write(git.folder, { "data/small/rivers.json": `[${" ".repeat(day)}` });
    await git.commit(`broken ${day}`, `2024-01-${day}T00:00:00Z`);
  }
  await git.git("checkout", "-q", "-b", "side");
  await write(git.folder, { "data/small/rivers.json": [...(smallDataset()["rivers.json"] as object[]), { id: "new", label: "New" }] });
  const sha = await git.commit("corrected", "2024-02-01T00:00:00Z");
  const commits = gitCommits((await findGitRepository(git.folder)) as GitRepository, undefined);
  const left = { seconds: 300, requests: 300 };
  let tried = 0;
  const source: typeof commits.source = (folderId, limits) => {
    const { list, read } = commits.source(folderId, limits);
    return {
      list() {
        tried += 1;
        left.seconds -= cost.seconds;
        left.requests -= cost.requests;
        if (left.requests < 0) throw new TooManyRequestsError("Too many files and folders");
        return list();
      },
      read,
    };
  };
  const { verdict } = await checkChangedDatasets({ forge: { ...commits, source }, branch: "main", dataFolder: "data" }, sha, {
    ...{ secondsLeft: () => left.seconds, limits: BUILD_LIMITS, deadlineSeconds: 200, heapMB: 256 },
    ...{ worker, folder: await scratch(), log: () => {}, onTooLarge: notChecked, readCatalogue: NO_CATALOGUE },
  });
  // Not compared.
  expect([verdict.conclusion, verdict.problems]).toEqual(["neutral", []]);
  expect(tried).toBe(5);
});

it("compares with the last commit before a link was added, and reads commits before the base only for that", async () => {
  const git = await repository();
  await write(join(git.folder, "data/small"), smallDataset("1.0.0"));
  const first = await git.commit("1", "2024-01-01T00:00:00Z");
  await write(git.folder, { README: "x" });
  await git.commit("2", "2024-01-02T00:00:00Z");
  const clone = gitCommits((await findGitRepository(git.folder)) as GitRepository, undefined);
  const asked: string[] = [];
  const commit: typeof clone.commit = (sha) => {
    asked.push(sha);
    return clone.commit(sha);
  };
  const check = async (sha: string) => {
    asked.length = 0;
    const context = {
      ...{ secondsLeft: () => 300, limits: BUILD_LIMITS, deadlineSeconds: 200, heapMB: 256 },
      ...{ worker, folder: await scratch(), log: () => {}, onTooLarge: notChecked, readCatalogue: NO_CATALOGUE },
    };
    return (await checkChangedDatasets({ forge: { ...clone, commit }, branch: "main", dataFolder: "data" }, sha, context)).verdict;
  };
  const unannounced = [{ message: expect.stringContaining("2.0.0 is not announced") }];
  const levels = { "levels.json": (smallDataset()["levels.json"] as object[]).slice(1) };
  await git.git("checkout", "-q", "-b", "side");
  await write(join(git.folder, "data/small"), levels);
  expect((await check(await git.commit("3", "2024-01-03T00:00:00Z"))).problems).toMatchObject(unannounced);
  expect(asked).not.toContain(first);
  await git.git("checkout", "-q", "main");
  await symlink("levels.json", join(git.folder, "data/small/more.json"));
  await git.commit("a link", "2024-01-04T00:00:00Z");
  await git.git("checkout", "-q", "-b", "other");
  await rm(join(git.folder, "data/small/more.json"));
  await write(join(git.folder, "data/small"), levels);
  expect((await check(await git.commit("without it", "2024-01-05T00:00:00Z"))).problems).toMatchObject(unannounced);
});

it("fails with few git calls when a commit changes more than 1000 datasets", async () => {
  const git = await repository();
  await write(git.folder, { "data/shared/dataset.json": "{}" });
  await git.commit("1", "2024-01-01T00:00:00Z");
  const clone = (await findGitRepository(git.folder)) as GitRepository;
  let calls = 0;
  const count = (...command: string[]): Promise<string> => {
    calls += 1;
    return clone.git(...command);
  };
  const check = async (sha: string, secondsLeft: number) =>
    checkChangedDatasets({ forge: gitCommits({ ...clone, git: count }, undefined), branch: "main", dataFolder: "data" }, sha, {
      secondsLeft: () => secondsLeft,
      limits: BUILD_LIMITS,
      deadlineSeconds: 60,
      heapMB: 64,
      worker: new URL("file:///none"),
      folder: await scratch(),
      readCatalogue: NO_CATALOGUE,
      log: () => {},
      onTooLarge: notChecked,
    });
  const { verdict } = await check(await commitOfDatasets(git, 1_000), 60);
  expect(verdict).toMatchObject({ conclusion: "failure", problemCount: 1 });
  expect(verdict.problems[0]?.message).toContain("changes more than 1000 datasets");
  expect(calls).toBeLessThan(10);
  // Where no time is left, the rest costs nothing.
  const late = await check(await commitOfDatasets(git, 900), 30);
  expect(late.verdict.problemCount).toBe(901);
  expect(late.verdict.problems[0]?.message).toContain("took too long");
  expect(calls).toBeLessThan(20);
});

it("checks the commits of a pull request one by one only if they can be merged by rebase alone", async () => {
  const git = await repository();
  await write(git.folder, { "data/small/dataset.json": "{}" });
  await git.commit("1", "2024-01-01T00:00:00Z");
  await git.git("checkout", "-q", "-b", "side");
  for (const day of ["02", "03"]) {
    await write(git.folder, { "data/small/levels.json": `[${day}]` });
    await git.commit(day, `2024-01-${day}T00:00:00Z`);
  }
  const sha = await git.git("rev-parse", "HEAD");
  const commits = gitCommits((await findGitRepository(git.folder)) as GitRepository, undefined);
  /** The number of problems if no time is left, so that each check has one. */
  const count = async (merge: boolean): Promise<number> => {
    const forge = { ...commits, mergeMethods: async () => ({ merge, squash: false, rebase: true }) };
    const { verdict } = await checkChangedDatasets({ forge, branch: "main", dataFolder: "data" }, sha, {
      ...{ secondsLeft: () => 0, limits: BUILD_LIMITS, deadlineSeconds: 60, heapMB: 64, worker, folder: await scratch() },
      ...{ readCatalogue: NO_CATALOGUE, log: () => {}, onTooLarge: notChecked },
    });
    return verdict.problemCount;
  };
  expect([await count(true), await count(false)]).toEqual([1, 3]);
});

describe("a pull request into a branch whose newest release is a mistake", () => {
  const dataset = smallDataset("1.0.0") as Record<string, object>;
  const first = dataset["rivers.json"] as object[];
  const corrected = { "rivers.json": first.map((river) => ({ ...river, label: "x" })) };
  const released = (...withdrawn: string[]) => ({
    "dataset.json": {
      ...dataset["dataset.json"],
      release: { version: "1.0.0", withdrawn: withdrawn.map((version) => ({ version, reason: "wrong" })) },
    },
  });
  const entry = (version: string, commit: string, fields: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
    ...{ version, commit, date: null, level: "minor", manifest: "" },
    ...fields,
  });
  const event = (commit: string, reason: string | null = "wrong"): CatalogueEvent => ({ version: "1.1.0", reason, commit, date: null });

  /** A branch with 1.0.0 and, by mistake, 1.1.0. */
  async function withMistake() {
    const git = await repository();
    const put = async (subject: string, files: Record<string, object>): Promise<string> => {
      await write(join(git.folder, "data/small"), files);
      return git.commit(subject, "2024-01-01T00:00:00Z");
    };
    const commits = [await put("1", dataset), await put("by mistake", { "rivers.json": [...first, { id: "oder", label: "Oder" }] })] as [
      string,
      string,
    ];
    const catalogue: Catalogue = {
      dataset: "small",
      releases: [entry("1.1.0", commits[1]), entry("1.0.0", commits[0], { level: "first" })],
      ...{ withdrawn: [], removed: [] },
    };
    let reads = 0;
    const check = async (sha: string, readCatalogue = async (): Promise<Catalogue> => catalogue) => {
      reads = 0;
      const context: CheckContext = {
        ...{ secondsLeft: () => 300, limits: BUILD_LIMITS, deadlineSeconds: 200, heapMB: 256 },
        ...{ worker, folder: await scratch(), log: () => {}, onTooLarge: notChecked },
        readCatalogue(dataset) {
          expect(dataset).toBe("small");
          reads += 1;
          return readCatalogue();
        },
      };
      const forge = gitCommits((await findGitRepository(git.folder)) as GitRepository, undefined);
      const { verdict, comment } = await checkChangedDatasets({ forge, branch: "main", dataFolder: "data" }, sha, context);
      const { conclusion, title, summary, problems } = verdict;
      return { conclusion, title, summary, problems: problems.map(({ message }) => message), comment, reads };
    };
    return { git, put, commits, catalogue, check };
  }

  it("may revert it and withdraw its release in one commit: it is compared with the release in force", async () => {
    const { git, put, check } = await withMistake();
    await git.git("checkout", "-q", "-b", "side");
    const revert = await put("revert", { "rivers.json": first });
    expect(await check(revert)).toMatchObject({
      ...{ conclusion: "failure", problems: [expect.stringContaining("rivers: oder is gone")], reads: 0 },
    });
    await git.git("reset", "-q", "--hard", "main");
    const both = await put("revert and withdraw", { ...released("1.1.0"), "rivers.json": first });
    expect(await check(both)).toMatchObject({ conclusion: "success", title: "No problems", problems: [], reads: 1 });
    const found = await check(await put("with a correction", corrected));
    expect(found).toMatchObject({ conclusion: "success", title: "small: patch, 2 rivers corrected" });
    expect(found.comment).toContain("Since 1.0.0: **patch**");
  });

  it("may withdraw its release alone, and revert it later", async () => {
    const { git, put, catalogue, check } = await withMistake();
    await git.git("checkout", "-q", "-b", "side");
    const withdrawal = await put("withdraw", released("1.1.0"));
    expect(await check(withdrawal)).toMatchObject({ conclusion: "success", title: "No problems", reads: 1 });
    await git.git("checkout", "-q", "-B", "main");
    catalogue.withdrawn.push(event(withdrawal));
    await git.git("checkout", "-q", "-b", "later");
    expect(await check(await put("revert", { "rivers.json": first }))).toMatchObject({ conclusion: "success", problems: [] });
  });

  it("may end the withdrawal only with its rows", async () => {
    const { git, put, catalogue, check } = await withMistake();
    const back = await put("the way back", { ...released("1.1.0"), "rivers.json": first });
    catalogue.withdrawn.push(event(back));
    await git.git("checkout", "-q", "-b", "side");
    const ended = await put("end the withdrawal", released());
    expect(await check(ended)).toMatchObject({ conclusion: "failure", problems: [expect.stringContaining("oder is gone")] });
    // A release that was made since, compared past it.
    await git.git("checkout", "-q", "main");
    catalogue.releases.unshift(entry("1.1.1", await put("corrected", corrected), { level: "patch", comparedWith: "1.0.0" }));
    await git.git("checkout", "-q", "-b", "other");
    expect((await check(await put("end it", released()))).problems).toEqual([
      expect.stringContaining("The withdrawal of 1.1.0 cannot be undone: 1.1.1"),
    ]);
  });

  it("is not compared if the catalogue cannot be read", async () => {
    const { git, put, check } = await withMistake();
    await git.git("checkout", "-q", "-b", "side");
    const both = await put("revert and withdraw", { ...released("1.1.0"), "rivers.json": first });
    const denied = Object.assign(new Error("User 123456789012 may not"), { name: "AccessDenied", $metadata: {} });
    const unread = await check(both, () => Promise.reject(denied));
    expect(unread).toMatchObject({ conclusion: "neutral", title: "No problems, but not compared" });
    expect(unread.summary).toContain("the catalogue could not be read: AWS answered AccessDenied");
    expect(unread.summary).not.toContain("123456789012");
  });
});
