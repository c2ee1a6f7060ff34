import { readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { branchName } from "../../../../lib/adapters/git/branch-name.ts";
import { comparedCommit } from "../../../../lib/adapters/git/compared-commit.ts";
import { findGitRepository, type GitRepository } from "../../../../lib/adapters/git/git-repository.ts";
import {
  type BranchFacts,
  choosePublishedBranch,
  publishedBranch,
  rememberPublishedBranch,
} from "../../../../lib/adapters/git/published-branch.ts";
import { bareGitRepository, cloneOf } from "../../../git-repositories.ts";
import { scratch } from "../../../scratch.ts";

const origin = (branches: string[], head?: string, fetchesAll = true): NonNullable<BranchFacts["remote"]> => ({
  name: "origin",
  branches,
  fetchesAll,
  ...(head === undefined ? {} : { head }),
});

describe("the published branch", () => {
  it.each<[string, Partial<BranchFacts>, { name: string; ref: string; source: string }]>([
    [
      "the one that was requested for, before all else",
      { requested: "b", setting: "a", remote: origin(["a"], "a"), local: ["a", "b"] },
      { name: "b", ref: "refs/heads/b", source: "requested" },
    ],
    [
      "one of the remote that was requested for",
      { requested: "b", remote: origin(["a", "b"], "a"), local: ["a"] },
      { name: "b", ref: "refs/remotes/origin/b", source: "requested" },
    ],
    [
      "the same by its full name",
      { requested: "origin/b", remote: origin(["b"]), local: [] },
      { name: "origin/b", ref: "refs/remotes/origin/b", source: "requested" },
    ],
    [
      "the setting, before the remote's default",
      { setting: "b", remote: origin(["a", "b"], "a"), local: ["a", "b"] },
      { name: "b", ref: "refs/heads/b", source: "setting" },
    ],
    [
      "the remote's default, whatever it is called",
      { remote: origin(["main", "trunk"], "trunk"), local: ["main", "trunk"] },
      { name: "trunk", ref: "refs/heads/trunk", source: "remote" },
    ],
    [
      "the remote's default without a local branch",
      { remote: origin(["trunk"], "trunk"), local: ["wip"] },
      { name: "trunk", ref: "refs/remotes/origin/trunk", source: "remote" },
    ],
    [
      "the remote's default in a shallow clone",
      { remote: origin(["trunk"], "trunk", false), local: [], isShallow: true },
      { name: "trunk", ref: "refs/remotes/origin/trunk", source: "remote" },
    ],
    ["the only branch", { local: ["odd"] }, { name: "odd", ref: "refs/heads/odd", source: "only" }],
    [
      "the only branch, pushed to a remote",
      { remote: origin(["odd"]), local: ["odd"] },
      { name: "odd", ref: "refs/heads/odd", source: "only" },
    ],
  ])("is %s", (_what, facts, expected) => {
    expect(choosePublishedBranch({ local: [], isShallow: false, ...facts })).toEqual(expected);
  });

  it.each<[string, Partial<BranchFacts>, string]>([
    [
      "main is one of several",
      { local: ["main", "wip"] },
      "there are main and wip. Set it: git config factpress.branch NAME, or for one run: --branch NAME",
    ],
    ["master and main are there", { local: ["main", "master"] }, "there are main and master."],
    [
      "the remote names no default",
      { remote: origin(["main", "wip"]), local: ["main"] },
      "there are main, origin/main and origin/wip, and this clone does not know the default branch of origin.",
    ],
    ["a shallow clone holds one branch", { remote: origin(["wip"]), local: ["wip"], isShallow: true }, "there are origin/wip and wip, and"],
    ["a clone was made of one branch", { remote: origin(["wip"], undefined, false), local: ["wip"] }, "git remote set-head origin --auto"],
    ["HEAD is detached, with no local branch", { remote: origin(["main"]), local: [] }, "there is origin/main, and"],
    ["there are commits and no branches", { local: [] }, "there are no branches."],
    ["the one that was requested for is not there", { requested: "b", local: ["a"] }, 'There is no branch "b"'],
    [
      "the one that was requested for may be at the remote",
      { requested: "origin/b", remote: origin([]), local: [] },
      'no branch "origin/b" in this repository. If origin has it, run: git fetch origin b:refs/remotes/origin/b',
    ],
    ["the clone has no branches", { remote: origin([]) }, "git fetch origin, then git remote set-head origin --auto"],
    ["the one that is set is not there", { setting: "b", local: ["a"] }, 'git config factpress.branch names "b"'],
    [
      "the remote's default is not there",
      { remote: origin(["a"], "b"), local: ["a"] },
      'origin/HEAD names the branch "b", which is not in this clone',
    ],
  ])("is refused if %s", (_what, facts, expected) => {
    expect(() => choosePublishedBranch({ local: [], isShallow: false, ...facts })).toThrow(expected);
  });

  it("prints no command for a shell from a name that an unpacked archive may contain", () => {
    const facts = { setting: "$(id)", remote: origin([]), local: [], isShallow: false };
    expect(() => choosePublishedBranch(facts)).toThrow(/there is no such branch$/);
  });

  it("has its short name", () => {
    expect([branchName("refs/heads/a/b"), branchName("refs/remotes/origin/a"), branchName("HEAD")]).toEqual(["a/b", "origin/a", "HEAD"]);
  });
});

const open = async (folder: string): Promise<GitRepository> => (await findGitRepository(folder)) as GitRepository;

describe("in real repositories", () => {
  it("is trunk in a clone of trunk, regardless of what is checked out; HEAD is compared with it", async () => {
    const upstream = await bareGitRepository("trunk");
    const { folder, git, commit } = await cloneOf(upstream);
    const first = await commit("1");
    await git("push", "-q", "origin", "HEAD:refs/heads/trunk");
    await git("remote", "set-head", "origin", "trunk");
    await git("checkout", "-q", "-b", "wip");
    const second = await commit("2");
    await git("checkout", "-q", "--detach");
    const here = await open(folder);
    const branch = await publishedBranch(here);
    expect(branch).toEqual({ name: "trunk", ref: "refs/heads/trunk", source: "remote" });
    expect(await comparedCommit(here, branch)).toEqual({ commit: first, name: `trunk (${first.slice(0, 10)})`, isHead: false });
    await git("branch", "-f", "trunk", second);
    // On the published branch: against what the remote holds.
    expect(await comparedCommit(here, branch)).toEqual({ commit: first, name: `origin/trunk (${first.slice(0, 10)})`, isHead: false });
    await git("push", "-q", "origin", "trunk");
    expect(await comparedCommit(here, branch)).toEqual({ commit: second, name: `origin/trunk (${second.slice(0, 10)})`, isHead: true });
  });

  it("compares with the later of the local branch and its upstream", async () => {
    const upstream = await bareGitRepository("main");
    const { folder, git, commit } = await cloneOf(upstream);
    await commit("1");
    await git("push", "-q", "-u", "origin", "main");
    const second = await commit("2");
    await git("checkout", "-q", "-b", "wip");
    await commit("3");
    const here = await open(folder);
    const branch = await publishedBranch(here, "main");
    expect(await comparedCommit(here, branch)).toMatchObject({ commit: second, isHead: false });
    await git("push", "-q", "origin", "main");
    await git("branch", "-f", "main", "main~1");
    expect(await comparedCommit(here, branch)).toMatchObject({ commit: second, isHead: false });
  });

  it("is inconclusive in shallow and unrelated histories, with the reason", async () => {
    const upstream = await bareGitRepository("main");
    const source = await cloneOf(upstream);
    await source.commit("1");
    await source.git("push", "-q", "origin", "main");
    await source.git("checkout", "-q", "-b", "wip");
    await source.commit("2");
    await source.git("push", "-q", "origin", "wip");
    await source.git("checkout", "-q", "main");
    const third = await source.commit("3");
    await source.git("push", "-q", "origin", "main");
    const { folder, git } = await cloneOf(`file://${upstream}`, "--depth=1", "--no-single-branch");
    await git("checkout", "-q", "wip");
    const here = await open(folder);
    const branch = await publishedBranch(here);
    expect(branch).toMatchObject({ name: "main", source: "remote" });
    expect(await comparedCommit(here, branch)).toEqual({
      unknown: expect.stringMatching(
        /^HEAD \([0-9a-f]{10}\) and main and origin\/main share no commit in this shallow clone\. Run: git fetch --unshallow$/,
      ),
    });
    await git("fetch", "-q", "--unshallow");
    await git("checkout", "-q", "--orphan", "other");
    expect(await comparedCommit(here, branch)).toEqual({ unknown: "HEAD has no commit yet" });
    await git("commit", "-q", "--allow-empty", "-m", "other");
    expect(await comparedCommit(here, branch)).toEqual({ unknown: expect.stringMatching(/share no commit$/) });
    expect(third).toMatch(/^[0-9a-f]{40}$/);
  });

  it("is remembered, and a repository without a commit has none", async () => {
    const { folder, git, commit } = await cloneOf(await bareGitRepository("main"));
    await git("remote", "remove", "origin");
    const here = await open(folder);
    await expect(publishedBranch(here)).rejects.toMatchObject({ name: "BranchWithoutCommitError" });
    const id = await commit("1");
    expect(await publishedBranch(here)).toMatchObject({ name: "main", source: "only" });
    await rememberPublishedBranch(here, "main");
    await git("branch", "wip");
    expect(await publishedBranch(here)).toMatchObject({ name: "main", source: "setting" });
    expect(await publishedBranch(here, id)).toEqual({ name: id, ref: id, source: "requested" });
    expect(await publishedBranch(here, "HEAD")).toMatchObject({ ref: "HEAD", source: "requested" });
    await git("tag", "v1");
    await expect(publishedBranch(here, "v1")).rejects.toThrow('There is no branch "v1"');
    await expect(publishedBranch(here, "refs/heads/none")).rejects.toThrow("There is no branch");
  });

  it("is remembered in the repository's own configuration alone, and read from there alone", async () => {
    const { folder, git, commit } = await cloneOf(await bareGitRepository("trunk"));
    await git("remote", "remove", "origin");
    await commit("1");
    const elsewhere = join(await scratch(), "config");
    await rename(join(folder, ".git/config"), elsewhere);
    await symlink(elsewhere, join(folder, ".git/config"));
    const before = await readFile(elsewhere, "utf8");
    expect(await rememberPublishedBranch(await open(folder), "trunk")).toBe(false);
    expect(await readFile(elsewhere, "utf8")).toBe(before);
    await rm(join(folder, ".git/config"));
    await rename(elsewhere, join(folder, ".git/config"));
    const gitDir = join(await scratch(), "git");
    await rename(join(folder, ".git"), gitDir);
    await writeFile(join(folder, ".git"), `gitdir: ${gitDir}\n`);
    expect(await rememberPublishedBranch(await open(folder), "trunk")).toBe(false);
    expect(await readFile(join(gitDir, "config"), "utf8")).toBe(before);
    await rm(join(folder, ".git"));
    await rename(gitDir, join(folder, ".git"));
    const ofUser = join(await scratch(), "gitconfig");
    await writeFile(ofUser, "[factpress]\n\tbranch = wip\n");
    await git("branch", "wip");
    vi.stubEnv("GIT_CONFIG_GLOBAL", ofUser);
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(publishedBranch(await open(folder))).rejects.toThrow("there are trunk and wip");
    expect(await rememberPublishedBranch(await open(folder), "trunk")).toBe(true);
    expect(await publishedBranch(await open(folder))).toMatchObject({ name: "trunk", source: "setting" });
  });

  it("is found for a folder whose name ends in a space, and not for its neighbour", async () => {
    const place = await scratch();
    for (const name of ["r", "r "]) {
      const { git } = await cloneOf(await bareGitRepository("main"), join(place, name));
      await git("remote", "set-url", "origin", `https://example.org/o/${name === "r" ? "plain" : "space"}.git`);
    }
    expect((await open(join(place, "r "))).root).toBe(join(place, "r "));
  });
});
