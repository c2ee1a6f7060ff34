import { folderSource } from "../lib/adapters/folder/folder-source.ts";
import { folderHistory } from "../lib/adapters/git/folder-history.ts";
import { gitHistory } from "../lib/adapters/git/git-history.ts";
import { readDataset } from "../lib/check/read-dataset.ts";
import type { History } from "../lib/ports/ports.ts";
import type { DatasetFolder } from "./find-datasets.ts";
import type { GitContext } from "./git-context.ts";

/** The history of a dataset: that of its published branch, or of the folder alone if it is in no repository. */
export async function openHistory({ folder }: DatasetFolder, git: GitContext): Promise<History> {
  const found = await git.publishedRepositoryOf(folder);
  if (found) return gitHistory(found.repository, found.branch.ref, found.path);
  const source = folderSource(folder);
  return folderHistory(source, (await readDataset(source)).dataset?.metadata.date?.concat("T00:00:00Z") ?? null);
}
