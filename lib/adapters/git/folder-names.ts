import { folderIds } from "./folder-ids.ts";
import type { GitRepository } from "./git-repository.ts";

/** The names of the subfolders of a folder in a commit. Hidden folders are skipped. */
export const folderNames = async (repository: GitRepository, commit: string, folder: string): Promise<string[]> => [
  ...(await folderIds(repository, commit, folder)).keys(),
];
