import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { copySource } from "../../lib/adapters/folder/copy-source.ts";
import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { checkIsolated, type IsolatedCheck } from "../../lib/adapters/threads/isolated-check.ts";
import { type BranchState, lastValidState } from "../../lib/build/last-valid-state.ts";
import { declaredRelease } from "../../lib/check/declared-release.ts";
import { endSentence } from "../../lib/check/end-sentence.ts";
import { findEnd } from "../../lib/check/find-end.ts";
import { isEndAnnounced } from "../../lib/check/is-end-announced.ts";
import { unannouncedEnd } from "../../lib/check/unannounced-end.ts";
import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import { shortCommitId } from "../../lib/contract/short-commit-id.ts";
import { ForgeError } from "../../lib/ports/forge-error.ts";
import type { Source } from "../../lib/ports/ports.ts";
import { TooManyRequestsError } from "../../lib/ports/too-many-requests-error.ts";
import { UnreadableSourceError } from "../../lib/ports/unreadable-source-error.ts";
import { hasControls } from "../../lib/release/has-controls.ts";
import { boundedSource } from "../bounded-source.ts";
import { errorFields } from "../error-fields.ts";
import { SourceTooLargeError } from "../source-too-large-error.ts";
import { sourcesOf } from "../sources-of.ts";
import type { CheckContext, CheckedRepository } from "./check-context.ts";
import type { CheckedDataset } from "./checked-dataset.ts";
import type { ComparedTrees } from "./compared-trees.ts";
import { decidingReleases } from "./deciding-releases.ts";
import { type InnerCommit, TOO_MANY } from "./inner-commits.ts";
import { notChecked } from "./not-checked.ts";
import { TooLargeForFunctionError } from "./too-large-for-function-error.ts";
import { touchedDatasets } from "./touched-datasets.ts";

/** Time reserved for reporting after all checks. */
const REPORT_SECONDS = 30;

/** The states of a dataset from the base back along the branch. */
async function* baseStates({ forge }: CheckedRepository, path: string, base: BranchState): AsyncGenerator<BranchState> {
  yield base;
  let [commit] = (await forge.commit(base.commit)).parents;
  while (commit !== undefined) {
    const { tree, parents } = await forge.commit(commit);
    yield { commit, folderId: await forge.folderId(tree, path) };
    [commit] = parents;
  }
}

/** Fetching takes longer than a check may. */
class FetchingTooLongError extends Error {
  override name = "FetchingTooLongError";
}

/** The files of a dataset, within the limits of a check. Reading fails when only the time for reporting is left. */
function sourceOf({ forge }: CheckedRepository, folderId: string, { limits, functionLimits, secondsLeft }: CheckContext): Source {
  const all = forge.source(folderId, limits);
  const source = functionLimits ? boundedSource(all, functionLimits) : all;
  return {
    list: () => source.list(),
    async *read(path) {
      if (secondsLeft() <= REPORT_SECONDS) throw new FetchingTooLongError("Not checked: fetching its files took too long");
      yield* source.read(path);
    },
  };
}

async function emptyFolders(folder: string, ...names: string[]): Promise<void> {
  for (const name of names) {
    await rm(join(folder, name), { recursive: true, force: true });
    await mkdir(join(folder, name), { recursive: true });
  }
}

/** Maximum time for the check of a dataset, which leaves enough to report. */
const secondsToCheck = (context: CheckContext): number => context.secondsLeft() - REPORT_SECONDS;

/** Checks the copy of a dataset in the folder `now`. */
async function checkCopied(
  dataset: string,
  folder: string,
  compared: Pick<IsolatedCheck, "base" | "releases">,
  context: CheckContext,
): Promise<CheckedDataset> {
  await emptyFolders(folder, "work");
  const seconds = secondsToCheck(context);
  if (seconds < 1) throw new FetchingTooLongError("Not checked: fetching its files took too long");
  const check = {
    ...compared,
    folder: join(folder, "now"),
    name: dataset,
    temporary: join(folder, "work"),
    deadlineSeconds: Math.min(context.deadlineSeconds, seconds),
    heapMB: context.heapMB,
  };
  const { over, ...result } = await checkIsolated(check, context.worker);
  return over ? context.onTooLarge(dataset, over.message, over.remedy) : { dataset, ...result };
}

