import { folderSource } from "../lib/adapters/folder/folder-source.ts";
import { folderHistory } from "../lib/adapters/git/folder-history.ts";
import { gitHistory } from "../lib/adapters/git/git-history.ts";
import { readDataset } from "../lib/check/check-dataset.ts";
import type { History } from "../lib/ports/ports.ts";
import { type PublishedRepository, publishedRepository } from "./dataset-repository.ts";
import type { DatasetFolder } from "./find-datasets.ts";

/** The history of a dataset: of its published branch, or of the folder alone where there is no repository. */
export const openHistory = async (dataset: DatasetFolder, branch?: string): Promise<History> =>
  openHistoryIn(await publishedRepository(dataset.folder, branch), dataset);

/** The same, where the repository is known. */
export async function openHistoryIn(found: PublishedRepository | undefined, { folder }: DatasetFolder): Promise<History> {
  if (found) return gitHistory(found.repository, found.branch.ref, found.path);
  const source = folderSource(folder);
  return folderHistory(source, (await readDataset(source)).dataset?.metadata.date?.concat("T00:00:00Z") ?? null);
}
