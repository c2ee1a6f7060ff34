import type { OpenSide } from "../build/comparisons.ts";
import { shortCommitId } from "../contract/short-commit-id.ts";
import type { Commit } from "../ports/ports.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { comparisonBase } from "../release/comparison-base.ts";
import { entryFormats } from "../release/entry-formats.ts";
import { majorIsAnnounced } from "../release/major-is-announced.ts";
import type { BranchStatus } from "./branch-status.ts";
import { changedCommits } from "./changed-commits.ts";
import { type CommitContext, type CommitOutcome, checkCommit } from "./check-commit.ts";
import type { BuiltCommit, ReleaseState } from "./commit-builds.ts";
import { earliest } from "./earliest.ts";
import { findRevertedChanges } from "./find-reverted-changes.ts";
import type { Blocked, Finding, RevertedRelease } from "./publish-job.ts";
import type { PublishRun } from "./publish-run.ts";
import { isRefusal } from "./refusal.ts";
import { summarizeProblems } from "./summarize-problems.ts";

/** The result of planning the releases of the pending commits, which writes nothing. */
export interface PlanningResult {
  unreleased: Finding[];
  /** The tip is refused. */
  refused?: Finding;
  /** The earliest time at which a finding changes, because it depends on the clock. */
  refusedUntil?: string;
  blocked?: Blocked;
  /** The cursor is insufficient: read the branch again without it. */
  again?: true;
}

interface Passed {
  commit: Commit;
  /** The state before the commit. */
  before: ReleaseState;
}

interface Planned extends Passed {
  version: string;
}

/** Plans the releases of all pending commits, and decides whether to make them. */
export async function planReleases(run: PublishRun, status: BranchStatus): Promise<PlanningResult> {
  const { result, planned, state, tip, reverting } = await planEach(run, status);
  if (result.again) return result;
  const blocked = await findBlocked(run, status.state.catalogue, planned, reverting ?? (result.refused ? undefined : tip));
  if (!result.refused) blocked.reverted.push(...(await findRevertedEvents(run, status, state, tip)));
  if (blocked.reverted.length === 0) return result.refused ? { ...result, blocked } : result;
  const { refused, ...rest } = result;
  return { ...rest, unreleased: result.unreleased.filter((finding) => finding !== refused), blocked };
}

interface PlannedEach {
  result: PlanningResult;
  planned: Planned[];
  /** The state after the last commit. */
  state: ReleaseState;
  /** The last commit that passes. */
  tip?: Passed;
  /** The last commit, if it is refused only because it reverts planned releases, which no reader has. */
  reverting?: Passed;
}

/** Plans the release of each pending commit. */
export async function planEach(run: PublishRun, status: BranchStatus): Promise<PlannedEach> {
  const planned: Planned[] = [];
  const job: CommitContext = {
    openSide: plannedSide(run, planned),
    openWorkspace: () => run.openWorkspace(),
    isOnBranch: (commit) => run.isOnBranch(commit),
    canWithdraw: (version) => planned.every((release) => release.version !== version),
    nextFree: (version) => run.nextFree(version),
  };
  const result: PlanningResult = { unreleased: [] };
  let state = status.state;
  let tip: Passed | undefined;
  let reverting: Passed | undefined;
  for (const commit of changedCommits(status)) {
    const before = state;
    const built = await run.builds.of(commit, before);
    delete result.refused;
    reverting = undefined;
    if (isRefusal(built)) {
      addUnreleased(result, { commit: commit.id, kind: built.kind, why: built.why, problems: built.problems }, built.refusedUntil);
      continue;
    }
    const verdict = await checkCommit(job, built, state, async (verdict) => verdict);
    const asPublished = await checkAsPublished(run, status, job, { built, verdict, before, planned });
    await run.builds.done(built);
    if (verdict.kind === "unknown") return { result: { ...result, again: true }, planned, state };
    if (verdict.kind === "refused") {
      addUnreleased(result, { commit: commit.id, kind: "refused", why: "", problems: verdict.problems, ...asPublished?.finding });
      reverting = asPublished?.isReverting ? { commit, before } : undefined;
      continue;
    }
    state = verdict.state;
    tip = { commit, before };
    if (verdict.kind !== "release") continue;
    planned.push({ version: verdict.version, commit, before });
    state = { content: verdict.version, catalogue: withPlanned(state, verdict, built) };
  }
  // The tip deletes the dataset, including its problems.
  if (status.tip?.tree === null) delete result.refused;
  return { result, planned, state, ...(tip ? { tip } : {}), ...(reverting ? { reverting } : {}) };
}

/**
 * Compares a commit that is refused after planned releases with the published state: dropping what only a planned release contains breaks
 * no reader. Undefined if the planned releases are not the reason for the refusal.
 */
