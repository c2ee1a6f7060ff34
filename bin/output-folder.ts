import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { DATASET_FILE, SCHEMA_FILE } from "../lib/contract/dataset-files.ts";
import { PRIVATE_FOLDER } from "../lib/contract/private-folder.ts";
import { DATA } from "./find-datasets.ts";
import { foldersWith } from "./folders-with.ts";
import { pathToWrite } from "./path-to-write.ts";
import { UsageError } from "./usage-error.ts";

const DATASET_FILES = [DATASET_FILE, SCHEMA_FILE];
const isDataset = (folder: string): boolean => DATASET_FILES.every((name) => existsSync(join(folder, name)));

/** Recognizes a `.git` folder or a bare repository as git does. */
const isGitDirectory = (folder: string): boolean => ["HEAD", "objects", "refs"].every((name) => existsSync(join(folder, name)));

const GIT_FOLDERS = new Set(["objects", "refs", "logs", "hooks", "info", "worktrees", "modules"]);

/** The folder and its ancestors below the current folder, which may be a repository that is a dataset. */
function foldersUpTo(folder: string): string[] {
  const here = process.cwd();
  const found = [folder];
  for (let at = dirname(folder); folder !== here && at !== dirname(at) && at !== here; at = dirname(at)) found.push(at);
  return found;
}

const containsDatasets = async (folder: string): Promise<boolean> =>
  !existsSync(join(folder, PRIVATE_FOLDER)) && (await foldersWith(folder, DATASET_FILES)).length > 0;

/** Like `pathToWrite`, for a folder of many files. Throws if the folder would mix them with those of datasets or git. */
export async function outputFolder(path: string): Promise<string> {
  if (path === "") throw new UsageError("The name of the folder to write to is empty. Nothing was written.");
  const folder = resolve(path);
  const above = foldersUpTo(folder);
  const refuse = (why: string): never => {
    throw new UsageError(`${path} ${why}. Name another folder. Nothing was written.`);
  };
  if (isGitDirectory(folder)) refuse("is a git directory");
  if (above.some((at) => GIT_FOLDERS.has(basename(at)) && isGitDirectory(dirname(at)))) refuse("is in a folder of git");
  if (above.some(isDataset)) refuse("is in a dataset, which contains only its own files");
  if (await containsDatasets(folder)) refuse("is the folder of datasets");
  if (!existsSync(join(folder, PRIVATE_FOLDER)) && (await containsDatasets(join(folder, DATA))))
    refuse(`contains the folder ${DATA} of datasets, with which its files would be mixed`);
  return pathToWrite(path);
}
