import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { findGitRepository, type GitRepository } from "../lib/adapters/git/git-repository.ts";

export interface DatasetRepository {
  repository: GitRepository;
  /** Path of the dataset within the repository. */
  path: string;
}

/** The repository of a dataset; undefined outside of a repository. */
export async function findDatasetRepository(folder: string): Promise<DatasetRepository | undefined> {
  const repository = await findGitRepository(folder);
  return repository && { repository, path: relative(repository.root, realpathSync(folder)).split(sep).join("/") };
}
