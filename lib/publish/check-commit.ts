import { compareReleases } from "../build/compare-releases.ts";
import type { Since } from "../build/make-release.ts";
import { type ReleaseSide, releaseRecordsPromise, releaseSide, sourceSide } from "../build/release-side.ts";
import { FIRST_FORMATS } from "../contract/first-formats.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import { MissingCommitError, type Workspace } from "../ports/ports.ts";
import { readStoredPackage } from "../ports/read-stored.ts";
import { type Catalogue, type CatalogueEntry, offeredReleases } from "../release/catalogue.ts";
import { comparedPast, comparisonBase } from "../release/comparison-base.ts";
import { breakingDifferences, type Difference, summarizeDifference as summaryOf } from "../release/difference.ts";
import { nextVersion } from "../release/next-version.ts";
import { reinstatedReleases } from "../release/reinstated-releases.ts";
import type { Package } from "../release/shape-changes.ts";
import { shrinkingTables } from "../release/shrinking-tables.ts";
import { unannouncedBreaks } from "../release/unannounced-breaks.ts";
import { withControls } from "../release/with-controls.ts";
import { removedReason } from "../release/withdrawn-reason.ts";
import { storedRelease } from "../render/release-projections.ts";
import { type Build, commitControl, type State } from "./commit-builds.ts";
import type { PublishJob } from "./publish-job.ts";
import { DamagedReleaseError } from "./put-release.ts";
import { asRefusal } from "./refusal.ts";

/** The verdict on a commit that passes its checks, given the earlier releases. */
export type Verdict =
  | { kind: "refused"; problems: Problem[] }
  /** It is not known whether it repeats the content of a listed release. */
  | { kind: "unknown" }
  /** It makes no release: readers have its content. */
  | { kind: "same"; state: State }
  | {
      kind: "release";
      state: State;
      level: CatalogueEntry["level"];
      version: string;
      since?: Since;
      summary: string;
      comparedWith?: string;
    };

/** Opens the records of a listed release for a comparison. */
export type OpenSide = (entry: CatalogueEntry, catalogue: Catalogue, workspace: Workspace) => Promise<ReleaseSide>;

/**
 * A listed release from the store. The files of a removed one may be deleted: its records come from its commit, and if that is missing
 * too, there is nothing to compare with. Other errors are rethrown.
 */
export const publishedSide =
  (job: PublishJob): OpenSide =>
  async ({ version, commit, date, layout = FIRST_LAYOUT, formats = FIRST_FORMATS }, catalogue, workspace) => {
    const what = `${job.dataset}/${version}`;
    const folder = storedRelease(job.store, what);
    if (removedReason(catalogue, version) === undefined) return releaseSide(folder, what);
    const stands = await folder.bytes("datapackage.json");
    if (!stands) throw new DamagedReleaseError(`${what}/datapackage.json is missing in the store`);
    const source = job.history.at({ id: commit, date, tree: null });
    const built = await sourceSide(source, job.runtime, workspace, layout).catch((error: unknown) => {
      if (error instanceof MissingCommitError) return undefined;
      throw error;
    });
    const shape = {
      package: readStoredPackage<Package>("datapackage.json of the newest release", stands),
      schema: built?.shape.schema ?? {},
    };
    return { shape, license: built?.license ?? "", formats, read: built?.read ?? async function* () {} };
  };

export interface CommitContext {
  openSide: OpenSide;
  openWorkspace(): Promise<Workspace>;
  /** Whether a commit is on the first-parent history of the branch. */
  isOnBranch(commit: string): Promise<boolean>;
  /** Whether a release can be withdrawn: it has been published. */
  canWithdraw(version: string): boolean;
  /** An entry that is rebuilt: it names its base. */
  known?(commit: string | null): CatalogueEntry | undefined;
  /** The first version from this one on that no other build has claimed. */
  nextFree(version: string): string;
}

