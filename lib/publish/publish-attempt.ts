import { makeRelease } from "../build/make-release.ts";
import { releasePlans } from "../build/release-side.ts";
import { readDataset } from "../check/read-dataset.ts";
import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { SCHEMA_FILE } from "../contract/dataset-files.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import { MANIFEST_FILE, PACKAGE_FILE } from "../contract/release-files.ts";
import type { IcebergTables } from "../formats/iceberg-columns.ts";
import { icebergWithoutRetypedTexts } from "../formats/next-iceberg-tables.ts";
import { plansWithColumnIds } from "../formats/plans-with-column-ids.ts";
import { DamagedFileError } from "../ports/damaged-file-error.ts";
import type { Commit } from "../ports/ports.ts";
import { readStoredPackage, readStoredTables } from "../ports/read-stored.ts";
import { type Catalogue, type CatalogueEntry, catalogueText } from "../release/catalogue.ts";
import { entryFormats } from "../release/entry-formats.ts";
import { removedReason } from "../release/removed-reason.ts";
import { isTombstone } from "../release/tombstone-text.ts";
import { type Control, withControls } from "../release/with-controls.ts";
import { putRecordLines } from "../render/put-record-lines.ts";
import { readSite } from "../render/site.ts";
import { AcceptedPlan } from "./accepted-plan.ts";
import { type Attempt, AttemptFindings } from "./attempt-findings.ts";
import { type BranchStatus, readBranchStatus } from "./branch-status.ts";
import { changedCommits } from "./changed-commits.ts";
import { type CommitOutcome, checkCommit } from "./check-commit.ts";
import type { BuiltCommit, ReleaseState } from "./commit-builds.ts";
import { commitControl } from "./commit-control.ts";
import { planReleases } from "./plan-releases.ts";
import type { PublishJob } from "./publish-job.ts";
import type { PublishRun } from "./publish-run.ts";
import { putRelease } from "./put-release.ts";
import { isRefusal } from "./refusal.ts";

/** Reads catalogue and tip again, and adds at most one release to the catalogue. */
export async function publishAttempt(run: PublishRun): Promise<Attempt> {
  const status = await readBranchStatus(run.job, run.useCursor ? run.cursors : undefined);
  return new PublishAttempt(run, status).result();
}

/** Identifies the releases that this run planned, by tip and catalogue: it is valid as long as only this run adds releases. */
const planKey = (tip: Commit | null, catalogue: Catalogue): string => `${tip?.id}\n${catalogueText(catalogue)}`;

/** Maximum commits whose checks are lost if a run is killed. */
const SAVE_EVERY = 50;

class PublishAttempt {
  readonly #run: PublishRun;
  readonly #job: PublishJob;
  readonly #status: BranchStatus;
  readonly #findings: AttemptFindings;

  constructor(run: PublishRun, status: BranchStatus) {
    this.#run = run;
    this.#job = run.job;
    this.#status = status;
    this.#findings = new AttemptFindings(run, status);
  }

  async result(): Promise<Attempt> {
    const [run, status, findings] = [this.#run, this.#status, this.#findings];
    if (status.stop) return findings.stop(status.stop);
    if (status.cursor?.blocked && status.commits.length === 0) return findings.done({ blocked: status.cursor.blocked });
    const key = planKey(status.tip, status.catalogue);
    if (this.#job.planFirst && changedCommits(status).length > 1 && run.planned !== key) {
      const blocking = await this.#plan();
      if (blocking) return blocking;
      run.planned = key;
    }
    return this.#checkPending();
  }

  /** Decides whether to make the pending releases; the result of the attempt if not. */
  async #plan(): Promise<Attempt | undefined> {
    const { tip, catalogue } = this.#status;
    const accepted = new AcceptedPlan(this.#job);
    if (tip && (await accepted.includes(tip, catalogue))) return undefined;
    const planning = await planReleases(this.#run, this.#status);
    if (planning.again) return this.#restart();
    if (planning.blocked) return this.#findings.block(planning);
    if (tip) await accepted.record(tip, catalogue);
    return undefined;
  }

  /** Makes the next attempt read the branch without the cursor. */
  #restart(): Attempt {
    this.#run.useCursor = false;
    this.#run.since = undefined;
    this.#run.pending.clear();
    return { next: "continue", unreleased: [], warnings: [] };
  }

  /** Checks the pending commits one by one, until one makes a release. */
  async #checkPending(): Promise<Attempt> {
    const status = this.#status;
    const changed = new Set(changedCommits(status));
    let { state } = status;
    for (const [i, commit] of status.commits.entries()) {
      const outcome = changed.has(commit) ? await this.#checkChanged(commit, state) : undefined;
      if (outcome && "next" in outcome) return outcome;
      if (outcome?.kind === "same") state = outcome.state;
      this.#findings.addChecked(commit);
      const interrupted = await this.#interrupt(i + 1);
      if (interrupted) return interrupted;
    }
    return this.#addControls();
  }

