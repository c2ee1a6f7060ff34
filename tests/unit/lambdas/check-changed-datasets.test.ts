import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { BUILD_LIMITS } from "../../../lambdas/has-large-builds.ts";
import { checkChangedDatasets } from "../../../lambdas/validate/check-changed-datasets.ts";
import { notChecked } from "../../../lambdas/validate/not-checked.ts";
import { gitCommits } from "../../../lib/adapters/git/git-commits.ts";
import { findGitRepository, type GitRepository } from "../../../lib/adapters/git/git-repository.ts";
import { repository, scratch, smallDataset, write } from "../../scratch.ts";

const WORKER = new URL("../../isolated-worker.js", import.meta.url);

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
    log: () => {},
    beyond: notChecked,
  });
  expect(await git.git("merge-base", "main", sha)).toBe(first);
  // Four files were fetched, and 30 seconds are kept for the report.
  expect(verdict.problems[0]?.message).toContain("was ended (maximum 3 s)");
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
        ...{ worker: WORKER, folder: await scratch(), log: () => {}, beyond: notChecked },
      },
    );
  const { verdict } = await check();
  expect(verdict.conclusion).toBe("failure");
  expect(verdict.problems.map(({ message }) => message).join("\n")).toContain("2.0.0 is not announced");
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
      log: () => {},
      beyond: notChecked,
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
