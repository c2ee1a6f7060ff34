import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { copySource } from "../../lib/adapters/folder/copy-source.ts";
import { checkIsolated } from "../../lib/adapters/threads/isolated-check.ts";
import { endSentence, findEnd, isEndAnnounced, unannouncedEnd } from "../../lib/check/find-end.ts";
import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import { shortCommitId } from "../../lib/contract/short-commit-id.ts";
import { ForgeError } from "../../lib/ports/forge.ts";
import { type Source, UnreadableSourceError } from "../../lib/ports/ports.ts";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";
import { sourcesOf } from "../sources-of.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { type ForgeContext, LIMITS } from "../with-forge.ts";
import { type CheckedDataset, notChecked } from "./check-verdict.ts";
import { type InnerCommit, TOO_MANY } from "./inner-commits.ts";

/** Maximum time for the check of one dataset; less if the function has less left. */
const DEADLINE_SECONDS = Number(process.env["CHECK_DEADLINE_SECONDS"] ?? 90);
/** Kept for reporting when all checks are done. */
const REPORT_SECONDS = 30;
const HEAP_MB = 1_024;

/** A commit's root folder and that of the commit that it is compared with (null: there is none). */
export interface Comparison {
  tree: string;
  base: string | null;
}

export type SecondsLeft = () => number;

/** A source that stops when only the time for reporting is left. */
function sourceInTime(source: Source, secondsLeft: SecondsLeft): Source {
  return {
    list: () => source.list(),
    async *read(path) {
      if (secondsLeft() <= REPORT_SECONDS) throw new UnreadableSourceError("Not checked: fetching its files used up the time");
      yield* source.read(path);
    },
  };
}

/** Fetches one dataset of a commit, and of the commit that it is compared with, and checks it. */
async function checkDataset(
  context: ForgeContext,
  dataset: string,
  { tree, base }: Comparison,
  secondsLeft: SecondsLeft,
): Promise<CheckedDataset> {
  const { forge, dataFolder, branch } = context;
  if (secondsLeft() - REPORT_SECONDS < 1)
    return notChecked(dataset, "Not checked: the datasets before it used up the time. Split the change");
  if (!isDatasetName(dataset)) return notChecked(dataset, "The folder's name is not a dataset name: use small letters, digits and hyphens");
  const path = `${dataFolder}/${dataset}`;
  const now = await forge.folderId(tree, path);
  const before = base === null ? null : await forge.folderId(base, path);
  if (now === null) return checkDeleted(context, dataset, tree, before);
  const folder = join(temporaryFolder(), dataset);
  const at = (name: string): string => join(folder, name);
  try {
    for (const name of ["now", "before", "work"]) await mkdir(at(name), { recursive: true });
    await copySource(sourceInTime(forge.source(now, LIMITS), secondsLeft), at("now"));
    if (before !== null) await copySource(sourceInTime(forge.source(before, LIMITS), secondsLeft), at("before"));
    const seconds = secondsLeft() - REPORT_SECONDS;
    if (seconds < 1) return notChecked(dataset, "Not checked: fetching its files used up the time");
    const check = {
      folder: at("now"),
      name: dataset,
      ...(before === null ? {} : { base: { folder: at("before"), name: branch } }),
      temporary: at("work"),
      deadlineSeconds: Math.min(DEADLINE_SECONDS, seconds),
      heapMB: HEAP_MB,
    };
    const result = await checkIsolated(check, new URL(import.meta.url));
    return { dataset, ...result, ...(base === null ? { notCompared: `it shares no commit with ${branch}` } : {}) };
  } catch (error) {
    // What the forge or AWS refuse is thrown on; anything else is the verdict on this dataset.
    return notChecked(dataset, checkFailure(error));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The verdict on a dataset that a commit deletes: its authors say what becomes of it. */
async function checkDeleted(
  { forge, branch, dataFolder }: ForgeContext,
  dataset: string,
  tree: string,
  before: string | null,
): Promise<CheckedDataset> {
  const nothing = { dataset, problems: [], problemCount: 0, records: new Map<string, number>() };
  if (before === null) return nothing;
  const names = (await forge.folderNames(tree, dataFolder)).filter(isDatasetName);
  const end = await findEnd(dataset, forge.source(before, LIMITS), sourcesOf({ forge, dataFolder }, tree, names));
  if (isEndAnnounced(end)) return { ...nothing, end: endSentence(end) };
  const { message, remedy } = unannouncedEnd(dataset, branch);
  return { ...notChecked(dataset, `${dataset} ${message}`, remedy), end: message };
}

/** The verdict on a dataset that the check stumbles over. Failures of the forge and of AWS are thrown: they are retried. */
function checkFailure(error: unknown): string {
  if (error instanceof ForgeError || (error as { $metadata?: object }).$metadata) throw error;
  if (error instanceof UnreadableSourceError) return error.message;
  logger.warn("check failed", errorFields(error));
  return `The check failed: ${(error as Error).message}`;
}

/** Names of the datasets that differ between a commit and its base. */
export async function touchedDatasets({ forge, dataFolder }: ForgeContext, { tree, base }: Comparison): Promise<string[]> {
  const names = new Set(await forge.folderNames(tree, dataFolder));
  if (base !== null) for (const name of await forge.folderNames(base, dataFolder)) names.add(name);
  const touched: string[] = [];
  for (const dataset of [...names].sort()) {
    const path = `${dataFolder}/${dataset}`;
    if (base === null || (await forge.folderId(tree, path)) !== (await forge.folderId(base, path))) touched.push(dataset);
  }
  return touched;
}

export async function checkDatasets(
  context: ForgeContext,
  datasets: readonly string[],
  comparison: Comparison,
  secondsLeft: SecondsLeft,
): Promise<CheckedDataset[]> {
  const checked: CheckedDataset[] = [];
  for (const dataset of datasets) checked.push(await checkDataset(context, dataset, comparison, secondsLeft));
  return checked;
}

/** Checks each commit of a pull request against its parent, as they are released if rebase is the only way to merge. */
export async function checkInnerCommits(
  context: ForgeContext,
  datasets: readonly string[],
  commits: readonly InnerCommit[] | undefined,
  secondsLeft: SecondsLeft,
): Promise<CheckedDataset[]> {
  if (commits === undefined) return datasets.slice(0, 1).map((dataset) => notChecked(dataset, TOO_MANY));
  const found: CheckedDataset[] = [];
  for (const { id, tree, before: base } of commits.length > 1 ? commits : []) {
    const touched = new Set(await touchedDatasets(context, { tree, base }));
    for (const dataset of datasets.filter((name) => touched.has(name))) {
      const { change, ...checked } = await checkDataset(context, dataset, { tree, base }, secondsLeft);
      const problems = [...checked.problems, ...(change?.problems ?? [])].map((problem) => ({
        ...problem,
        message: `In commit ${shortCommitId(id)}: ${problem.message}`,
      }));
      const problemCount = checked.problemCount + (change?.problems.length ?? 0);
      if (problemCount > 0) found.push({ ...checked, problems, problemCount });
    }
  }
  return found;
}
