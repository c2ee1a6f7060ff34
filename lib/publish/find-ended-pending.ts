import { HistoryTooLongError } from "../ports/history-too-long-error.ts";
import type { Store } from "../ports/ports.ts";
import { readCatalogue } from "../ports/read-catalogue.ts";
import { ShallowHistoryError } from "../ports/shallow-history-error.ts";
import { CatalogueError } from "../release/catalogue-error.ts";
import { publishedDatasetNames } from "../render/published-dataset-names.ts";
import { readSite } from "../render/site.ts";
import { changedCommits } from "./changed-commits.ts";
import type { BranchDatasets } from "./record-ends.ts";

/** Whether a dataset that the tip lacks has unreleased commits on the branch. */
async function hasPending(store: Store, name: string, { historyOf }: BranchDatasets): Promise<boolean> {
  try {
    const newest = (await readCatalogue(store, name))?.catalogue.releases[0];
    if (!newest?.commit) return false;
    const { position, base, commits, tip } = await historyOf(name).after(newest.commit);
    return position === "on" && tip?.tree === null && changedCommits({ base, commits }).length > 0;
  } catch (error) {
    // `recordEnds` reports it.
    const isExpected = error instanceof ShallowHistoryError || error instanceof HistoryTooLongError || error instanceof CatalogueError;
    if (!isExpected) throw error;
    return false;
  }
}

/**
 * The datasets that a branch deleted before all their commits were released. They are published like others, so that their last corrections
 * are not lost. `isRecordedToo`: include datasets whose end is recorded, which reads their history since then in every run.
 */
export async function findEndedPending(store: Store, branch: BranchDatasets, { isRecordedToo = false } = {}): Promise<string[]> {
  const known = (await readSite(store)).ended ?? {};
  const found: string[] = [];
  for (const name of [...(await publishedDatasetNames(store))].sort()) {
    const isRecorded = Object.hasOwn(known, name) && known[name]?.isBack !== true;
    if (branch.present.has(name) || (isRecorded && !isRecordedToo)) continue;
    if (await hasPending(store, name, branch)) found.push(name);
  }
  return found;
}
