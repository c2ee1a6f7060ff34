import { join } from "node:path";
import { expect, it } from "vitest";
import { gitCommits } from "../../../../lib/adapters/git/git-commits.ts";
import { findGitRepository, type GitRepository } from "../../../../lib/adapters/git/git-repository.ts";
import { UnreadableSourceError } from "../../../../lib/ports/unreadable-source-error.ts";
import { repository, smallDataset, write } from "../../../scratch.ts";

const LIMITS = { files: 10, fileBytes: 1_000_000, totalBytes: 10_000_000, depth: 4 };

it("reads from a clone what a check reads from a forge", async () => {
  const { folder, git, commit } = await repository();
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  const first = await commit("1", "2024-01-01T00:00:00Z");
  await git("checkout", "-q", "-b", "side");
  await write(join(folder, "data/small"), { "deep/er.json": "[]", ".hidden": "x" });
  const side = await commit("2", "2024-01-02T00:00:00Z");
  await git("checkout", "-q", "--orphan", "unrelated");
  const unrelated = await commit("3", "2024-01-03T00:00:00Z");
  const methods = { merge: false, squash: false, rebase: true };
  const commits = gitCommits((await findGitRepository(folder)) as GitRepository, methods);
  const { tree, parents, date } = await commits.commit(side);
  expect([tree, parents, date]).toEqual([await git("rev-parse", `${side}^{tree}`), [first], "2024-01-02T00:00:00Z"]);
  expect([await commits.mergeBase("main", side), await commits.mergeBase("main", unrelated)]).toEqual([first, undefined]);
  const id = (await commits.folderId(tree, "data/small")) as string;
  expect([id, await commits.folderId(tree, "data/none")]).toEqual([await git("rev-parse", `${side}:data/small`), null]);
  expect([...(await commits.folderIds(tree, "data"))]).toEqual([["small", id]]);
  const source = commits.source(id, LIMITS);
  const paths = (await source.list()).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(["dataset.json", "deep/er.json"]));
  expect(paths).not.toContain(".hidden");
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.read("deep/er.json")) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe("[]");
  expect(await commits.mergeMethods()).toEqual(methods);
  for (const limit of [{ files: 2 }, { fileBytes: 4 }, { totalBytes: 6 }, { depth: 0 }]) {
    const bounded = commits.source(id, { ...LIMITS, ...limit });
    await expect(bounded.list()).rejects.toThrow(UnreadableSourceError);
    await expect(bounded.read("deep/er.json")[Symbol.asyncIterator]().next()).rejects.toThrow(UnreadableSourceError);
  }
});
