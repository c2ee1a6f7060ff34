import { compareReleases } from "../../lib/build/compare-releases.ts";
import { IncompleteCheckError } from "../../lib/build/incomplete-check-error.ts";
import { sourceSide } from "../../lib/build/release-side.ts";
import { declaredRelease } from "../../lib/check/declared-release.ts";
import { FIRST_LAYOUT } from "../../lib/contract/layout.ts";
import { MissingCommitError } from "../../lib/ports/missing-commit-error.ts";
import type { Commit, History, Workspace } from "../../lib/ports/ports.ts";
import { ShallowHistoryError } from "../../lib/ports/shallow-history-error.ts";
import { UnreadableSourceError } from "../../lib/ports/unreadable-source-error.ts";
import { assumedReleases } from "../../lib/publish/assumed-releases.ts";
import { changedCommits } from "../../lib/publish/changed-commits.ts";
import type { ReleaseState } from "../../lib/publish/commit-builds.ts";
import { UndecidedError } from "../../lib/publish/undecided-error.ts";
import { hasControls } from "../../lib/release/has-controls.ts";
import type { Control } from "../../lib/release/with-controls.ts";
import { RUNTIME } from "../runtime.ts";
import { withWorkspaces } from "../with-workspaces.ts";

export const UNKNOWN_RELEASES =
  "dataset.json withdraws or removes a release, and git does not record which commit made it. Use --against STORE";

type Release = Control["release"];

const controlsText = ({ withdrawn = [], removed = [] }: Release): string => JSON.stringify([withdrawn, removed]);

/** The `release` block of `dataset.json` at a commit; empty if the commit lacks the dataset. */
export async function declaredReleaseAt(history: History, commit: Commit): Promise<Awaited<ReturnType<typeof declaredRelease>>> {
  try {
    return await declaredRelease(history.at(commit));
  } catch (error) {
    if (error instanceof MissingCommitError || error instanceof UnreadableSourceError) return {};
    throw error;
  }
}

/**
 * The releases that the history up to a commit makes, if a change after it may be compared with a release other than the last: because the
 * change adds or ends withdrawals or removals, or because no release was made since a commit did so. Undefined otherwise. "unknown": the
 * clone is shallow, the history too long, or the check of a commit did not complete. `release`: the block of the change.
 */
export async function releasesBefore(
  history: History,
  commit: string,
  { dataset, release }: { dataset: string; release: Release },
): Promise<ReleaseState | "unknown" | undefined> {
  const controls = controlsText(release);
  const isChange = controlsText(await declaredReleaseAt(history, { id: commit, date: null, tree: null })) !== controls;
  if (!isChange && !hasControls(release)) return undefined;
  try {
    if (!isChange && (await hasNewContentSince(history, controls))) return undefined;
    return (await assumedReleases({ dataset, history, runtime: RUNTIME })) ?? "unknown";
  } catch (error) {
    if (error instanceof UndecidedError || error instanceof IncompleteCheckError) return "unknown";
    if (!(error instanceof ShallowHistoryError)) throw error;
    return isChange ? "unknown" : undefined;
  }
}

/** Maximum commits to look back for a release after a withdrawal or removal. */
const MAX_WITHOUT_RELEASE = 20;

/** Whether the content changed, so that a release was made, since the commit with the current withdrawals and removals. */
async function hasNewContentSince(history: History, controls: string): Promise<boolean> {
  const changed = changedCommits(await history.after(null));
  const isSameAt = async (commit: Commit): Promise<boolean> => controlsText(await declaredReleaseAt(history, commit)) === controls;
  const limit = changed.at(-1 - MAX_WITHOUT_RELEASE);
  if (limit && (await isSameAt(limit))) return true;
  let first = changed.at(-1);
  for (const commit of changed.slice(0, -1).reverse()) {
    if (!(await isSameAt(commit))) break;
    first = commit;
  }
  const tip = changed.at(-1);
  if (!first || !tip || first === tip) return false;
  const sideAt = (at: Commit, workspace: Workspace) => sourceSide(history.at(at), RUNTIME, workspace, { layout: FIRST_LAYOUT });
  return withWorkspaces(3, async (before, after, spools) => {
    const [old, now] = [await sideAt(first, before as Workspace), await sideAt(tip, after as Workspace)];
    return old !== undefined && now !== undefined && (await compareReleases(old, now, spools as Workspace)).level !== "none";
  });
}
