import { readDataset } from "../../lib/check/read-dataset.ts";
import type { Commit, History } from "../../lib/ports/ports.ts";
import { ShallowHistoryError } from "../../lib/ports/shallow-history-error.ts";
import { assumedReleases } from "../../lib/publish/assumed-releases.ts";
import { changedCommits } from "../../lib/publish/changed-commits.ts";
import type { State } from "../../lib/publish/commit-builds.ts";
import { UndecidedError } from "../../lib/publish/undecided-error.ts";
import type { Control } from "../../lib/release/with-controls.ts";
import { RUNTIME } from "../runtime.ts";

export const UNKNOWN_RELEASES =
  "dataset.json withdraws or removes a release, and git alone does not tell which commit made it. Use --against STORE";

type Release = Control["release"];

const controlsText = ({ withdrawn = [], removed = [] }: Release): string => JSON.stringify([withdrawn, removed]);

/** What `dataset.json` of a commit says of releases. */
export async function releaseAt(history: History, commit: Commit): Promise<Release> {
  return (await readDataset(history.at(commit))).dataset?.metadata.release ?? {};
}

/**
 * The releases that the history up to a commit makes, if a change after it (`release`: its block of dataset.json), or the last commit that
 * changed the dataset, withdraws or removes some; undefined if not. "unknown": the clone is shallow, the history too long, or the check of
 * a commit in it did not complete.
 */
export async function releasesBefore(
  history: History,
  commit: string,
  { dataset, release }: { dataset: string; release: Release },
): Promise<State | "unknown" | undefined> {
  if (controlsText(release) === controlsText({})) return undefined;
  const isSameAt = async (at: Commit | undefined): Promise<boolean> =>
    at !== undefined && controlsText(await releaseAt(history, at)) === controlsText(release);
  try {
    if (await isSameAt(changedCommits(await history.after(null)).at(-2))) return undefined;
    return (await assumedReleases({ dataset, history, runtime: RUNTIME })) ?? "unknown";
  } catch (error) {
    if (error instanceof UndecidedError) return "unknown";
    if (!(error instanceof ShallowHistoryError)) throw error;
    return (await isSameAt({ id: commit, date: null, tree: null })) ? undefined : "unknown";
  }
}
