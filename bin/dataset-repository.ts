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

/** The same with the branch that is published. Throws `UnknownBranchError`. */
export async function publishedRepository(
  folder: string,
  branch?: string,
): Promise<(DatasetRepository & { branch: PublishedBranch }) | undefined> {
  const found = await findDatasetRepository(folder);
  if (found) return { ...found, branch: await publishedBranch(found.repository, branch) };
  if (branch !== undefined) throw new UsageError(`There is no git repository around ${folder}, so there is no branch "${branch}"`);
  return undefined;
}
