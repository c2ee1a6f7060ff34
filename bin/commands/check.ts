import { existsSync } from "node:fs";
import { join } from "node:path";
import { prepareSqlThread } from "../../lib/adapters/threads/sql-thread.ts";
import { isEndAnnounced } from "../../lib/check/is-end-announced.ts";
import { DatasetInGit } from "../dataset-in-git.ts";
import { DATA, type DatasetFolder } from "../find-datasets.ts";
import { findPresentDatasets } from "../find-present-datasets.ts";
import { GitContext } from "../git-context.ts";
import { pathToWrite } from "../path-to-write.ts";
import { UsageError } from "../usage-error.ts";
import { BranchComparison } from "./branch-comparison.ts";
import { checkFolder } from "./check-folder.ts";
import type { CheckReporter } from "./check-reporter.ts";
import type { Comparison } from "./comparison.ts";
import { fixFile } from "./fix-file.ts";
import { type MissingDataset, missingDatasets } from "./missing-datasets.ts";
import { openCheckReporter } from "./open-check-reporter.ts";
import { openPublishedStore, type PublishedStore } from "./published-store.ts";
import { StoreComparison } from "./store-comparison.ts";
import { unusualFiles } from "./unusual-files.ts";

interface CheckOptions {
  format: string;
  against?: string;
  branch?: string;
  requireBase?: boolean;
  ended?: string[];
  fix?: boolean;
}

function comparisonOf(dataset: DatasetInGit, store: PublishedStore | undefined): Comparison {
  if (store) return new StoreComparison(dataset, store);
  dataset.prepare();
  return new BranchComparison(dataset);
}

async function fixFiles(dataset: DatasetFolder, reporter: CheckReporter): Promise<void> {
  const unusual = await unusualFiles(dataset);
  await pathToWrite(dataset.given);
  for (const file of unusual) reporter.fixed(await fixFile(file));
}

/** Whether a dataset seems to have SQL checks or views. */
const mayHaveSql = ({ folder }: DatasetFolder): boolean => ["checks", "views"].some((name) => existsSync(join(folder, name)));

/** A dataset that is deleted without a declared reason fails the check, like a deleted table. */
const isAccepted = ({ name, end, isLeftOut }: MissingDataset, ended: readonly string[]): boolean =>
  isLeftOut || isEndAnnounced(end) || ended.includes(name);

/** A check of no dataset must not pass. */
function refuseNothingChecked(datasets: readonly DatasetFolder[], missing: readonly MissingDataset[]): void {
  if (datasets.length === 0 && missing.some(({ isLeftOut }) => isLeftOut))
    throw new UsageError(`Nothing was checked: this sparse checkout leaves out every dataset. Add them: git sparse-checkout add ${DATA}`);
}

export async function check(nameOrPath: string | undefined, options: CheckOptions): Promise<number> {
  const reporter = openCheckReporter(options.format);
  const git = new GitContext(options.branch);
  const datasets = await findPresentDatasets(nameOrPath, git);
  const store = options.against === undefined ? undefined : await openPublishedStore(options.against, datasets);
  if (datasets.some(mayHaveSql)) prepareSqlThread();
  const notCompared: string[] = [];
  let failed = false;
  for (const dataset of datasets) {
    if (options.fix) await fixFiles(dataset, reporter);
    const unusual = options.fix ? [] : (await unusualFiles(dataset)).map(({ shown }) => shown);
    const found = new DatasetInGit(dataset, git);
    const result = await checkFolder(found, comparisonOf(found, store));
    failed ||= result.problemCount > 0;
    if (result.notCompared !== undefined) notCompared.push(`${dataset.shown}: ${result.notCompared}`);
    reporter.checked(dataset, result, unusual);
  }
  const missing = nameOrPath === undefined ? await missingDatasets(datasets, git) : [];
  for (const one of missing) {
    const isFine = isAccepted(one, options.ended ?? []);
    failed ||= !isFine;
    reporter.missing(one, isFine);
  }
  reporter.end(datasets.length + missing.length);
  if (failed) return 1;
  refuseNothingChecked(datasets, missing);
  if (options.requireBase && notCompared.length > 0)
    throw new UsageError(`--require-base: there was nothing to compare with.\n${notCompared.map((line) => `  ${line}`).join("\n")}`);
  return 0;
}
