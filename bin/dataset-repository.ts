import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { findRepository, type GitRepository } from "../lib/adapters/git/git-repository.ts";
import { type PublishedBranch, publishedBranch } from "../lib/adapters/git/published-branch.ts";
import { UsageError } from "./usage-error.ts";

export interface DatasetRepository {
  repository: GitRepository;
  /** Path of the dataset within the repository. */
  path: string;
}

/** The repository of a dataset; undefined where there is no repository around it. */
export async function findDatasetRepository(folder: string): Promise<DatasetRepository | undefined> {
  const repository = await findRepository(folder);
  return repository && { repository, path: relative(repository.root, realpathSync(folder)).split(sep).join("/") };
}

/** With the branch that is published. */
export type PublishedRepository = DatasetRepository & { branch: PublishedBranch };

/** The repository of a dataset with its published branch. Throws `UnknownBranchError`. */
export async function publishedRepository(folder: string, branch?: string): Promise<PublishedRepository | undefined> {
  return (await publishedRepositories([{ folder }], branch)).get(folder);
}

/** The same for many datasets, by folder: each repository is asked once for its branch. */
export async function publishedRepositories(
  datasets: readonly { folder: string }[],
  branch?: string,
): Promise<Map<string, PublishedRepository | undefined>> {
  const branches = new Map<string, PublishedBranch>();
  const repositories = new Map<string, PublishedRepository | undefined>();
  for (const { folder } of datasets) {
    const found = await findDatasetRepository(folder);
    if (!found && branch !== undefined)
      throw new UsageError(`There is no git repository around ${folder}, so there is no branch "${branch}"`);
    const known = found && (branches.get(found.repository.root) ?? (await publishedBranch(found.repository, branch)));
    if (found && known) branches.set(found.repository.root, known);
    repositories.set(folder, found && known && { ...found, branch: known });
  }
  return repositories;
}
