import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DatasetInGit } from "../../../bin/dataset-in-git.ts";
import { type DatasetFolder, findDatasets } from "../../../bin/find-datasets.ts";
import { GitContext } from "../../../bin/git-context.ts";
import { UnknownBranchError } from "../../../lib/adapters/git/unknown-branch-error.ts";
import { copiesOf, scratch, smallDataset, write } from "../../scratch.ts";

const DATE = "2024-01-01T00:00:00Z";

/** A repository whose branch `main` has one commit. */
const committed = copiesOf(async ({ folder, commit }) => {
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  return commit("1", DATE);
});

const datasetIn = async (folder: string, branch?: string): Promise<DatasetInGit> => {
  const [dataset] = await findDatasets(join(folder, "data/small"));
  return new DatasetInGit(dataset as DatasetFolder, new GitContext(branch));
};

describe("DatasetInGit", () => {
  it("knows the commit that it is compared with, and whether the published branch is checked out", async () => {
    const { folder, git, commit, made } = await committed();
    const main = await datasetIn(folder, "main");
    expect(await main.published()).toMatchObject({ path: "data/small", commit: made, isHead: true });
    expect(await main.publishedHead()).toBe("refs/heads/main");
    await git("switch", "-q", "-c", "side");
    await commit("2", DATE);
    const side = await datasetIn(folder, "main");
    expect(await side.published()).toMatchObject({ path: "data/small", commit: made, isHead: false });
    expect(await side.publishedHead()).toBeUndefined();
  });

  it("is compared with nothing without git", async () => {
    const folder = await scratch();
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    const plain = await datasetIn(folder);
    expect(await plain.published()).toEqual({ unknown: "there is no git repository here" });
    expect([await plain.repository(), await plain.publishedHead()]).toEqual([undefined, undefined]);
  });

  it("fails for an unknown branch only when the user named it", async () => {
    const { folder, git } = await committed();
    await git("config", "--unset", "factpress.branch");
    await git("branch", "other");
    const unnamed = await datasetIn(folder);
    unnamed.prepare();
    expect(await unnamed.published()).toEqual({ unknown: expect.stringContaining("branch") });
    expect(await unnamed.publishedHead()).toBeUndefined();
    const named = await datasetIn(folder, "nowhere");
    await expect(named.published()).rejects.toThrow(UnknownBranchError);
    await expect(named.publishedHead()).rejects.toThrow(UnknownBranchError);
  });
});
