import { existsSync } from "node:fs";
import { join } from "node:path";
import { folderSource } from "../lib/adapters/folder/folder-source.ts";
import { folderHistory } from "../lib/adapters/git/folder-history.ts";
import { gitHistory } from "../lib/adapters/git/git-history.ts";
import { readDataset } from "../lib/check/read-dataset.ts";
import { DATASET_FILE } from "../lib/contract/dataset-files.ts";
import { isDatasetName } from "../lib/contract/dataset-name.ts";
import type { History } from "../lib/ports/ports.ts";
import { DATA, type DatasetFolder, findDatasets } from "./find-datasets.ts";
import type { GitContext } from "./git-context.ts";

/** The history of a dataset that the branch contained earlier, in `data/` of the current repository; undefined if there was none. */
export async function endedHistory(name: string, git: GitContext): Promise<History | undefined> {
  if (!isDatasetName(name) || existsSync(join(DATA, name)) || existsSync(join(name, DATASET_FILE))) return undefined;
  const found = await git.publishedRepositoryOf(process.cwd());
  if (!found) return undefined;
  const history = gitHistory(found.repository, found.branch.ref, [found.path, DATA, name].filter(Boolean).join("/"));
  const { commits } = await history.after(null);
  return commits.some(({ tree }) => tree !== null) ? history : undefined;
}

/** The history of a dataset by name. If the branch has ended it, its folder is deleted but its releases remain. */
export async function openNamedHistory(name: string, git: GitContext): Promise<History> {
  const ended = await endedHistory(name, git);
  if (ended) return ended;
  const [folder] = await findDatasets(name);
  return openHistory(folder as DatasetFolder, git);
}

/** The history of a dataset: the history of its published branch, or only the folder outside of a repository. */
export async function openHistory({ folder }: DatasetFolder, git: GitContext): Promise<History> {
  const found = await git.publishedRepositoryOf(folder);
  if (found) return gitHistory(found.repository, found.branch.ref, found.path);
  const source = folderSource(folder);
  const { dataset } = await readDataset(source, undefined, { mayHaveOverlookedProblems: true });
  return folderHistory(source, dataset?.metadata.date?.concat("T00:00:00Z") ?? null);
}
