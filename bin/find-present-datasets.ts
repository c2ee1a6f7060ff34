import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { DATA, type DatasetFolder, findDatasets } from "./find-datasets.ts";
import type { GitContext } from "./git-context.ts";

/** The folder of datasets, by the path of its parent in a repository. */
export const datasetsFolderIn = (path: string): string => [path, DATA].filter(Boolean).join("/");

/** Printed if all datasets have ended. */
export const NO_DATASET_LEFT = `The folder ${DATA}/ contains no dataset any more. Releases stay published.`;

/** Whether the current folder has no dataset because the branch has ended all of them. */
async function hasEndedAll(git: GitContext): Promise<boolean> {
  if (existsSync(DATA) && (await readdir(DATA)).length > 0) return false;
  const found = await git.repositoryOf(process.cwd());
  if (!found) return false;
  const { repository, path } = found;
  const newest = await repository.ask("rev-list", "--max-count=1", "HEAD", "--", datasetsFolderIn(path));
  return newest !== undefined && newest.trim() !== "";
}

/** Like `findDatasets`, but returns an empty list if all datasets of the repository have ended. */
export async function findPresentDatasets(nameOrPath: string | undefined, git: GitContext): Promise<DatasetFolder[]> {
  return nameOrPath === undefined && (await hasEndedAll(git)) ? [] : findDatasets(nameOrPath);
}
