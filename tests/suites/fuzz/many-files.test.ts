import { join } from "node:path";
import { expect, it } from "vitest";
import { folderSource } from "../../../lib/adapters/folder/folder-source.ts";
import { commitSource } from "../../../lib/adapters/git/commit-source.ts";
import { findGitRepository, type GitRepository } from "../../../lib/adapters/git/git-repository.ts";
import { repository, write } from "../../scratch.ts";

it("a folder and a commit are bounded alike in number of files", async () => {
  const { folder, commit } = await repository();
  const paths = Array.from({ length: 20_001 }, (_, i) => `levels/${i}.json`);
  await write(join(folder, "data/small"), Object.fromEntries(paths.map((path) => [path, "[]\n"])));
  const id = await commit("1", "2024-01-01T00:00:00Z");
  for (const source of [
    folderSource(join(folder, "data/small")),
    commitSource((await findGitRepository(folder)) as GitRepository, id, "data/small"),
  ])
    await expect(source.list()).rejects.toThrow(/^Too many files in .*data\/small \(maximum 20000\)$/);
});
