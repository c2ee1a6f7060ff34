import { folderIds } from "./folder-ids.ts";
import type { GitRepository } from "./git-repository.ts";

/** The names of the folders in a folder of a commit, without hidden ones. */
export const folderNames = async (repository: GitRepository, commit: string, folder: string): Promise<string[]> => [
  ...(await folderIds(repository, commit, folder)).keys(),
];
