import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commitSource } from "../../../../lib/adapters/git/commit-source.ts";
import { findGitRepository, type GitRepository } from "../../../../lib/adapters/git/git-repository.ts";
import { copiesOf, write } from "../../../scratch.ts";

const withFile = copiesOf(async ({ folder, git, commit }) => {
  await write(folder, { "data/a/one.json": "[]" });
  return { commit: await commit("1", "2024-01-01T00:00:00Z"), tree: await git("rev-parse", "HEAD^{tree}") };
});

it("starts git once for a question about objects, and again after a failure", async () => {
  const { folder, made, git } = await withFile();
  const { readObjects } = (await findGitRepository(folder)) as GitRepository;
  const ask = (): Promise<string> => readObjects("ls-tree", "-r", made.tree);
  const listed = await ask();
  expect(listed).toContain("data/a/one.json");
  await rm(join(folder, ".git/objects"), { recursive: true });
  expect(await ask()).toBe(listed);
  await expect(readObjects("ls-tree", "-d", made.tree)).rejects.toThrow("git ls-tree failed");
  await git("init", "-q");
  await git("add", "-A");
  await git("write-tree");
  expect(await readObjects("ls-tree", "-d", made.tree)).toContain("data");
});

it("names what is missing if a commit or its folder is not there, and refuses the id of a tree", async () => {
  const { folder, made } = await withFile();
  const repository = (await findGitRepository(folder)) as GitRepository;
  const list = (commit: string, path: string): Promise<unknown> => commitSource(repository, commit, path).list();
  const missing = (message: string) => expect.objectContaining({ name: "MissingCommitError", message: expect.stringContaining(message) });
  await expect(list("a".repeat(40), "data/a")).rejects.toEqual(missing("git fetch --unshallow"));
  await expect(list(made.commit, "data/b")).rejects.toEqual(missing("the commit has no such folder"));
  await expect(list(made.tree, "data/a")).rejects.toThrow("expected commit type");
  expect(await list(made.commit, "data/a")).toHaveLength(1);
});
