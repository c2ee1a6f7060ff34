import { chmodSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { comparedCommit } from "../../../../lib/adapters/git/compared-commit.ts";
import { DamagedRefError } from "../../../../lib/adapters/git/damaged-ref-error.ts";
import { findCommit } from "../../../../lib/adapters/git/find-commit.ts";
import { GitError } from "../../../../lib/adapters/git/git-error.ts";
import { gitHistory } from "../../../../lib/adapters/git/git-history.ts";
import { findGitRepository, type GitRepository } from "../../../../lib/adapters/git/git-repository.ts";
import { publishedBranch } from "../../../../lib/adapters/git/published-branch.ts";
import { factpress, repository, smallDataset, type TestRepository, write } from "../../../scratch.ts";

const open = async ({ folder }: TestRepository): Promise<GitRepository> => (await findGitRepository(folder)) as GitRepository;

/** Takes an object away, as a damaged disk does. */
function lose({ folder }: TestRepository, id: string): void {
  const file = join(folder, ".git/objects", id.slice(0, 2), id.slice(2));
  renameSync(file, `${file}.lost`);
}

async function twoCommits(): Promise<TestRepository & { first: string; second: string }> {
  const made = await repository();
  await write(join(made.folder, "data/small"), smallDataset("1.0.0"));
  const first = await made.commit("1", "2024-01-01T00:00:00Z");
  await write(made.folder, { README: "x" });
  return { ...made, first, second: await made.commit("2", "2024-01-02T00:00:00Z") };
}

describe("findCommit", () => {
  it("finds a commit by its name, and nothing if there is no such name", async () => {
    const empty = await repository();
    expect(await findCommit(await open(empty), "HEAD")).toBeUndefined();
    const made = await twoCommits();
    const here = await open(made);
    for (const name of ["HEAD", "main", "refs/heads/main", made.second]) expect(await findCommit(here, name)).toBe(made.second);
    for (const name of ["nowhere", "refs/heads/nowhere", "f".repeat(40)]) expect(await findCommit(here, name)).toBeUndefined();
  });

  it("finds nothing if other refs begin with a name", async () => {
    const made = await twoCommits();
    await made.git("branch", "release/1.0");
    expect(await findCommit(await open(made), "refs/heads/release")).toBeUndefined();
  });

  it("fails when a name refers to an object that is missing, damaged or not a commit", async () => {
    const made = await twoCommits();
    const here = await open(made);
    await made.git("tag", "blob", `${made.second}:README`);
    await expect(findCommit(here, "blob")).rejects.toThrow("expected commit type");
    lose(made, made.second);
    for (const name of ["HEAD", "refs/heads/main"]) await expect(findCommit(here, name)).rejects.toThrow(DamagedRefError);
    await expect(comparedCommit(here, await publishedBranch(here))).rejects.toThrow(DamagedRefError);
    const file = join(made.folder, ".git/objects", made.second.slice(0, 2), made.second.slice(2));
    writeFileSync(file, "x");
    chmodSync(file, 0o444);
    await expect(findCommit(here, "HEAD")).rejects.toThrow(GitError);
  });

  it("fails when the file of a branch is empty", async () => {
    const made = await twoCommits();
    writeFileSync(join(made.folder, ".git/refs/heads/main"), "");
    await expect(findCommit(await open(made), "HEAD")).rejects.toThrow("git cannot read HEAD: fatal");
    await expect(findCommit(await open(made), "refs/heads/main")).rejects.toThrow("its file holds no commit id");
  });
});

describe("a damaged repository", () => {
  it("is not treated by check as one without a commit", async () => {
    const made = await twoCommits();
    lose(made, made.second);
    const { code, out } = await factpress(made.folder, "check");
    expect([code, out]).toEqual([3, expect.stringContaining(`it names ${made.second}, which is missing`)]);
  });

  it("is not treated as two branches that share no commit", async () => {
    const made = await twoCommits();
    await made.git("switch", "-q", "-c", "side", made.first);
    await made.commit("3", "2024-01-03T00:00:00Z");
    lose(made, made.first);
    const here = await open(made);
    await expect(here.ask("merge-base", "main", "side")).rejects.toThrow("Could not read");
  });

  it("is not treated as a commit without the dataset", async () => {
    const made = await twoCommits();
    await write(join(made.folder, "data/small"), { "rivers.json": [] });
    const third = await made.commit("3", "2024-01-03T00:00:00Z");
    await write(join(made.folder, "data/small"), { "rivers.json": [{ id: "x", label: "x" }] });
    await made.commit("4", "2024-01-04T00:00:00Z");
    lose(made, await made.git("rev-parse", `${third}:data`));
    await expect(gitHistory(await open(made), "main", "data/small").after(made.second)).rejects.toThrow(GitError);
  });
});
