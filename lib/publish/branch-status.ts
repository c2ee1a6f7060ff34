import { readDataset } from "../check/read-dataset.ts";
import { DATASET_FILE } from "../contract/dataset-files.ts";
import { shortCommitId } from "../contract/short-commit-id.ts";
import { fileProblem } from "../diagnostics/problem.ts";
import type { Commit, History, PendingCommits, Source, Store } from "../ports/ports.ts";
import { readCatalogueOrEmpty } from "../ports/read-catalogue.ts";
import { ShallowHistoryError } from "../ports/shallow-history-error.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { releasesInForce } from "../release/releases-in-force.ts";
import type { ReleaseState } from "./commit-builds.ts";
import type { CursorStore, PublishCursor } from "./publish-cursor.ts";
import type { Finding } from "./publish-job.ts";
import { summarizeProblems } from "./summarize-problems.ts";

interface BranchToRead {
  dataset: string;
  store: Pick<Store, "get">;
  history: History;
}

/** The catalogue and the branch as read by one attempt: the pending commits, and the state before the first of them. */
export interface BranchStatus {
  catalogue: Catalogue;
  /** ETag of releases.json; null if it does not exist. */
  etag: string | null;
  /** Oldest first. */
  commits: Commit[];
  /** The tree before the first commit. */
  base: string | null;
  tip: Commit | null;
  state: ReleaseState;
  /** History was rewritten: the tip is released as the start of a new history. */
  startsNewLine: boolean;
  /** Why no commit is checked. */
  stop?: Finding;
  /** The progress of an earlier run. */
  cursor?: PublishCursor;
}

/** Reads the catalogue before the branch: in the reverse order, the tip could be released twice. */
export async function readBranchStatus({ store, history, dataset }: BranchToRead, cursors?: CursorStore): Promise<BranchStatus> {
  const { catalogue, etag } = await readCatalogueOrEmpty(store, dataset);
  const cursor = await cursors?.read(catalogue);
  const resumed = cursor && (await resume(history, cursor));
  if (cursor && resumed) {
    const before = without(catalogue, resumed.commits);
    const newest = catalogue.releases[0];
    const content = newest && releasesInForce(before)[0] === newest ? newest.version : null;
    return { catalogue, etag, ...resumed, state: { catalogue: before, content }, startsNewLine: false, cursor };
  }
  const start = await startOf(history, catalogue);
  const state = { catalogue: without(catalogue, start.commits), content: catalogue.releases[0]?.version ?? null };
  return { catalogue, etag, ...start, state };
}

/** The catalogue without the events of these commits, since each commit is checked against the state before it. */
function without(catalogue: Catalogue, commits: readonly Commit[]): Catalogue {
  const ids = new Set(commits.map(({ id }) => id));
  const earlier = <T extends { commit: string | null }>(events: T[]): T[] =>
    events.filter(({ commit }) => commit === null || !ids.has(commit));
  return { ...catalogue, withdrawn: earlier(catalogue.withdrawn), removed: earlier(catalogue.removed) };
}

type Start = Pick<BranchStatus, "commits" | "base" | "tip" | "startsNewLine" | "stop">;

/** The branch after a cursor; undefined if the cursor's commit is not on the branch, or if the cursor is valid for another tip only. */
async function resume(history: History, cursor: PublishCursor): Promise<Pick<BranchStatus, "commits" | "base" | "tip"> | undefined> {
  const pending = await history.after(cursor.commit).catch((error: unknown) => {
    // The cursor is untrusted: it may name any commit.
    if (error instanceof ShallowHistoryError) return undefined;
    throw error;
  });
  if (pending?.position !== "on" || (cursor.blocked && pending.commits.length > 0)) return undefined;
  return pending;
}

async function startOf(history: History, catalogue: Catalogue): Promise<Start> {
  const newest = catalogue.releases[0];
  const pending = await history.after(newest?.commit ?? null);
  const { base, tip, commits, position } = pending;
  const onlyTip = { base: null, tip, commits: tip ? [tip] : [], startsNewLine: true };
  // The newest release was published without git, so earlier commits must not be released after it.
  if (newest?.commit === null && tip?.id) return onlyTip;
  if (position === "on" || !newest) return { base, tip, commits, startsNewLine: false };
  const stop = await stopReason(history, pending, catalogue, newest);
  return stop ? { base, tip, commits: [], startsNewLine: false, stop } : onlyTip;
}

/** Why a tip that does not follow the newest release is not published; undefined if its dataset.json declares that history was rewritten. */
async function stopReason(
  history: History,
  { position, tip }: PendingCommits,
  catalogue: Catalogue,
  newest: CatalogueEntry,
): Promise<Finding | undefined> {
  const behind = (why: string): Finding => ({ commit: null, kind: "behind", why, problems: [] });
  const from = `${newest.version}, the newest release, was made from commit ${newest.commit}`;
  if (position === "behind") return behind(`the branch is behind the newest release (reset, or an outdated copy): ${from}. Run: git fetch`);
  const listed = catalogue.releases.flatMap(({ commit }) => commit ?? []);
  if (await history.isTipWithin(listed))
    return behind(
      `the tip of the branch was published before. ${from}, which is not on this branch. Run: git fetch, and update the branch`,
    );
  const declared = tip?.tree ? await declaredRewrite(history.at(tip), catalogue.dataset) : undefined;
  if (declared !== undefined && declared === newest.commit) return undefined;
  const where = position === "unknown" ? "is not in this repository" : "is not on the first-parent history of this branch";
  const problem = fileProblem(
    DATASET_FILE,
    `${from}, which ${where}: publishing from here could replace new data with old`,
    `Run: git fetch, and ${position === "unknown" ? "update the branch" : "rebase onto that commit or merge into its branch"}. If history was rewritten on purpose, declare it: "rewritten": "${newest.commit}" in the block "release" of dataset.json${declared === undefined ? "" : `, which names ${shortCommitId(declared)} instead`}.`,
  );
  return { commit: tip?.id ?? null, kind: "refused", why: summarizeProblems([problem]), problems: [problem] };
}

/** The commit that the tip's dataset.json declares as rewritten (`release.rewritten`). */
async function declaredRewrite(source: Source, dataset: string): Promise<string | undefined> {
  return (await readDataset(source, dataset, { mayHaveOverlookedProblems: true })).dataset?.metadata.release?.rewritten;
}
