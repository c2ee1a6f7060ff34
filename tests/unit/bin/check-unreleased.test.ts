import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkUnreleased as checkUnreleasedIn } from "../../../bin/commands/check-unreleased.ts";
import { missingDatasets } from "../../../bin/commands/missing-datasets.ts";
import { publishDatasets } from "../../../bin/commands/publish.ts";
import { DatasetInGit } from "../../../bin/dataset-in-git.ts";
import { type DatasetFolder, findDatasets } from "../../../bin/find-datasets.ts";
import { GitContext } from "../../../bin/git-context.ts";
import { openStoreReader } from "../../../bin/open-store-reader.ts";
import { UnknownBranchError } from "../../../lib/adapters/git/unknown-branch-error.ts";
import { printed } from "../../printed.ts";
import { copiesOf, scratch, smallDataset, write } from "../../scratch.ts";

const DATE = "2024-01-01T00:00:00Z";
const rivers = (label: string): Record<string, unknown> => ({
  "rivers.json": [
    { id: "rhine", label },
    { id: "elbe", label: "Elbe" },
  ],
});
const dataset = async (folder: string): Promise<DatasetFolder> => (await findDatasets(join(folder, "data/small")))[0] as DatasetFolder;

const checkUnreleasedHere = async (folder: DatasetFolder, store: string, git: GitContext) =>
  checkUnreleasedIn(new DatasetInGit(folder, git), await openStoreReader(store));

/** A repository whose only commit is released to the store `store`. */
const released = copiesOf(async ({ folder, commit }) => {
  await write(folder, { ".gitignore": "store\n" });
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  const first = await commit("1", DATE);
  await printed(async () => publishDatasets([await dataset(folder)], { store: join(folder, "store"), branch: "main" }));
  return first;
});

describe("checkUnreleased", () => {
  it("summarizes the commits since the newest release", async () => {
    const { folder, commit } = await released();
    const store = join(folder, "store");
    expect(await checkUnreleasedHere(await dataset(folder), store, new GitContext())).toEqual({
      summary: "checked 0 commits of main since 1.0.0",
      problems: [],
    });
    await write(join(folder, "data/small"), { "levels.json": [] });
    const id = await commit("2", DATE);
    const found = await checkUnreleasedHere(await dataset(folder), store, new GitContext());
    expect(found?.summary).toBe("checked 1 commit of main since 1.0.0");
    expect(found?.problems).toMatchObject([
      { file: "dataset.json", message: expect.stringContaining(`In commit ${id.slice(0, 10)}: This breaks readers`) },
    ]);
    expect((await checkUnreleasedHere(await dataset(folder), await scratch(), new GitContext()))?.summary).toBe(
      "checked 2 commits of main since its start",
    );
  });

  it("names a release that the tip reverts", async () => {
    const { folder, commit } = await released();
    await write(join(folder, "data/small"), rivers("Wrong"));
    const wrong = await commit("2", DATE);
    await write(join(folder, "data/small"), rivers("Rhine"));
    await commit("3", DATE);
    expect((await checkUnreleasedHere(await dataset(folder), join(folder, "store"), new GitContext()))?.problems).toMatchObject([
      {
        file: "dataset.json",
        message: `1.0.1 would be released from commit ${wrong.slice(0, 10)}, and the tip reverts it: rivers: rhine, label`,
      },
    ]);
  });

  it("stops if the branch does not follow the newest release; an outdated branch has no problem", async () => {
    const { folder, git, commit, made } = await released();
    const store = join(folder, "store");
    await write(join(folder, "data/small"), rivers("Rhein"));
    await commit("2", DATE);
    await printed(async () => publishDatasets([await dataset(folder)], { store, branch: "main" }));
    await git("reset", "-q", "--hard", made);
    const behind = await checkUnreleasedHere(await dataset(folder), store, new GitContext());
    expect(behind?.summary).toMatch(/^checked 0 commits of main since 1\.0\.1: the branch is behind the newest release/);
    expect(behind?.problems).toEqual([]);
    await write(join(folder, "data/small"), rivers("Rhin"));
    const id = await commit("other", "2024-01-02T00:00:00Z");
    const aside = await checkUnreleasedHere(await dataset(folder), store, new GitContext());
    expect(aside?.problems).toMatchObject([
      { file: "dataset.json", message: expect.stringContaining(`In commit ${id.slice(0, 10)}: 1.0.1, the newest release`) },
    ]);
  });

  it("reports nothing on another branch, without git, or if the published branch is unknown", async () => {
    const { folder, git, commit } = await released();
    const store = join(folder, "store");
    await git("switch", "-q", "-c", "side");
    expect(await checkUnreleasedHere(await dataset(folder), store, new GitContext())).toBeDefined();
    await commit("2", DATE);
    expect(await checkUnreleasedHere(await dataset(folder), store, new GitContext())).toBeUndefined();
    await git("config", "--unset", "factpress.branch");
    expect(await checkUnreleasedHere(await dataset(folder), store, new GitContext())).toBeUndefined();
    await expect(checkUnreleasedHere(await dataset(folder), store, new GitContext("nowhere"))).rejects.toThrow(UnknownBranchError);
    const plain = await scratch();
    await write(join(plain, "data/small"), smallDataset("1.0.0"));
    expect(await checkUnreleasedHere(await dataset(plain), store, new GitContext())).toBeUndefined();
  });
});

describe("missingDatasets", () => {
  it("returns datasets of the published branch that the working folder lacks", async () => {
    const { folder, git, commit } = await released();
    await write(join(folder, "data/o\u001bther"), { "x.json": [] });
    const id = await commit("2", DATE);
    await git("switch", "-q", "-c", "side");
    await rm(join(folder, "data/o\u001bther"), { recursive: true });
    const present = [await dataset(folder)];
    expect(await missingDatasets(present, new GitContext())).toEqual([
      { name: "o\u001bther", shown: "data/o\\u001bther", against: `main (${id.slice(0, 10)})`, end: {}, isLeftOut: false },
    ]);
    expect(await missingDatasets([...present, { ...(present[0] as DatasetFolder), name: "o\u001bther" }], new GitContext())).toEqual([]);
    await expect(missingDatasets(present, new GitContext("nowhere"))).rejects.toThrow(UnknownBranchError);
    await git("config", "--unset", "factpress.branch");
    expect(await missingDatasets(present, new GitContext())).toEqual([]);
  });
});