  /** Checks a commit that changes the dataset; undefined if it cannot be built. */
  async #checkChanged(commit: Commit, state: ReleaseState): Promise<Attempt | CommitOutcome | undefined> {
    const { builds } = this.#run;
    const built = await builds.of(commit, state);
    if (isRefusal(built)) {
      this.#findings.addUnreleased({ commit: commit.id, ...built }, built.refusedUntil);
      return undefined;
    }
    const outcome = await checkCommit(this.#run, built, state, (verdict) => this.#applyVerdict(built, verdict));
    await builds.drop(commit);
    return outcome;
  }

  /** Ends a run that is out of time, so that the next one continues. Also saves the progress from time to time. */
  async #interrupt(checked: number): Promise<Attempt | undefined> {
    const [status, findings] = [this.#status, this.#findings];
    if (checked === status.commits.length) return undefined;
    const isOutOfTime = this.#job.isOutOfTime?.() === true;
    if (!isOutOfTime && checked % SAVE_EVERY !== 0) return undefined;
    const controlled = this.#controlledCatalogue();
    if (isOutOfTime) {
      // The next run does not read these commits again.
      findings.addWarning(findings.controls.at(-1), status.catalogue);
      if (controlled && !(await this.#replaceControls(controlled))) return findings.retry();
      return findings.pause(controlled);
    }
    // The cursor must not pass withdrawals that are not written yet.
    const { cursor } = findings.pause();
    if (cursor && !controlled) await this.#run.cursors.write(cursor.catalogue, cursor.at);
    return undefined;
  }

  /** The catalogue with the withdrawals and removals found so far; undefined if there are no new ones. */
  #controlledCatalogue(): Catalogue | undefined {
    const { catalogue } = this.#status;
    const controlled = withControls(catalogue, this.#findings.controls);
    return catalogueText(controlled) === catalogueText(catalogue) ? undefined : controlled;
  }

  /** Writes a catalogue without a new release; false if another publisher was first. */
  async #replaceControls(controlled: Catalogue): Promise<boolean> {
    if (!(await this.#replaceCatalogue(controlled))) return false;
    this.#logWithdrawals(controlled);
    return true;
  }

  /** Acts on a verdict. A release ends the attempt. */
  async #applyVerdict(build: BuiltCommit, verdict: CommitOutcome): Promise<Attempt | CommitOutcome> {
    if (verdict.kind === "unknown") return this.#restart();
    if (verdict.kind === "refused") {
      this.#findings.addUnreleased({ commit: build.commit.id, kind: "refused", why: "", problems: verdict.problems });
      return verdict;
    }
    this.#findings.addPassed(commitControl(build));
    return verdict.kind === "same" ? verdict : this.#release(build, verdict);
  }

  /** Writes the files of a release, then its catalogue entry. */
  async #release(build: BuiltCommit, verdict: CommitOutcome & { kind: "release" }): Promise<Attempt> {
    const [job, status, findings] = [this.#job, this.#status, this.#findings];
    const { dataset, workspace, commit, locations } = build;
    const { version, level, since, summary, comparedWith } = verdict;
    const newest = status.catalogue.releases[0];
    const date = commit.date && newest?.date && newest.date > commit.date ? newest.date : commit.date;
    const facts = { commit: commit.id, date, previous: newest?.manifest ?? null, generator: job.runtime.generator, version };
    const known = newest && (await this.#icebergOf(newest));
    const icebergBefore =
      known && newest && !build.rules.ignoresFileTypes ? await this.#withoutRetyped(known, newest, build, verdict) : known;
    const hasRetypedIds = icebergBefore !== known;
    const artifacts = await makeRelease(dataset, { ...facts, icebergBefore }, since && { ...since, hasRetypedIds }, {
      tables: build.tables,
      workspace,
      formats: job.runtime.formats,
    });
    const manifest = artifacts.find(({ name }) => name === MANIFEST_FILE)?.sha256 as string;
    const put = await putRelease(job, version, artifacts, workspace);
    if (put === "claimed") this.#run.addClaimed(version);
    if (put !== "put") return findings.retry();
    if ((await readSite(job.store)).repository) await putRecordLines(job.store, version, dataset, locations);
    const entry: CatalogueEntry = {
      ...{ version, date, commit: commit.id, level },
      ...(comparedWith === undefined ? {} : { comparedWith }),
      ...{ manifest, layout: build.layout, ...entryFormats(dataset) },
      ...(status.startsNewLine ? { break: true } : {}),
      ...(since?.difference.retyped || hasRetypedIds ? { retyped: true } : {}),
    };
    const next = withControls({ ...status.catalogue, releases: [entry, ...status.catalogue.releases] }, findings.controls);
    if (!(await this.#replaceCatalogue(next))) return findings.retry();
    findings.addWarning(findings.controls.at(-1), next);
    this.#logWithdrawals(next);
    job.runtime.log(`${job.dataset} ${version}  ${summary}`);
    return findings.continue(entry);
  }

  /** Column ids continue from the newest release, even if it is withdrawn or removed: `datapackage.json` is never deleted. */
  async #icebergOf({ version }: CatalogueEntry): Promise<IcebergTables | undefined> {
    const key = `${this.#job.dataset}/${version}/${PACKAGE_FILE}`;
    const stored = await this.#job.store.get(key);
    if (!stored) throw new DamagedFileError(`${key} is missing`);
    return readStoredPackage<{ iceberg?: IcebergTables }>(key, stored.bytes).iceberg;
  }

  /** Retyped columns get new ids. If the old types are unknown because the release was removed, all ids are kept. */
  async #withoutRetyped(
    known: IcebergTables,
    { version }: CatalogueEntry,
    { dataset }: BuiltCommit,
    { state }: CommitOutcome & { kind: "release" },
  ): Promise<IcebergTables> {
    const key = `${this.#job.dataset}/${version}/${SCHEMA_FILE}`;
    const stored = removedReason(state.catalogue, version) === undefined ? await this.#job.store.get(key) : undefined;
    if (!stored || isTombstone(stored.bytes)) return known;
    const now = plansWithColumnIds(dataset, this.#job.runtime.formats);
    return icebergWithoutRetypedTexts(known, releasePlans(readStoredTables(key, stored.bytes)), now);
  }

  /** Replaces releases.json; false if another publisher was first. */
  async #replaceCatalogue(next: Catalogue): Promise<boolean> {
    const { store, dataset } = this.#job;
    const { etag, tip } = this.#status;
    if ((await store.putIfMatch(catalogueObjectKey(dataset), Buffer.from(catalogueText(next)), etag)) === undefined) return false;
    if (this.#run.planned !== undefined) this.#run.planned = planKey(tip, next);
    return true;
  }

  /** Adds the withdrawals and removals of commits without a release to the catalogue. */
  async #addControls(): Promise<Attempt> {
    const findings = this.#findings;
    const { catalogue, cursor, state } = this.#status;
    const last = findings.controls.at(-1);
    if (last || !cursor) findings.addWarning(last ?? (await this.#newestControl()), catalogue);
    const controlled = this.#controlledCatalogue();
    if (!controlled || state.catalogue.releases.length === 0) return findings.done();
    return (await this.#replaceControls(controlled)) ? findings.continue() : findings.retry();
  }

  /**
   * The control block of the newest release's commit, if that is on the branch. Every run reads it, so that a run without changes repeats
   * the warnings of the previous one.
   */
  async #newestControl(): Promise<Control | undefined> {
    const { history, dataset } = this.#job;
    const [newest] = this.#status.catalogue.releases;
    if (!newest || this.#status.base === null) return undefined;
    const { commit, date, layout = FIRST_LAYOUT } = newest;
    const read = await readDataset(history.at({ id: commit, date, tree: null }), dataset, { layout, mayHaveOverlookedProblems: true });
    return read.dataset ? { commit, date, release: read.dataset.metadata.release ?? {} } : undefined;
  }

  #logWithdrawals(now: Catalogue): void {
    const { catalogue: before } = this.#status;
    for (const list of ["withdrawn", "removed"] as const)
      for (const { version, reason } of now[list].slice(before[list].length))
        this.#job.runtime.log(`${this.#job.dataset} ${version}  ${reason === null ? `no longer ${list}` : `${list}: ${reason}`}`);
  }
}
