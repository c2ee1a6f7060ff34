import type { ComparisonRules } from "../build/compare-releases.ts";
import { type ComparisonContext, Comparisons } from "../build/comparisons.ts";
import type { Since } from "../build/make-release.ts";
import { reinstatementProblems } from "../build/reinstatement-problems.ts";
import { releaseRecordsPolicy } from "../build/release-side.ts";
import type { Problem } from "../diagnostics/problem.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { comparisonBase } from "../release/comparison-base.ts";
import { breakingDifferences, type Difference, summarizeDifference as summaryOf } from "../release/difference.ts";
import { nextVersion } from "../release/next-version.ts";
import { reinstatedReleases } from "../release/reinstated-releases.ts";
import { releasesInForce } from "../release/releases-in-force.ts";
import { removedReason } from "../release/removed-reason.ts";
import { shrinkingTables } from "../release/shrinking-tables.ts";
import { unannouncedBreaks } from "../release/unannounced-breaks.ts";
import { withControls } from "../release/with-controls.ts";
import type { BuiltCommit, ReleaseState } from "./commit-builds.ts";
import { commitControl } from "./commit-control.ts";
import { rethrowUndecided } from "./undecided-error.ts";
import { unknownWithdrawalProblems } from "./unknown-withdrawal-problems.ts";

/** The verdict on a commit that passes its own checks, given the earlier releases. */
export type CommitOutcome =
  | { kind: "refused"; problems: Problem[] }
  /** Whether it repeats the content of a listed release cannot be determined from the cursor. */
  | { kind: "unknown" }
  /** Its content is already published, so it makes no release. */
  | { kind: "same"; state: ReleaseState }
  | {
      kind: "release";
      state: ReleaseState;
      level: CatalogueEntry["level"];
      version: string;
      since?: Since;
      summary: string;
      comparedWith?: string;
    };

export interface CommitContext extends ComparisonContext {
  /** Whether a commit is on the first-parent history of the branch. */
  isOnBranch(commit: string): Promise<boolean>;
  /** Whether a release is published and can therefore be withdrawn. */
  canWithdraw(version: string): boolean;
  /** The catalogue entry of a commit that is being rebuilt; it determines the base. */
  rebuiltEntry?(commit: string | null): CatalogueEntry | undefined;
  /** Returns the version, or the next higher version that no other build has claimed. */
  nextFree(version: string): string;
}

/** Checks a commit and passes the verdict to `use` while the workspaces of the comparison still exist. */
export async function checkCommit<T>(
  context: CommitContext,
  build: BuiltCommit,
  before: ReleaseState,
  use: (verdict: CommitOutcome) => Promise<T>,
): Promise<T> {
  const comparisons = new Comparisons(context);
  try {
    // Internal errors become an UndecidedError.
    const verdict = await new CommitCheck(context, build, before, comparisons).verdict().catch(rethrowUndecided(build.commit.id));
    return await use(verdict);
  } finally {
    await comparisons.close();
  }
}

/** Compares the build of one commit with earlier releases. */
class CommitCheck {
  readonly #context: CommitContext;
  readonly #build: BuiltCommit;
  readonly #before: ReleaseState;
  readonly #comparisons: Comparisons;
  /** The catalogue with the withdrawals and removals of the commit. */
  readonly #catalogue: Catalogue;

  constructor(context: CommitContext, build: BuiltCommit, before: ReleaseState, comparisons: Comparisons) {
    this.#context = context;
    this.#build = build;
    this.#before = before;
    this.#comparisons = comparisons;
    this.#catalogue = withControls(before.catalogue, [commitControl(build)]);
  }

