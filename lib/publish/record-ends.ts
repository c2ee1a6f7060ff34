import { endSentence } from "../check/end-sentence.ts";
import { findEnd } from "../check/find-end.ts";
import { shortCommitId } from "../contract/short-commit-id.ts";
import { HistoryTooLongError } from "../ports/history-too-long-error.ts";
import type { Aliases, Commit, History, Log, Source, Store } from "../ports/ports.ts";
import { readCatalogue } from "../ports/read-catalogue.ts";
import { ShallowHistoryError } from "../ports/shallow-history-error.ts";
import { CatalogueError } from "../release/catalogue-error.ts";
import type { DatasetEnd, EndReason } from "../release/dataset-end.ts";
import { projectDataset } from "../render/project-dataset.ts";
import { publishedDatasetNames } from "../render/published-dataset-names.ts";
import { readSite, writeSiteEnds } from "../render/site.ts";

/** The datasets of the published branch. */
export interface BranchDatasets {
  /** The files of each dataset at the tip. */
  present: ReadonlyMap<string, Source>;
  /** Returns the history of any dataset, even one that the tip lacks. */
  historyOf(name: string): History;
}

interface EndsJob {
  store: Store;
  aliases: Aliases;
  log: Log;
}

/** The start of the newest run of commits that have (or lack) the folder: its first commit, and the one before it. */
function lastRun(commits: readonly Commit[], isThere: boolean): { first: Commit | undefined; before: Commit | undefined } {
  const at = commits.findLastIndex(({ tree }) => (tree !== null) !== isThere);
  return { first: commits[at + 1], before: commits[at] };
}

/** Commit and date of the newest release of a dataset; undefined if there is none, or if it was published without git. */
async function newestRelease(store: Store, name: string): Promise<{ commit: string; date: string | null } | undefined> {
  const newest = (await readCatalogue(store, name))?.catalogue.releases[0];
  return newest?.commit ? { commit: newest.commit, date: newest.date } : undefined;
}

/** Why a dataset ended. A successor without a release has no page, so it is omitted. */
async function endReason(store: Store, name: string, last: Source, { present }: BranchDatasets): Promise<EndReason> {
  const { reason, continuedAs } = await findEnd(name, last, present);
  const isReleased = continuedAs !== undefined && ((await readCatalogue(store, continuedAs))?.catalogue.releases.length ?? 0) > 0;
  return { ...(reason === undefined ? {} : { reason }), ...(isReleased ? { continuedAs } : {}) };
}

/**
 * A dataset is back if its newest release is on the branch and later than a known end: the commit of the end was then removed from the
 * branch. In an outdated clone, the newest release is older than the end.
 */
async function stateWithoutEnd(
  history: History,
  newest: { commit: string; date: string | null },
  end: DatasetEnd,
  isPresent: boolean,
): Promise<DatasetEnd | undefined> {
  const isLater = isPresent && newest.date !== null && end.date !== null && newest.date > end.date;
  return isLater && (await history.position(newest.commit)) === "on" ? { ...newest, isBack: true } : undefined;
}

/**
 * Whether a dataset that was published from the branch has ended or is back. Undefined if nothing has changed, or if the branch cannot
 * tell: it belongs to another repository, or is an outdated clone.
 */
async function stateOf(store: Store, name: string, branch: BranchDatasets, known: DatasetEnd | undefined): Promise<DatasetEnd | undefined> {
  const isPresent = branch.present.has(name);
  if (isPresent && (known === undefined || known.isBack)) return undefined;
  const newest = await newestRelease(store, name);
  if (newest === undefined) return undefined;
  const history = branch.historyOf(name);
  if (known && (await history.position(known.commit)) !== "on") return stateWithoutEnd(history, newest, known, isPresent);
  const { position, base, commits, tip } = await history.after(newest.commit);
  // The folder may exist without being a dataset, and the tip may have moved.
  if (position !== "on" || (tip?.tree !== null) !== isPresent) return undefined;
  const { first, before } = lastRun(commits, isPresent);
  if (isPresent) return known && { date: first?.date ?? null, commit: first?.id ?? newest.commit, isBack: true };
  if (!first?.id) return undefined;
  const last = history.at(before ?? { id: newest.commit, date: null, tree: base });
  return { date: first.date, commit: first.id, ...(await endReason(store, name, last, branch)) };
}

/** The state of a dataset. If the clone is too shallow to tell, logs a line and returns undefined. */
async function readStateOrLog(
  { store, log }: EndsJob,
  name: string,
  branch: BranchDatasets,
  known: DatasetEnd | undefined,
): Promise<DatasetEnd | undefined> {
  try {
    return await stateOf(store, name, branch, known);
  } catch (error) {
    if (!(error instanceof ShallowHistoryError || error instanceof HistoryTooLongError)) throw error;
    log(`${name}  could not be checked for its end: ${error.message}`);
    return undefined;
  }
}

function stateSentence(end: DatasetEnd): string {
  if (end.isBack) return "is in the published branch again";
  if (end.reason !== undefined || end.continuedAs !== undefined) return endSentence(end);
  return `was deleted by commit ${shortCommitId(end.commit)}. Its releases stay published, and its page shows it.`;
}

/** The result of a step for a dataset; undefined if its catalogue is damaged, which the caller reports after the other datasets. */
async function unlessDamaged<T>(damaged: Map<string, CatalogueError>, name: string, step: Promise<T>): Promise<T | undefined> {
  try {
    return await step;
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    damaged.set(name, error);
    return undefined;
  }
}

/**
 * Records which datasets the branch has deleted or restored, so that their pages show it. A dataset belongs to the branch that contains the
 * commit of its newest release, because several repositories may publish to one store. `unfinished`: datasets with commits that are still
 * to be released. If a catalogue is damaged, handles the other datasets before throwing its `CatalogueError`.
 */
export async function recordEnds(job: EndsJob, branch: BranchDatasets, unfinished: ReadonlySet<string> = new Set()): Promise<void> {
  const { store, aliases, log } = job;
  const known = (await readSite(store)).ended ?? {};
  const names = new Set([...(await publishedDatasetNames(store)), ...Object.keys(known)]);
  const changed: Record<string, DatasetEnd> = {};
  const damaged = new Map<string, CatalogueError>();
  for (const name of [...names].sort()) {
    if (unfinished.has(name)) continue;
    const before = Object.hasOwn(known, name) ? known[name] : undefined;
    const state = await unlessDamaged(damaged, name, readStateOrLog(job, name, branch, before));
    if (state === undefined || JSON.stringify(state) === JSON.stringify(before)) continue;
    changed[name] = state;
    log(`${name}  ${stateSentence(state)}`);
  }
  await writeSiteEnds(store, changed);
  // Also repairs the pages after an interrupted run.
  for (const name of new Set([...Object.keys(known), ...Object.keys(changed)]))
    if (!damaged.has(name)) await unlessDamaged(damaged, name, projectDataset(store, aliases, name));
  const [first, ...others] = damaged.values();
  for (const { message } of others) log(message);
  if (first) throw first;
}
