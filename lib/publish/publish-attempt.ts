import { makeRelease } from "../build/make-release.ts";
import { readDataset } from "../check/check-dataset.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import type { IcebergTables } from "../formats/parquet/iceberg-tables.ts";
import { DamagedFileError } from "../ports/damaged-file-error.ts";
import type { Commit } from "../ports/ports.ts";
import { readStoredPackage } from "../ports/read-stored.ts";
import { type Catalogue, type CatalogueEntry, catalogueText } from "../release/catalogue.ts";
import { entryFormats } from "../release/entry-formats.ts";
import { type Control, withControls } from "../release/with-controls.ts";
import { putRecordLines } from "../render/put-record-lines.ts";
import { readSite } from "../render/site.ts";
import { type Attempt, AttemptFindings } from "./attempt-findings.ts";
import { type BranchStatus, readBranchStatus } from "./branch-status.ts";
import { changedCommits } from "./changed-commits.ts";
import { checkCommit, type Verdict } from "./check-commit.ts";
import { type Build, commitControl, type State } from "./commit-builds.ts";
import { planReleases } from "./plan-releases.ts";
import { writeCursor } from "./publish-cursor.ts";
import type { PublishJob } from "./publish-job.ts";
import type { PublishRun } from "./publish-run.ts";
import { putRelease } from "./put-release.ts";
import { asRefusal, isRefusal } from "./refusal.ts";

interface Context {
  run: PublishRun;
  status: BranchStatus;
  findings: AttemptFindings;
}

/** Reads catalogue and tip again, adds at most one release to the catalogue, and says how to continue. */
export async function publishAttempt(run: PublishRun): Promise<Attempt> {
  const status = await readBranchStatus(run.job, { useCursor: run.useCursor });
  const findings = new AttemptFindings(run, status);
  if (status.stop) return findings.stop(status.stop);
  if (status.cursor?.blocked && status.commits.length === 0) return findings.done({ blocked: status.cursor.blocked });
  if (run.job.planFirst && changedCommits(status).length > 1 && run.planned !== stateOf(status)) {
    const plan = await planReleases(run, status);
    if (plan.again) return restart(run);
    if (plan.blocked) return findings.block(plan);
    run.planned = stateOf(status);
  }
  return checkPending({ run, status, findings });
}

/** What a plan was made for: it is valid as long as only this run adds releases. */
const stateOf = ({ tip, catalogue }: Pick<BranchStatus, "tip" | "catalogue">): string => `${tip?.id}\n${catalogueText(catalogue)}`;

function restart(run: PublishRun): Attempt {
  run.useCursor = false;
  run.since = undefined;
  run.pending.clear();
  return { next: "continue", unreleased: [], warnings: [] };
}

/** Checks the pending commits one by one, until one makes a release. */
async function checkPending(context: Context): Promise<Attempt> {
  const { status, findings } = context;
  const changed = new Set(changedCommits(status));
  let { state } = status;
  for (const [i, commit] of status.commits.entries()) {
    const outcome = changed.has(commit) ? await checkChanged(context, commit, state) : undefined;
    if (outcome && "next" in outcome) return outcome;
    if (outcome?.kind === "same") state = outcome.state;
    findings.addChecked(commit);
    const interrupted = await interrupt(context, i + 1);
    if (interrupted) return interrupted;
  }
  return writeControls(context);
}

/** Checks a commit that changes the dataset; undefined where it may not be released. */
async function checkChanged(context: Context, commit: Commit, state: State): Promise<Attempt | Verdict | undefined> {
  const { run, findings } = context;
  const built = await run.builds.of(commit, state);
  if (isRefusal(built)) {
    findings.addUnreleased({ commit: commit.id, ...built }, built.dependsOnClock === true);
    return undefined;
  }
  const outcome = await checkCommit(run, built, state, (verdict) => applyVerdict(context, built, verdict));
  await run.builds.drop(commit);
  return outcome;
}

/** A run that is ended from outside loses the work on at most so many commits. */
const SAVE_EVERY = 50;

/** Ends a run that is spent, and the next one goes on; saves how far it has come now and then. */
async function interrupt({ run, status, findings }: Context, checked: number): Promise<Attempt | undefined> {
  if (checked === status.commits.length) return undefined;
  const isSpent = run.job.isSpent?.() === true;
  if (!isSpent && checked % SAVE_EVERY !== 0) return undefined;
  const controlled = controlledCatalogue(status, findings);
  if (isSpent) {
    // The next run does not read these commits again.
    findings.addWarning(findings.controls.at(-1), status.catalogue);
    if (controlled && !(await writeControlled(run, status, controlled))) return findings.retry();
    return findings.pause(controlled);
  }
  // A cursor never passes withdrawals that wait to be written.
  const { cursor } = findings.pause();
  if (cursor && !controlled) await writeCursor(run.job, cursor.catalogue, cursor.at);
  return undefined;
}

/** The catalogue with the withdrawals and removals found so far; undefined where it has them. */
function controlledCatalogue({ catalogue }: BranchStatus, { controls }: AttemptFindings): Catalogue | undefined {
  const controlled = withControls(catalogue, controls);
  return catalogueText(controlled) === catalogueText(catalogue) ? undefined : controlled;
}