/** Workspaces for comparisons; they are discarded with the verdict. */
class Comparisons {
  readonly #job: CommitContext;
  readonly #open: Workspace[] = [];
  constructor(job: CommitContext) {
    this.#job = job;
  }
  async workspace(): Promise<Workspace> {
    const workspace = await this.#job.openWorkspace();
    this.#open.push(workspace);
    return workspace;
  }
  side = async (entry: CatalogueEntry, catalogue: Catalogue): Promise<ReleaseSide> =>
    this.#job.openSide(entry, catalogue, await this.workspace());
  async between(old: ReleaseSide, now: ReleaseSide, layoutShows = false): Promise<{ difference: Difference; spools: Workspace }> {
    const spools = await this.workspace();
    return { difference: await compareReleases(old, now, spools, layoutShows), spools };
  }
  async close(): Promise<void> {
    for (const workspace of this.#open) await workspace.discard();
  }
}

/** Checks a commit and passes the verdict to `use` while the compared files exist. */
export async function checkCommit<T>(job: CommitContext, build: Build, before: State, use: (verdict: Verdict) => Promise<T>): Promise<T> {
  const comparisons = new Comparisons(job);
  try {
    // `asRefusal` rethrows everything but internal errors.
    const verdict = await verdictOn(job, build, before, comparisons).catch((error: unknown): Verdict => {
      const { problems } = asRefusal(error);
      return { kind: "refused", problems };
    });
    return await use(verdict);
  } finally {
    await comparisons.close();
  }
}

async function verdictOn(job: CommitContext, build: Build, before: State, comparisons: Comparisons): Promise<Verdict> {
  const catalogue = withControls(before.catalogue, [commitControl(build)]);
  const newest = catalogue.releases[0];
  const base = knownBase(job, build, catalogue) ?? comparisonBase(catalogue);
  if (!newest || !base) {
    const version = job.nextFree(build.floor);
    return { kind: "release", state: { catalogue, content: version }, level: "first", version, summary: "first release" };
  }
  const back = reinstatedReleases(before.catalogue, catalogue);
  const problems = [
    ...(await unknownWithdrawalProblems(job, before.catalogue, back, build)),
    ...(await reinstatementProblems(catalogue, back, comparisons)),
  ];
  if (problems.length > 0) return { kind: "refused", problems };
  // While the newest release is not withdrawn, it has the content of the last passing commit.
  if (offeredReleases(catalogue)[0] !== newest && back.length === 0) {
    if (before.content === null) return { kind: "unknown" };
    if (await hasContentOf(before.content, build, catalogue, comparisons))
      return { kind: "same", state: { catalogue, content: before.content } };
  }
  return compareWith(base, job, build, catalogue, comparisons);
}

/** The base of an entry that is rebuilt. */
function knownBase(job: CommitContext, { commit }: Build, { releases }: Catalogue): CatalogueEntry | undefined {
  const known = job.known?.(commit.id);
  if (!known) return undefined;
  return known.comparedWith === undefined ? releases[0] : releases.find(({ version }) => version === known.comparedWith);
}

async function hasContentOf(version: string, { side }: Build, catalogue: Catalogue, comparisons: Comparisons): Promise<boolean> {
  const entry = catalogue.releases.find((listed) => listed.version === version) as CatalogueEntry;
  const { difference } = await comparisons.between(await comparisons.side(entry, catalogue), side);
  return difference.level === "none";
}

/** Compares a commit with a listed release and finds its version. */
async function compareWith(
  base: CatalogueEntry,
  job: CommitContext,
  build: Build,
  catalogue: Catalogue,
  comparisons: Comparisons,
): Promise<Verdict> {
  const { floor, side: now, dataset, layoutShows } = build;
  const newest = catalogue.releases[0] as CatalogueEntry;
  const old = await comparisons.side(base, catalogue);
  const { difference, spools } = await comparisons.between(old, now, layoutShows);
  const { level } = difference;
  if (level === "none") return { kind: "same", state: { catalogue, content: base.version } };
  const sentences = level === "major" ? breakingDifferences(difference, releaseRecordsPromise(old)) : [];
  const helps = sentences.length > 0 && job.canWithdraw(base.version) && (await wouldWithdrawalHelp(base, build, catalogue, comparisons));
  const refused = unannouncedBreaks(sentences, newest.version, floor, helps ? base.version : undefined);
  const problems = [...refused, ...shrinkingTables(difference, dataset.metadata.release ?? {})];
  if (problems.length > 0) return { kind: "refused", problems };
  const version = job.nextFree(nextVersion(newest.version, level, floor));
  const skipped = base === newest ? undefined : { version: newest.version, manifest: newest.manifest };
  const isBaseRemoved = removedReason(catalogue, base.version) !== undefined;
  const since: Since = { version: base.version, old, now, difference, spools, isBaseRemoved, ...(skipped ? { skipped } : {}) };
  const summary = `${level}: ${summaryOf(difference)}${skipped ? ` (compared with ${base.version})` : ""}`;
  const comparedWith = skipped ? { comparedWith: base.version } : {};
  return { kind: "release", state: { catalogue, content: version }, level, version, since, summary, ...comparedWith };
}

/** Whether withdrawing the newest release would make a breaking commit compatible. */
async function wouldWithdrawalHelp(base: CatalogueEntry, build: Build, catalogue: Catalogue, comparisons: Comparisons): Promise<boolean> {
  const without = withControls(catalogue, [
    {
      commit: null,
      date: null,
      release: {
        ...build.dataset.metadata.release,
        withdrawn: [...(build.dataset.metadata.release?.withdrawn ?? []), { version: base.version, reason: "?" }],
      },
    },
  ]);
  const older = comparisonBase(without);
  if (!older || older.version === base.version || older === catalogue.releases[0]) return false;
  const { difference } = await comparisons.between(await comparisons.side(older, catalogue), build.side);
  return difference.level !== "major";
}

/** A clone without the commit of a withdrawal cannot revert it: its dataset.json only lacks it. */
async function unknownWithdrawalProblems(
  job: CommitContext,
  { withdrawn }: Catalogue,
  versions: readonly string[],
  { dataset }: Build,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const version of versions) {
    const commit = withdrawn.findLast((event) => event.version === version)?.commit;
    if (!commit || commit === dataset.metadata.release?.rewritten || (await job.isOnBranch(commit))) continue;
    problems.push(
      fileProblem(
        "dataset.json",
        `${version} was withdrawn by commit ${commit}, which is not part of this branch`,
        `Run: git fetch, and merge or rebase onto it. If that commit was given up by rewriting history, say so: "rewritten": "${commit}" in the block "release".`,
      ),
    );
  }
  return problems;
}

/** A withdrawn release can be reinstated only if the later releases that skipped it in their comparison are compatible with it. */
async function reinstatementProblems(catalogue: Catalogue, versions: readonly string[], comparisons: Comparisons): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const version of versions) {
    const entry = catalogue.releases.find((listed) => listed.version === version) as CatalogueEntry;
    for (const later of comparedPast(catalogue, version)) {
      const old = await comparisons.side(entry, catalogue);
      const { difference } = await comparisons.between(old, await comparisons.side(later, catalogue));
      const sentences = difference.level === "major" ? breakingDifferences(difference, releaseRecordsPromise(old)) : [];
      if (unannouncedBreaks(sentences, version, later.version).length > 0)
        problems.push(
          fileProblem(
            "dataset.json",
            `The withdrawal of ${version} cannot be undone: ${later.version}, released since, does not keep what it holds: ${sentences.join("; ")}`,
            `Leave ${version} withdrawn. To publish again what it holds, put it into the data: it comes with the next release.`,
          ),
        );
    }
  }
  return problems;
}
