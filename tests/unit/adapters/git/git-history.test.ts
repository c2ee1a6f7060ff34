import { execFileSync } from "node:child_process";
import { mkdirSync, realpathSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commitSource } from "../../../../lib/adapters/git/commit-source.ts";
import { filesAtHead } from "../../../../lib/adapters/git/files-at-head.ts";
import { folderNames } from "../../../../lib/adapters/git/folder-names.ts";
import { gitHistory } from "../../../../lib/adapters/git/git-history.ts";
import { bareGitRepository, findGitRepository, type GitRepository } from "../../../../lib/adapters/git/git-repository.ts";
import { originUrl } from "../../../../lib/adapters/git/origin-url.ts";
import { readFolderId } from "../../../../lib/adapters/git/read-folder-id.ts";
import { cloneOf } from "../../../git-repositories.ts";
import { repository, scratch, write } from "../../../scratch.ts";

const open = async (folder: string): Promise<GitRepository> => (await findGitRepository(folder)) as GitRepository;

async function history(): Promise<Awaited<ReturnType<typeof repository>> & { first: string; second: string; here: GitRepository }> {
  const made = await repository();
  await write(made.folder, { README: "x" });
  const first = await made.commit("1", "2024-01-01T00:00:00Z");
  await write(made.folder, { "data/a/x.json": "[]", "data/b c/y.json": "[1]", "data/file": "x" });
  const second = await made.commit("2", "2024-01-02T00:00:00Z");
  return { ...made, first, second, here: await open(made.folder) };
}

const text = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const found: Uint8Array[] = [];
  for await (const chunk of chunks) found.push(chunk);
  return Buffer.concat(found).toString("utf8");
};

describe("a commit", () => {
  it("returns its folders and files, and reports whether commit, folder or file is missing", async () => {
    const { first, second, here, git } = await history();
    expect(await folderNames(here, second, "data")).toEqual(["a", "b c"]);
    expect(await folderNames(here, first, "data")).toEqual([]);
    expect(await readFolderId(here, second, "data/a")).toBe(await git("rev-parse", `${second}:data/a`));
    expect(await readFolderId(here, second, "")).toBe(await git("rev-parse", `${second}^{tree}`));
    expect(await readFolderId(here, second, "data/file")).toBeUndefined();
    const source = commitSource(here, second, "data/b c");
    expect(await source.list()).toMatchObject([{ path: "y.json", bytes: 3 }]);
    expect(await text(source.read("y.json"))).toBe("[1]");
    await expect(text(source.read("z.json"))).rejects.toThrow(`z.json is not in commit ${second}`);
    await expect(commitSource(here, first, "data/a").list()).rejects.toMatchObject({ name: "MissingCommitError" });
    await expect(commitSource(here, "1".repeat(40), "data/a").list()).rejects.toMatchObject({
      name: "MissingCommitError",
      message: expect.stringContaining("git fetch --unshallow"),
    });
    for (const name of ["--output=x", "HEAD", "1234"]) expect(() => commitSource(here, name, "data/a")).toThrow("is not a commit id");
    await expect(readFolderId(here, "1".repeat(40), "data")).rejects.toMatchObject({ name: "GitError" });
  });

  it("is not treated as one without the folder if the clone lacks its trees or files", async () => {
    const { folder, second, first } = await history();
    execFileSync("git", ["-C", folder, "config", "uploadpack.allowFilter", "true"]);
    const withoutTrees = await cloneOf(`file://${folder}`, "--filter=tree:0", "--no-checkout");
    await expect(gitHistory(await open(withoutTrees.folder), "refs/heads/main", "data/a").after(null)).rejects.toMatchObject({
      name: "GitError",
      message: expect.stringContaining("Fetch them once: git fetch --refetch --no-filter"),
    });
    const withoutFiles = await cloneOf(`file://${folder}`, "--filter=blob:none", "--no-checkout");
    const partial = await open(withoutFiles.folder);
    expect((await gitHistory(partial, "refs/heads/main", "data/a").after(null)).commits).toMatchObject([
      { id: first, tree: null, date: "2024-01-01T00:00:00Z" },
      { id: second, tree: expect.any(String) },
    ]);
    await expect(
      text(partial.blob(execFileSync("git", ["-C", folder, "rev-parse", `${second}:data/a/x.json`], { encoding: "utf8" }).trim())),
    ).rejects.toThrow("If this is a partial clone (--filter), make a full one");
  });
});

