import { commitSource } from "../../lib/adapters/git/commit-source.ts";
import { presentCommit } from "../../lib/adapters/git/find-commit.ts";
import { folderNames } from "../../lib/adapters/git/folder-names.ts";
import { gitHistory } from "../../lib/adapters/git/git-history.ts";
import type { GitRepository } from "../../lib/adapters/git/git-repository.ts";
import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import type { BranchDatasets } from "../../lib/publish/record-ends.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { datasetsFolderIn } from "../find-present-datasets.ts";
import type { GitContext } from "../git-context.ts";

/** The datasets in a folder of a branch. */
export async function branchDatasets(repository: GitRepository, ref: string, data: string): Promise<BranchDatasets> {
  const commit = await presentCommit(repository, ref);
  const names = (await folderNames(repository, commit, data)).filter(isDatasetName);
  const at = (name: string): string => (data === "" ? name : `${data}/${name}`);
  return {
    present: new Map(names.map((name) => [name, commitSource(repository, commit, at(name))])),
    historyOf: (name) => gitHistory(repository, commit, at(name)),
  };
}

/** The published branch of the repository that contains the datasets, or the current folder if there are none; undefined without git. */
export async function branchDatasetsAround([first]: readonly DatasetFolder[], git: GitContext): Promise<BranchDatasets | undefined> {
  if (!first) {
    const around = await git.publishedRepositoryOf(process.cwd());
    return around && branchDatasets(around.repository, around.branch.ref, datasetsFolderIn(around.path));
  }
  const found = await git.publishedRepositoryOf(first.folder);
  // A repository that is itself a dataset contains no others.
  if (!found || found.path === "") return undefined;
  return branchDatasets(found.repository, found.branch.ref, found.path.split("/").slice(0, -1).join("/"));
}