async function checkAsPublished(
  run: PublishRun,
  { state }: BranchStatus,
  job: CommitContext,
  {
    built,
    verdict: after,
    before,
    planned,
  }: { built: BuiltCommit; verdict: CommitOutcome; before: ReleaseState; planned: readonly Planned[] },
): Promise<{ finding: Pick<Finding, "why" | "problems">; isReverting: boolean } | undefined> {
  if (after.kind !== "refused" || planned.length === 0) return undefined;
  const verdict = await checkCommit(job, built, state, async (verdict) => verdict);
  if (verdict.kind === "unknown") return undefined;
  if (verdict.kind === "refused") return { finding: { why: "", problems: verdict.problems }, isReverting: false };
  const [first] = (await findBlocked(run, state.catalogue, planned, { commit: built.commit, before })).reverted;
  if (!first) return undefined;
  const why = `it reverts ${first.version} (commit ${shortCommitId(first.commit ?? "")}), which is not published yet: ${first.changes.join("; ")}`;
  return { finding: { why, problems: [] }, isReverting: true };
}

function addUnreleased(result: PlanningResult, finding: Finding, refusedUntil?: string): void {
  const full = { ...finding, why: finding.problems.length > 0 ? summarizeProblems(finding.problems) : finding.why };
  result.unreleased.push(full);
  if (full.kind === "refused") result.refused = full;
  const until = earliest(result.refusedUntil, refusedUntil);
  if (until !== undefined) result.refusedUntil = until;
}

/** Adds a planned release. Its manifest is not known yet, and no verdict depends on it. */
function withPlanned(
  { catalogue }: ReleaseState,
  verdict: CommitOutcome & { kind: "release" },
  { commit, layout, dataset }: BuiltCommit,
): Catalogue {
  const { id, date } = commit;
  const entry: CatalogueEntry = {
    version: verdict.version,
    date,
    commit: id,
    level: verdict.level,
    manifest: "",
    layout,
    ...entryFormats(dataset),
  };
  const { comparedWith } = verdict;
  return { ...catalogue, releases: [comparedWith ? { ...entry, comparedWith } : entry, ...catalogue.releases] };
}

/** Opens planned releases by building their commits, and published releases from the store. */
function plannedSide(run: PublishRun, planned: readonly Planned[]): OpenSide {
  return async (entry, catalogue, workspace) => {
    const found = planned.find(({ version }) => version === entry.version);
    if (!found) return run.openSide(entry, catalogue, workspace);
    const built = await run.builds.of(found.commit, found.before);
    if (isRefusal(built)) throw new Error(`Commit ${found.commit.id} passed its checks before but fails them now`);
    return built.side;
  };
}

const KINDS = { removed: "removal", withdrawn: "withdrawal" } as const;

/** Removals and withdrawals of pending commits that are neither in the catalogue nor in the `dataset.json` of the tip. */
async function findRevertedEvents(
  run: PublishRun,
  { catalogue: published }: BranchStatus,
  { catalogue: planned }: ReleaseState,
  tip: Passed | undefined,
): Promise<RevertedRelease[]> {
  const built = tip && (await run.builds.of(tip.commit, tip.before));
  if (!built || isRefusal(built)) return [];
  const { removed = [], withdrawn = [] } = built.dataset.metadata.release ?? {};
  const named = { removed, withdrawn: [...withdrawn, ...removed] };
  const reverted = new Map<string, RevertedRelease>();
  for (const list of ["removed", "withdrawn"] as const)
    for (const { version, commit, reason } of planned[list]) {
      const isRecorded = published[list].some((event) => event.version === version && event.commit === commit);
      if (reason === null || isRecorded || named[list].some((listed) => listed.version === version)) continue;
      const event = KINDS[list];
      reverted.set(`${event} ${version}`, { version, commit, changes: [reason], count: 1, event });
    }
  return [...reverted.values()];
}

async function findBlocked(run: PublishRun, catalogue: Catalogue, planned: readonly Planned[], last: Passed | undefined): Promise<Blocked> {
  const blocked: Blocked = { planned: planned.map(({ version, commit }) => ({ version, commit: commit.id })), reverted: [] };
  const published = comparisonBase(catalogue);
  const tip = last && (await run.builds.of(last.commit, last.before));
  if (!tip || isRefusal(tip)) return blocked;
  for (const { version, commit, before } of planned) {
    const built = await run.builds.of(commit, before);
    if (commit.id === last.commit.id || isRefusal(built)) continue;
    const openPublished = published && ((workspace: Parameters<OpenSide>[2]) => run.openSide(published, catalogue, workspace));
    const isNewMajor = majorIsAnnounced(version, planned.at(-1)?.version ?? version);
    const found = await findRevertedChanges(openPublished, built.side, tip.side, { openWorkspace: () => run.openWorkspace(), isNewMajor });
    await run.builds.done(built);
    if (found.count > 0) blocked.reverted.push({ version, commit: commit.id, ...found } satisfies RevertedRelease);
  }
  return blocked;
}