/** False if another publisher was first. */
async function writeControlled(run: PublishRun, status: BranchStatus, controlled: Catalogue): Promise<boolean> {
  if (!(await writeCatalogue(run.job, status, controlled))) return false;
  if (run.planned !== undefined) run.planned = stateOf({ tip: status.tip, catalogue: controlled });
  logWithdrawals(run.job, status.catalogue, controlled);
  return true;
}

/** Acts on a verdict; a release ends the attempt. */
async function applyVerdict(context: Context, build: Build, verdict: Verdict): Promise<Attempt | Verdict> {
  const { run, findings } = context;
  if (verdict.kind === "unknown") return restart(run);
  if (verdict.kind === "refused") {
    findings.addUnreleased({ commit: build.commit.id, kind: "refused", why: "", problems: verdict.problems });
    return verdict;
  }
  findings.addPassed(commitControl(build));
  return verdict.kind === "same" ? verdict : release(context, build, verdict);
}

/** Puts the files of a release, then its entry into the catalogue. */
async function release({ run, status, findings }: Context, build: Build, verdict: Verdict & { kind: "release" }): Promise<Attempt> {
  const { job } = run;
  const { dataset, workspace, commit, places } = build;
  const { version, level, since, summary, comparedWith } = verdict;
  const newest = status.catalogue.releases[0];
  const date = commit.date && newest?.date && newest.date > commit.date ? newest.date : commit.date;
  const facts = { commit: commit.id, date, previous: newest?.manifest ?? null, generator: job.runtime.generator, version };
  const icebergBefore = newest && (await icebergOf(job, newest));
  const artifacts = await makeRelease(dataset, { ...facts, icebergBefore }, since, {
    tables: build.tables,
    workspace,
    formats: job.runtime.formats,
  });
  const manifest = artifacts.find(({ name }) => name === "SHA256SUMS")?.sha256 as string;
  const put = await putRelease(job, version, artifacts, workspace);
  if (put === "spent") run.addClaimed(version);
  if (put !== "put") return findings.retry();
  if ((await readSite(job.store)).repository) await putRecordLines(job.store, version, dataset, places);
  const entry: CatalogueEntry = {
    ...{ version, date, commit: commit.id, level },
    ...(comparedWith === undefined ? {} : { comparedWith }),
    ...{ manifest, layout: build.layout, ...entryFormats(dataset) },
    ...(status.startsNewLine ? { break: true } : {}),
  };
  const next = withControls({ ...status.catalogue, releases: [entry, ...status.catalogue.releases] }, findings.controls);
  if (!(await writeCatalogue(job, status, next))) return findings.retry();
  if (run.planned !== undefined) run.planned = stateOf({ tip: status.tip, catalogue: next });
  findings.addWarning(findings.controls.at(-1), next);
  logWithdrawals(job, status.catalogue, next);
  job.runtime.log(`${job.dataset} ${version}  ${summary}`);
  return findings.continue(entry);
}

/** Ids of columns go on from the newest release, withdrawn or removed ones included: its `datapackage.json` always stands. */
async function icebergOf({ store, dataset }: PublishJob, { version }: CatalogueEntry): Promise<IcebergTables | undefined> {
  const where = `${dataset}/${version}/datapackage.json`;
  const stored = await store.get(where);
  if (!stored) throw new DamagedFileError(`${where} is missing`);
  return readStoredPackage<{ iceberg?: IcebergTables }>(where, stored.bytes).iceberg;
}

async function writeCatalogue(job: PublishJob, { etag }: BranchStatus, next: Catalogue): Promise<boolean> {
  return (await job.store.putIfMatch(`${job.dataset}/releases.json`, Buffer.from(catalogueText(next)), etag)) !== undefined;
}

/** Adds the withdrawals and removals of commits without a release to the catalogue. */
async function writeControls({ run, status, findings }: Context): Promise<Attempt> {
  const { catalogue, cursor, state } = status;
  const last = findings.controls.at(-1);
  if (last || !cursor) findings.addWarning(last ?? (await newestControl(run.job, catalogue.releases[0], status)), catalogue);
  const controlled = controlledCatalogue(status, findings);
  if (!controlled || state.catalogue.releases.length === 0) return findings.done();
  return (await writeControlled(run, status, controlled)) ? findings.continue() : findings.retry();
}

/**
 * What the commit of the newest release says about releases, as long as it is on the branch. Every run reads it, so that a run that
 * adds nothing repeats the warnings of the run before.
 */
async function newestControl(job: PublishJob, newest: CatalogueEntry | undefined, { base }: BranchStatus): Promise<Control | undefined> {
  if (!newest || base === null) return undefined;
  const { commit, date, layout = FIRST_LAYOUT } = newest;
  const read = await readDataset(job.history.at({ id: commit, date, tree: null }), job.dataset, layout).catch(asRefusal);
  return "dataset" in read && read.dataset ? { commit, date, release: read.dataset.metadata.release ?? {} } : undefined;
}

function logWithdrawals(job: PublishJob, before: Catalogue, now: Catalogue): void {
  for (const list of ["withdrawn", "removed"] as const)
    for (const { version, reason } of now[list].slice(before[list].length))
      job.runtime.log(`${job.dataset} ${version}  ${reason === null ? `no longer ${list}` : `${list}: ${reason}`}`);
}