describe("a history", () => {
  it("refuses a newest release whose commit is not a commit id", async () => {
    const { here } = await history();
    await expect(gitHistory(here, "refs/heads/main", "data/a").after("--all")).rejects.toThrow('names the commit "--all"');
  });

  it("is that of one tip: a commit made meanwhile belongs to the next run", async () => {
    const { folder, commit, first, second, here } = await history();
    const before = gitHistory(here, "HEAD", "data/a");
    expect((await before.after(first)).commits.map(({ id }) => id)).toEqual([second]);
    await write(folder, { "data/a/x.json": "[2]" });
    const third = await commit("3", "2024-01-03T00:00:00Z");
    expect((await before.after(first)).commits.map(({ id }) => id)).toEqual([second]);
    expect(await before.isTipWithin([second])).toBe(true);
    expect(await before.position(third)).toBe("behind");
    expect((await gitHistory(here, "HEAD", "data/a").after(first)).commits.map(({ id }) => id)).toEqual([second, third]);
  });

  it("is read in a bare repository as well", async () => {
    const { folder, first } = await history();
    const bare = join(await scratch(), "bare.git");
    execFileSync("git", ["clone", "-q", "--bare", folder, bare]);
    const { base, commits } = await gitHistory(bareGitRepository(bare, { inHook: false }), "refs/heads/main", "data/a").after(first);
    expect([base, commits.length]).toEqual([null, 1]);
  });
});

describe("the repository around a folder", () => {
  it("is the one that holds .git, not a folder in it that looks like a bare repository", async () => {
    const { folder } = await history();
    const inner = join(folder, "data/evil");
    execFileSync("git", ["clone", "-q", "--bare", folder, inner]);
    expect((await open(inner)).root).toBe(realpathSync(folder));
    expect((await open(join(inner, "refs/heads"))).root).toBe(realpathSync(folder));
  });

  it("does not exist if a folder only looks like a bare repository", async () => {
    const { folder } = await history();
    const bare = join(await scratch(), "bare");
    execFileSync("git", ["clone", "-q", "--bare", folder, bare]);
    expect(await findGitRepository(bare)).toBeUndefined();
    expect(await findGitRepository(join(folder, "none"))).toBeUndefined();
  });

  it("may be named by a file .git, and is refused if its files are configured elsewhere", async () => {
    const { folder, second } = await history();
    const elsewhere = await scratch();
    renameSync(join(folder, ".git"), join(elsewhere, "git"));
    writeFileSync(join(folder, ".git"), `gitdir: ${join(elsewhere, "git")}\n`);
    expect((await (await open(folder)).git("rev-parse", "HEAD")).trim()).toBe(second);
    execFileSync("git", ["-C", folder, "config", "core.worktree", elsewhere]);
    await expect(findGitRepository(join(folder, "data"))).rejects.toThrow(`its files are in ${realpathSync(elsewhere)}`);
  });

  it("is refused if .git is not one", async () => {
    const folder = await scratch();
    mkdirSync(join(folder, ".git"));
    await expect(findGitRepository(folder)).rejects.toThrow(/git cannot read the repository at .*: fatal: not a git repository/);
  });

  it("names the files to watch, also in a linked worktree", async () => {
    const { folder, git, here } = await history();
    const linked = join(await scratch(), "linked ");
    await git("worktree", "add", "-q", linked, "-b", "side");
    const top = realpathSync(folder);
    expect(await filesAtHead(here)).toEqual([join(top, ".git/HEAD"), join(top, ".git/refs/heads"), join(top, ".git/packed-refs")]);
    expect((await filesAtHead(await open(linked))).slice(1)).toEqual([join(top, ".git/refs/heads"), join(top, ".git/packed-refs")]);
  });

  it.each([
    ["https://user:secret@example.org/o/r.git", "https://example.org/o/r"],
    ["git@example.org:o/r", "https://example.org/o/r"],
    ["/srv/r.git", undefined],
    ["https://example.org/o/r ", undefined],
  ])("came from %s", async (url, expected) => {
    const { git, here } = await history();
    expect(await originUrl(here)).toBeUndefined();
    await git("remote", "add", "origin", url);
    expect(await originUrl(here)).toBe(expected);
  });
});
