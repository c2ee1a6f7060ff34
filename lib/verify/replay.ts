import { MANIFEST_FILE } from "../contract/release-files.ts";
import type { Commit, History, Store } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import { publishDataset } from "../publish/publish-dataset.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { comparedEntry } from "../release/compared-entry.ts";
import { compareReplayed } from "./compare-replayed.ts";
import { historySegment } from "./history-segment.ts";
import { findReleaseCommits, type ReleaseCommits } from "./release-commits.ts";
import { replayAliases } from "./replay-aliases.ts";
import { type ReplayStore, replayStore } from "./replay-store.ts";
import { ReplayedFiles } from "./replayed-files.ts";
import type { VerificationError } from "./verification-error.ts";
import { type Events, verifyEvents } from "./verify-events.ts";

/** The repository, and the runtime to rebuild releases with. */
export interface RebuildSetup {
  history: History;
  runtime: Runtime;
}

interface Replayed {
  rebuild: ReplayStore;
  /** The first difference; undefined if there is none. */
  difference: VerificationError | undefined;
}

/** A part of the history to replay. */
interface ReplayPart {
  /** Earlier releases, newest first. */
  before: readonly CatalogueEntry[];
  /** Indexes of commits: the commit of the previous release, and the last commit. */
  from: number;
  to: number;
  /** The expected release; undefined after the newest one. */
  entry?: CatalogueEntry;
  /** The version of Factpress that built it. */
  generator: string;
  /** Where to keep the files of the release. */
  own?: ReplayedFiles | undefined;
}

interface Replaying extends RebuildSetup {
  store: Pick<Store, "get" | "read">;
  catalogue: Catalogue;
  /** The first-parent history of the published branch, oldest first. */
  commits: readonly Commit[];
  /** Files of removed releases that later releases were compared with. */
  kept: ReplayedFiles;
}

/** Opens a replay of a catalogue, passes it to `use`, and discards its files. */
export async function withReplay<T>(
  { history, runtime }: RebuildSetup,
  store: Replaying["store"],
  catalogue: Catalogue,
  use: (replay: Replay) => Promise<T>,
): Promise<T> {
  const { commits } = await history.after(null);
  const releaseCommits = findReleaseCommits(catalogue, commits);
  const workspace = await runtime.openWorkspace();
  try {
    const kept = new ReplayedFiles(workspace, new Set(catalogue.removed.map(({ version }) => version)));
    return await use(new Replay({ history, runtime, store, catalogue, commits, kept }, releaseCommits));
  } finally {
    await workspace.discard();
  }
}

/** Publishes the releases of a catalogue again from git without writing, and compares the results. */
export class Replay {
  readonly store: Replaying["store"];
  readonly catalogue: Catalogue;
  readonly runtime: Runtime;
  readonly releaseCommits: ReleaseCommits;
  readonly kept: ReplayedFiles;
  readonly #history: History;
  readonly #commits: readonly Commit[];

  constructor({ store, catalogue, runtime, history, commits, kept }: Replaying, releaseCommits: ReleaseCommits) {
    this.store = store;
    this.catalogue = catalogue;
    this.runtime = runtime;
    this.releaseCommits = releaseCommits;
    this.kept = kept;
    this.#history = history;
    this.#commits = commits;
  }

