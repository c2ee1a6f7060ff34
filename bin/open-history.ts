import { folderSource } from "../lib/adapters/folder/folder-source.ts";
import { folderHistory } from "../lib/adapters/git/folder-history.ts";
import { gitHistory } from "../lib/adapters/git/git-history.ts";
import { readDataset } from "../lib/check/check-dataset.ts";
import type { History } from "../lib/ports/ports.ts";
import { publishedRepository } from "./dataset-repository.ts";
import type { DatasetFolder } from "./find-datasets.ts";

export async function openHistory({ folder }: DatasetFolder, branch?: string): Promise<History> {
  const found = await publishedRepository(folder, branch);
  if (found) return gitHistory(found.repository, found.branch.ref, found.path);
  const source = folderSource(folder);
  return folderHistory(source, (await readDataset(source)).dataset?.metadata.date?.concat("T00:00:00Z") ?? null);
}