  async verdict(): Promise<CommitOutcome> {
    const [context, build, before, catalogue] = [this.#context, this.#build, this.#before, this.#catalogue];
    const newest = catalogue.releases[0];
    const base = this.#rebuiltBase() ?? comparisonBase(catalogue);
    if (!newest || !base) {
      const version = context.nextFree(build.minimumVersion);
      return { kind: "release", state: { catalogue, content: version }, level: "first", version, summary: "first release" };
    }
    const reinstated = reinstatedReleases(before.catalogue, catalogue);
    const problems = [
      ...(await unknownWithdrawalProblems((commit) => context.isOnBranch(commit), before.catalogue, reinstated, build)),
      ...(await reinstatementProblems(catalogue, reinstated, this.#comparisons, this.#typeRules())),
    ];
    if (problems.length > 0) return { kind: "refused", problems };
    // While the newest release is in force, its content is that of the last passing commit.
    if (releasesInForce(catalogue)[0] !== newest && reinstated.length === 0) {
      if (before.content === null) return { kind: "unknown" };
      if (await this.#hasContentOf(before.content)) return { kind: "same", state: { catalogue, content: before.content } };
    }
    return this.#compareWith(base);
  }

  /** The base of the entry that is being rebuilt, if any. */
  #rebuiltBase(): CatalogueEntry | undefined {
    const rebuilt = this.#context.rebuiltEntry?.(this.#build.commit.id);
    if (!rebuilt) return undefined;
    const { releases } = this.#catalogue;
    return rebuilt.comparedWith === undefined ? releases[0] : releases.find(({ version }) => version === rebuilt.comparedWith);
  }

  async #hasContentOf(version: string): Promise<boolean> {
    const entry = this.#catalogue.releases.find((listed) => listed.version === version) as CatalogueEntry;
    return (await this.#levelSince(entry)) === "none";
  }

  async #levelSince(entry: CatalogueEntry): Promise<Difference["level"]> {
    const old = await this.#comparisons.side(entry, this.#catalogue);
    return (await this.#comparisons.between(old, this.#build.side, this.#typeRules())).difference.level;
  }

  /** A rebuilt release is compared under the rules that determined its version. */
  #typeRules(): Pick<ComparisonRules, "ignoresFileTypes"> {
    const { ignoresFileTypes = false } = this.#build.rules;
    return { ignoresFileTypes };
  }

  /** Compares the commit with a listed release and determines its version. */
  async #compareWith(base: CatalogueEntry): Promise<CommitOutcome> {
    const catalogue = this.#catalogue;
    const { minimumVersion, side: now, dataset, rules } = this.#build;
    const newest = catalogue.releases[0] as CatalogueEntry;
    const old = await this.#comparisons.side(base, catalogue);
    const { difference, spools } = await this.#comparisons.between(old, now, rules);
    const { level } = difference;
    if (level === "none") return { kind: "same", state: { catalogue, content: base.version } };
    const sentences = level === "major" ? breakingDifferences(difference, releaseRecordsPolicy(old)) : [];
    const withdrawalHelps = sentences.length > 0 && this.#context.canWithdraw(base.version) && (await this.#wouldWithdrawalHelp(base));
    const refused = unannouncedBreaks(sentences, newest.version, minimumVersion, withdrawalHelps ? base.version : undefined);
    const problems = [...refused, ...shrinkingTables(difference, dataset.metadata.release ?? {})];
    if (problems.length > 0) return { kind: "refused", problems };
    const version = this.#context.nextFree(nextVersion(newest.version, level, minimumVersion));
    const skipped = base === newest ? undefined : { version: newest.version, manifest: newest.manifest };
    const isBaseRemoved = removedReason(catalogue, base.version) !== undefined;
    const since: Since = { version: base.version, old, now, difference, spools, isBaseRemoved, ...(skipped ? { skipped } : {}) };
    const summary = `${level}: ${summaryOf(difference)}${skipped ? ` (compared with ${base.version})` : ""}`;
    const comparedWith = skipped ? { comparedWith: base.version } : {};
    return { kind: "release", state: { catalogue, content: version }, level, version, since, summary, ...comparedWith };
  }

  /** Whether withdrawing the newest release would make a breaking commit compatible. */
  async #wouldWithdrawalHelp(base: CatalogueEntry): Promise<boolean> {
    const { release } = this.#build.dataset.metadata;
    const withdrawn = [...(release?.withdrawn ?? []), { version: base.version, reason: "?" }];
    const without = withControls(this.#catalogue, [{ commit: null, date: null, release: { ...release, withdrawn } }]);
    const older = comparisonBase(without);
    if (!older || older.version === base.version || older === this.#catalogue.releases[0]) return false;
    return (await this.#levelSince(older)) !== "major";
  }
}