  /** Replays a release by its index in the catalogue. `from`: index of the previous release's commit. Undefined without its base. */
  async release(index: number, { from, generator, own }: Pick<ReplayPart, "from" | "generator" | "own">): Promise<Replayed | undefined> {
    const entry = this.catalogue.releases[index] as CatalogueEntry;
    const compared = comparedEntry(this.catalogue, entry.version);
    if (compared && this.#isUnavailable(compared)) return undefined;
    const before = this.catalogue.releases.slice(index + 1);
    const to = this.releaseCommits.found.get(entry.version) as number;
    const rebuild = await this.#publish({ before, from, to, entry, generator, own });
    const difference = await compareReplayed(this.store, entry, rebuild, before.length);
    if (!difference) verifyEvents(this.catalogue.dataset, this.#eventsUntil(to), rebuild.catalogue());
    return { rebuild, difference };
  }

  /** Replays the commits after the newest release and verifies the events. Returns the oldest release that the catalogue lacks. */
  async tip(from: number): Promise<CatalogueEntry | undefined> {
    const before = this.catalogue.releases;
    const rebuild = await this.#publish({ before, from, to: this.#commits.length - 1, generator: this.runtime.generator });
    const catalogue = rebuild.catalogue();
    const missing = catalogue.releases.slice(0, catalogue.releases.length - before.length).at(-1);
    verifyEvents(this.catalogue.dataset, this.catalogue, catalogue, missing !== undefined);
    return missing;
  }

  async #publish({ before, from, to, entry, generator, own }: ReplayPart): Promise<ReplayStore> {
    const { dataset } = this.catalogue;
    const isBreak = entry?.break === true;
    // A break skips the commits before the release.
    const start: Catalogue = { dataset, releases: [...before], ...this.#eventsUntil(isBreak ? to - 1 : from) };
    const kept = own ? [this.kept, own] : [this.kept];
    const store = replayStore(this.store, start, kept, (version) => isClaimed(this.catalogue, version));
    await publishDataset({
      dataset,
      history: historySegment(this.#history, this.#commits, { from, to, isBreak }),
      store,
      aliases: replayAliases(store),
      runtime: { ...this.runtime, generator, log: () => {} },
      // At most one release is expected. A second could not be compared with the first, whose files are not kept.
      maxReleases: 1,
      rebuiltEntry: (commit) => (entry?.commit === commit ? entry : undefined),
      mayHaveOverlookedProblems: (commit) => this.#isListed(commit),
      // If a later commit made the listed release, the publisher skipped this one.
      passesUndecided: (commit) => entry !== undefined && commit !== entry.commit,
    });
    return store;
  }

  /**
   * The events of commits up to an index. Events whose commit is not on the branch count only if history was rewritten; events without a
   * commit only if a release has none either.
   */
  #eventsUntil(last: number): Events {
    const { withoutCommit, lost } = this.releaseCommits;
    const indexes = new Map(this.#commits.map(({ id }, i) => [id, i]));
    const isIncluded = ({ commit }: Catalogue["withdrawn"][number]): boolean => {
      if (commit === null) return withoutCommit.length > 0;
      const at = indexes.get(commit);
      return at === undefined ? lost.length > 0 : at <= last;
    };
    const { withdrawn, removed } = this.catalogue;
    return { withdrawn: withdrawn.filter(isIncluded), removed: removed.filter(isIncluded) };
  }

  /** Whether a commit made a release or an event of the catalogue. */
  #isListed(commit: string | null): boolean {
    const { releases, withdrawn, removed } = this.catalogue;
    return [...releases, ...withdrawn, ...removed].some((listed) => listed.commit === commit);
  }

  /** Whether a release was removed, and its files were not rebuilt. */
  #isUnavailable({ version }: CatalogueEntry): boolean {
    const { dataset, removed } = this.catalogue;
    return removed.some((event) => event.version === version) && !this.kept.read(`${dataset}/${version}/${MANIFEST_FILE}`);
  }
}

/** Whether an interrupted publisher claimed a version: it is not listed, but a higher patch of the same minor version is. */
function isClaimed({ releases }: Pick<Catalogue, "releases">, version: string): boolean {
  const [line, patch] = splitPatch(version);
  return (
    !releases.some((entry) => entry.version === version) &&
    releases.some((entry) => splitPatch(entry.version)[0] === line && splitPatch(entry.version)[1] > patch)
  );
}

function splitPatch(version: string): [line: string, patch: number] {
  const at = version.lastIndexOf(".");
  return [version.slice(0, at), Number(version.slice(at + 1))];
}