/** Copies a base. Returns a problem if it contains a file that is not allowed, such as a link. */
async function copyBase(source: Source, folder: string): Promise<string | undefined> {
  try {
    await copySource(source, folder);
    return undefined;
  } catch (error) {
    // Errors about limits name no file: a larger dataset may have been released.
    if (error instanceof UnreadableSourceError && error.path !== undefined) return error.message;
    throw error;
  }
}

/** Copies of the releases that determine the base of a change, or the reason why they are unknown. */
interface CopiedReleases extends Pick<IsolatedCheck, "releases"> {
  unknown: string;
}

/** Copies the base of the change in the folder `now`, if withdrawals or removals in `now` or `before` determine it. */
async function copyReleases(
  repository: CheckedRepository,
  { folder, ...change }: { dataset: string; path: string; folder: string; baseCommit: string },
  context: CheckContext,
): Promise<Partial<CopiedReleases>> {
  const [release, before] = [
    await declaredRelease(folderSource(join(folder, "now"))),
    await declaredRelease(folderSource(join(folder, "before"))),
  ];
  if (!hasControls(release) && !hasControls(before)) return {};
  const found = await decidingReleases(repository, { ...change, release }, context);
  if (typeof found === "string") return { unknown: found };
  if (!found) return {};
  const folders: Record<string, string> = {};
  for (const [version, folderId] of found.folderIds) {
    const at = join(folder, "releases", version);
    await emptyFolders(at, ".");
    await copySource(sourceOf(repository, folderId, context), at);
    folders[version] = at;
  }
  return { releases: { catalogue: found.catalogue, folders } };
}

type Attempt = (state: { folderId: string }, name: string) => Promise<CheckedDataset>;

/**
 * Always tries the state of the base, and earlier states only while twice the time of the last attempt is left. Otherwise the change is
 * checked without a comparison.
 */
function whileTimeIsLeft(context: CheckContext, attempt: Attempt): (...state: Parameters<Attempt>) => Promise<CheckedDataset | undefined> {
  let lastSeconds: number | undefined;
  return async (...state) => {
    if (lastSeconds !== undefined && secondsToCheck(context) < 2 * lastSeconds) return undefined;
    const before = context.secondsLeft();
    try {
      return await attempt(...state);
    } catch (error) {
      if (lastSeconds === undefined || !(error instanceof FetchingTooLongError || error instanceof TooManyRequestsError)) throw error;
      context.log("no earlier state is tried", errorFields(error));
      return undefined;
    } finally {
      lastSeconds = before - context.secondsLeft();
    }
  };
}

