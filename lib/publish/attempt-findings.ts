import { DATASET_FILE } from "../contract/dataset-files.ts";
import { fileProblem } from "../diagnostics/problem.ts";
import type { Commit } from "../ports/ports.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { unknownVersions } from "../release/unknown-versions.ts";
import type { Control } from "../release/with-controls.ts";
import type { BranchStatus } from "./branch-status.ts";
import { changedCommits } from "./changed-commits.ts";
import { earliest } from "./earliest.ts";
import { endedRemovalProblems } from "./ended-removal-problems.ts";
import type { PlanningResult } from "./plan-releases.ts";
import type { PublishCursor } from "./publish-cursor.ts";
import type { Blocked, Finding } from "./publish-job.ts";
import type { PublishRun } from "./publish-run.ts";
import { summarizeProblems } from "./summarize-problems.ts";

/** The outcome of one attempt. */
export interface Attempt {
  /**
   * `continue`: something was written, and there may be more; `retry`: another publisher was first; `pause`: time or requests are used up;
   * `done`: nothing is left to do.
   */
  next: "continue" | "retry" | "pause" | "done";
  released?: CatalogueEntry;
  unreleased: Finding[];
  warnings: Finding[];
  refused?: Finding;
  blocked?: Blocked;
  /** As in `Published`. */
  refusedUntil?: string;
  /** The cursor to save once the projections are written. */
  cursor?: { catalogue: Catalogue; at: PublishCursor };
}

/** Collects the findings of an attempt. */
export class AttemptFindings {
  readonly unreleased: Finding[];
  readonly warnings: Finding[];
  readonly controls: Control[] = [];
  refused: Finding | undefined;
  /** The last commit up to which no verdict depends on the clock. */
  #checked: string | null;
  #pending: number;
  #refusedUntil: string | undefined;
  readonly #status: BranchStatus;
  constructor(run: PublishRun, status: BranchStatus) {
    const { cursor, catalogue, commits } = status;
    this.#status = status;
    const reported = (findings: Finding[] = []): Finding[] => findings.map((finding) => ({ ...finding, isReported: true }));
    this.unreleased = reported(cursor?.unreleased);
    this.warnings = reported(cursor?.warnings);
    this.refused = this.unreleased.find(({ commit }) => commit !== null && commit === cursor?.refused);
    this.#checked = cursor?.commit ?? null;
    this.#pending = cursor?.pending ?? 0;
    if (run.since === undefined) {
      run.since = catalogue.releases[0]?.version ?? null;
      run.reportedCount = this.#pending;
      for (let i = 0; i < this.#pending; i += 1) run.pending.add(`reported ${i}`);
    }
    for (const { id } of commits) run.pending.add(id);
  }

  addChecked({ id }: Commit): void {
    if (this.#refusedUntil !== undefined) return;
    this.#checked = id;
    this.#pending += 1;
  }

  addUnreleased(finding: Finding, refusedUntil?: string): void {
    const full = { ...finding, why: finding.problems.length > 0 ? summarizeProblems(finding.problems) : finding.why };
    this.#refusedUntil = earliest(this.#refusedUntil, refusedUntil);
    this.unreleased.push(full);
    this.refused = full.kind === "refused" ? full : undefined;
  }

  addPassed(control: Control): void {
    this.controls.push(control);
    this.refused = undefined;
  }

  addWarning(control: Control | undefined, catalogue: Catalogue): void {
    const unknown = (control ? unknownVersions(catalogue, control) : []).map((version) =>
      fileProblem(
        DATASET_FILE,
        `${version} is not a release of ${catalogue.dataset}, so it cannot be withdrawn or removed`,
        "Use a version that releases.json lists.",
      ),
    );
    const problems = [...unknown, ...(control ? endedRemovalProblems(catalogue, control.release) : [])];
    if (control && problems.length > 0)
      this.warnings.push({ commit: control.commit, kind: "warning", why: summarizeProblems(problems), problems });
  }

  get #findings(): Pick<Attempt, "unreleased" | "warnings"> {
    return { unreleased: this.unreleased, warnings: this.warnings };
  }

  retry(): Attempt {
    return { next: "retry", ...this.#findings };
  }

  continue(released?: CatalogueEntry): Attempt {
    return { next: "continue", ...this.#findings, ...(released ? { released } : {}) };
  }

  stop(finding: Finding): Attempt {
    this.unreleased.push(finding);
    return { next: "done", ...this.#findings, ...(finding.kind === "refused" ? { refused: finding } : {}) };
  }

  block({ unreleased, refused, refusedUntil, blocked }: PlanningResult): Attempt {
    for (const finding of unreleased) this.addUnreleased(finding);
    this.refused = refused;
    for (const commit of this.#status.commits) this.addChecked(commit);
    if (refusedUntil !== undefined) this.#checked = null;
    this.#refusedUntil = earliest(this.#refusedUntil, refusedUntil);
    return this.done(blocked ? { blocked } : {});
  }

  /** Ends the attempt; the next run continues after the checked commits. `catalogue`: the one that this run wrote, if any. */
  pause(catalogue = this.#status.catalogue): Attempt {
    const { cursor, ...done } = this.done();
    return { ...done, next: "pause", ...(cursor ? { cursor: { ...cursor, catalogue } } : {}) };
  }

  /** Nothing is left to do. */
  done(more: Pick<Attempt, "blocked"> = {}): Attempt {
    const { catalogue, startsNewLine, tip } = this.#status;
    // A tip that deletes the dataset is not refused because of its earlier content.
    const refused = this.refused && tip?.tree !== null ? { refused: this.refused } : {};
    const clock = this.#refusedUntil === undefined ? {} : { refusedUntil: this.#refusedUntil };
    const result: Attempt = { next: "done", ...this.#findings, ...refused, ...clock, ...more };
    const commit = this.#checked;
    if (commit === null || startsNewLine || this.#pending === 0) return result;
    const settled = { unreleased: this.unreleased, refused: this.refused?.commit ?? null };
    const findings = this.#refusedUntil === undefined ? settled : this.#independentOfClock();
    return { ...result, cursor: { catalogue, at: { commit, ...findings, warnings: this.warnings, pending: this.#pending, ...more } } };
  }

  /** The findings of commits up to the last whose verdict does not depend on the clock. */
  #independentOfClock(): Pick<PublishCursor, "unreleased" | "refused"> {
    const ids = this.#status.commits.map(({ id }) => id);
    const last = ids.indexOf(this.#checked);
    const unreleased = this.unreleased.filter(({ commit, isReported }) => isReported || ids.indexOf(commit) <= last);
    const [changed] = changedCommits(this.#status)
      .filter(({ id }) => ids.indexOf(id) <= last)
      .slice(-1);
    // If nothing changed after the cursor, the branch has the same content as at the cursor.
    const content = changed ? changed.id : (this.#status.cursor?.refused ?? null);
    const isRefused = unreleased.some(({ commit, kind }) => kind === "refused" && commit === content);
    return { unreleased, refused: isRefused ? content : null };
  }
}
