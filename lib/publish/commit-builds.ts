import { buildCheckedDataset } from "../build/build-dataset.ts";
import type { ComparisonRules } from "../build/compare-releases.ts";
import { nextFormats } from "../build/next-formats.ts";
import { nextLayout } from "../build/next-layout.ts";
import { builtSide, type ReleaseSide } from "../build/release-side.ts";
import { readDataset } from "../check/read-dataset.ts";
import type { RecordLocations } from "../check/table-encodings.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { datasetInLayout } from "../dataset/dataset-in-layout.ts";
import type { Artifact, Commit, Workspace } from "../ports/ports.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { comparisonBase } from "../release/comparison-base.ts";
import { missingVersion } from "../release/missing-version.ts";
import { withControls } from "../release/with-controls.ts";
import { locateCorrected } from "../render/locate-corrected.ts";
import { commitControl } from "./commit-control.ts";
import type { PublishJob } from "./publish-job.ts";
import { isRefusal, type Refusal, refusal } from "./refusal.ts";
import { rethrowUndecided, UndecidedError, withoutUndecided } from "./undecided-error.ts";

/** The state before a commit. */
export interface ReleaseState {
  /** Includes the withdrawals and removals of all earlier commits, and of no later ones. */
  catalogue: Catalogue;
  /** The listed version with the content of the last passing commit; null if unknown. */
  content: string | null;
}

/** The part of an entry that determines layout and formats. */
type LastRelease = Pick<CatalogueEntry, "version" | "layout" | "formats"> | undefined;

/** A commit that passes its checks, with its tables built in a workspace. */
export interface BuiltCommit {
  commit: Commit;
  dataset: Dataset;
  /** Line numbers of the records, for the correction links of pages. */
  locations: RecordLocations | undefined;
  /** `release.version` of dataset.json. */
  minimumVersion: string;
  tables: Artifact[];
  side: ReleaseSide;
  layout: number;
  /** The rules for comparing it with its base. */
  rules: ComparisonRules;
  last: LastRelease;
  workspace: Workspace;
}

const DAY = 24 * 60 * 60 * 1000;
/** Maximum bytes of built tables in the cache. */
const MAX_CACHED_BYTES = 256 * 1024 * 1024;

/** Builds the tables of commits, with a cache of up to `MAX_CACHED_BYTES`. */
export class CommitBuilds {
  readonly #job: PublishJob;
  readonly #cache = new Map<string | null, BuiltCommit>();
  constructor(job: PublishJob) {
    this.#job = job;
  }

  async of(commit: Commit, state: ReleaseState): Promise<BuiltCommit | Refusal> {
    const cached = this.#cache.get(commit.id);
    if (cached && JSON.stringify(cached.last) === JSON.stringify(lastReleaseOf(state, cached))) return cached;
    await this.drop(commit);
    const workspace = await this.#job.runtime.openWorkspace();
    let built: BuiltCommit | Refusal | undefined;
    try {
      built = await this.#buildOrPass(commit, state, workspace);
    } finally {
      if (!built || isRefusal(built)) await workspace.discard();
    }
    if (!isRefusal(built)) this.#cache.set(commit.id, built);
    return built;
  }

  /** Marks a build as not in use; it is dropped if the cache is full. */
  async done({ commit }: BuiltCommit): Promise<void> {
    const bytes = [...this.#cache.values()].flatMap(({ tables }) => tables).reduce((sum, { bytes }) => sum + bytes, 0);
    if (bytes > MAX_CACHED_BYTES) await this.drop(commit);
  }

  async drop({ id }: Commit): Promise<void> {
    const cached = this.#cache.get(id);
    this.#cache.delete(id);
    await cached?.workspace.discard();
  }

  async close(): Promise<void> {
    for (const { commit } of [...this.#cache.values()]) await this.drop(commit);
  }

  async #buildOrPass(commit: Commit, state: ReleaseState, workspace: Workspace): Promise<BuiltCommit | Refusal> {
    try {
      // Internal errors become an UndecidedError.
      return await this.#build(commit, state, workspace).catch(rethrowUndecided(commit.id));
    } catch (error) {
      // A replay skips commits whose check did not complete.
      if (!(error instanceof UndecidedError && this.#job.passesUndecided?.(commit.id))) throw error;
      return { kind: "refused", why: error.message, problems: [] };
    }
  }

  /** Has the steps of `buildDataset`; in between, layout and formats are chosen, which depend on the newest release. */
  async #build(commit: Commit, state: ReleaseState, workspace: Workspace): Promise<BuiltCommit | Refusal> {
    const job = this.#job;
    const { runtime } = job;
    const source = job.history.at(commit);
    const entry = job.rebuiltEntry?.(commit.id);
    const rebuilt = entry && (entry.layout ?? FIRST_LAYOUT);
    const mayHaveOverlookedProblems = job.mayHaveOverlookedProblems?.(commit.id) ?? false;
    const { dataset: read, problems } = await readDataset(source, job.dataset, { layout: rebuilt, mayHaveOverlookedProblems });
    if (!read) return refusal(withoutUndecided(commit.id, problems));
    const minimumVersion = releasedVersion(read, commit, { newest: state.catalogue.releases[0], now: runtime.now() });
    if (typeof minimumVersion !== "string") return minimumVersion;
    const last = lastReleaseOf(state, { commit, dataset: read });
    const { layout, shows } = await nextLayout({ source, runtime, dataset: read }, { newest: last, rebuilt });
    const dataset = await nextFormats({ source, runtime, dataset: datasetInLayout(read, layout) }, { newest: last, rebuilt: entry });
    const locate = locateCorrected(dataset);
    const built = await buildCheckedDataset({ source, runtime, dataset }, { workspace, locate });
    if (built.problemCount > 0) return refusal(withoutUndecided(commit.id, built.problems));
    const side = builtSide(dataset, job.runtime, workspace);
    const rules = { layoutShows: shows, ignoresFileTypes: entry !== undefined && !entry.retyped };
    return {
      commit,
      dataset,
      locations: locate?.locations,
      minimumVersion,
      tables: built.artifacts,
      side,
      layout,
      rules,
      last,
      workspace,
    };
  }
}

/** `release.version` of a commit, or the reason why it makes no release whatever its records are. */
function releasedVersion(
  { metadata }: Dataset,
  { date }: Commit,
  { newest, now }: { newest: CatalogueEntry | undefined; now: Date },
): string | Refusal {
  const version = metadata.release?.version;
  if (version === undefined && newest) return refusal([missingVersion(newest.version)]);
  if (version === undefined) return { kind: "draft", why: "a draft: dataset.json names no release.version", problems: [] };
  const refusedUntilMs = date ? Date.parse(date) - DAY : Number.NEGATIVE_INFINITY;
  if (refusedUntilMs > now.getTime()) {
    const why = `it is dated ${date}, more than a day ahead of the clock. The next commit that changes the dataset releases its content; if it is not pushed, correct its date: git commit --amend --no-edit`;
    return { kind: "refused", why, problems: [], refusedUntil: new Date(refusedUntilMs).toISOString() };
  }
  return version;
}

function lastReleaseOf({ catalogue }: ReleaseState, build: Pick<BuiltCommit, "commit" | "dataset">): LastRelease {
  const controlled = withControls(catalogue, [commitControl(build)]);
  const [newest] = controlled.releases;
  const { layout, formats } = comparisonBase(controlled) ?? {};
  return newest && { version: newest.version, ...(layout === undefined ? {} : { layout }), ...(formats ? { formats } : {}) };
}