/** Fetches a dataset at a commit and at its base, and checks it. */
async function checkDataset(
  repository: CheckedRepository,
  dataset: string,
  comparison: ComparedTrees,
  context: CheckContext,
): Promise<CheckedDataset> {
  const { tree, base } = comparison;
  const { forge, dataFolder, branch } = repository;
  if (secondsToCheck(context) < 1)
    return context.onTooLarge(dataset, "Not checked: the datasets before it took too long. Split the change");
  if (!isDatasetName(dataset))
    return notChecked(dataset, "The folder's name is not a dataset name: use lower-case letters, digits and hyphens");
  const path = `${dataFolder}/${dataset}`;
  const now = await forge.folderId(tree, path);
  const before = base === null ? null : await forge.folderId(base, path);
  const folder = join(context.folder, dataset);
  const at = (name: string): string => join(folder, name);
  try {
    if (now === null) return await checkDeleted(repository, dataset, { tree, before }, context);
    await mkdir(at("now"), { recursive: true });
    await copySource(sourceOf(repository, now, context), at("now"));
    const { baseCommit } = comparison;
    if (before === null || baseCommit === undefined) {
      const alone = await checkCopied(dataset, folder, {}, context);
      return base === null ? { ...alone, notCompared: `it shares no commit with ${branch}` } : alone;
    }
    const checkAlone = async (notCompared: string): Promise<CheckedDataset> => ({
      ...(await checkCopied(dataset, folder, {}, context)),
      notCompared,
    });
    let releases: Partial<CopiedReleases> | undefined;
    const states = baseStates(repository, path, { commit: baseCommit, folderId: before });
    const checked = await lastValidState<CheckedDataset>(states, {
      name: branch,
      attempt: whileTimeIsLeft(context, async ({ folderId }, name) => {
        await emptyFolders(folder, "before");
        const problem = await copyBase(sourceOf(repository, folderId, context), at("before"));
        if (problem !== undefined) return { ...(await checkAlone(`${name} has problems itself: ${problem}`)), isBaseInvalid: true };
        // A base with problems may hide withdrawals, which an earlier state may show.
        if (releases?.releases === undefined) releases = await copyReleases(repository, { dataset, path, folder, baseCommit }, context);
        const { unknown, ...known } = releases;
        if (unknown !== undefined) return checkAlone(unknown);
        return checkCopied(dataset, folder, { base: { folder: at("before"), name }, ...known }, context);
      }),
      isInvalid: ({ isBaseInvalid }) => isBaseInvalid === true,
    });
    return checked as CheckedDataset;
  } catch (error) {
    // Errors of the forge and of AWS are rethrown. Any other error is the verdict on this dataset.
    return failedCheck(dataset, error, context);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The verdict on a dataset that a commit deletes: its authors must declare its end. */
async function checkDeleted(
  repository: CheckedRepository,
  dataset: string,
  { tree, before }: { tree: string; before: string | null },
  context: CheckContext,
): Promise<CheckedDataset> {
  const nothing = { dataset, problems: [], problemCount: 0, records: new Map<string, number>() };
  if (before === null) return nothing;
  const { forge, branch, dataFolder } = repository;
  const names = [...(await forge.folderIds(tree, dataFolder)).keys()].filter(isDatasetName);
  const source = (folderId: string): Source => sourceOf(repository, folderId, context);
  const folderId = (root: string, path: string): Promise<string | null> => forge.folderId(root, path);
  const present = sourcesOf({ forge: { folderId, source }, dataFolder }, tree, names, context.limits);
  const end = await findEnd(dataset, source(before), present);
  if (isEndAnnounced(end)) return { ...nothing, end: endSentence(end) };
  const { message, remedy } = unannouncedEnd(dataset, branch);
  return { ...notChecked(dataset, `${dataset} ${message}`, remedy), end: message };
}

/** The verdict on a dataset whose check threw an error. Errors of the forge and of AWS are rethrown, to be retried. */
function failedCheck(dataset: string, error: unknown, context: CheckContext): CheckedDataset {
  if (error instanceof ForgeError || error instanceof TooLargeForFunctionError || (error as { $metadata?: object }).$metadata) throw error;
  const isBeyond = [SourceTooLargeError, FetchingTooLongError, TooManyRequestsError].some((kind) => error instanceof kind);
  if (isBeyond) return context.onTooLarge(dataset, (error as Error).message);
  if (error instanceof UnreadableSourceError) return notChecked(dataset, error.message);
  context.log("check failed", errorFields(error));
  return notChecked(dataset, `The check failed: ${(error as Error).message}`);
}

export async function checkDatasets(
  repository: CheckedRepository,
  datasets: readonly string[],
  comparison: ComparedTrees,
  context: CheckContext,
): Promise<CheckedDataset[]> {
  const checked: CheckedDataset[] = [];
  for (const dataset of datasets) checked.push(await checkDataset(repository, dataset, comparison, context));
  return checked;
}

/** Checks each commit of a pull request against its parent. If rebase is the only merge method, each is released separately. */
export async function checkDatasetsOfInnerCommits(
  repository: CheckedRepository,
  datasets: readonly string[],
  commits: readonly InnerCommit[] | undefined,
  context: CheckContext,
): Promise<CheckedDataset[]> {
  if (commits === undefined) return datasets.slice(0, 1).map((dataset) => notChecked(dataset, TOO_MANY));
  const found: CheckedDataset[] = [];
  for (const { id, tree, parent, before: base } of commits.length > 1 ? commits : []) {
    const touched = new Set(await touchedDatasets(repository, { tree, base }));
    for (const dataset of datasets.filter((name) => touched.has(name))) {
      const { change, ...checked } = await checkDataset(repository, dataset, { tree, base, baseCommit: parent }, context);
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
