import { FIRST_FORMATS } from "../contract/first-formats.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import type { Commit, History, Store } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import { publishDataset } from "../publish/publish-dataset.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { comparedEntry } from "../release/compared-entry.ts";
import { parseManifest } from "../release/manifest-text.ts";
import { isLinesKey } from "../render/lines-key.ts";
import { NO_LINES } from "../render/put-record-lines.ts";
import { findReleaseCommits, type ReleaseCommits } from "./release-commits.ts";
import { replayAliases } from "./replay-aliases.ts";
import { ReplayedFiles, type ReplayStore, replayStore } from "./replay-store.ts";
import { VerificationError } from "./verification-error.ts";

/** What is needed to rebuild releases from git. */
export interface RebuildSetup {
  history: History;
  runtime: Runtime;
}

/** A catalogue that is compared with the history of its repository. */
export interface Replay extends RebuildSetup {
  store: Pick<Store, "get" | "read">;
  catalogue: Catalogue;
  /** The first-parent history of the published branch, oldest first. */
  commits: readonly Commit[];
  releaseCommits: ReleaseCommits;
  /** Files of removed releases, which later releases were compared with. */
  kept: ReplayedFiles;
}

type Events = Pick<Catalogue, "withdrawn" | "removed">;

/** Finds the commits of a catalogue's releases, and passes them to `use`. */
export async function withReplay<T>(
  rebuilding: RebuildSetup,
  store: Replay["store"],
  catalogue: Catalogue,
  use: (replay: Replay) => Promise<T>,
): Promise<T> {
  const { commits } = await rebuilding.history.after(null);
  const releaseCommits = findReleaseCommits(catalogue, commits);
  const workspace = await rebuilding.runtime.openWorkspace();
  try {
    const kept = new ReplayedFiles(workspace, new Set(catalogue.removed.map(({ version }) => version)));
    return await use({ ...rebuilding, store, catalogue, commits, releaseCommits, kept });
  } finally {
    await workspace.discard();
  }
}

/** The part of a history between two releases: only that is replayed. */
function segment(history: History, commits: readonly Commit[], from: number, to: number, isBreak: boolean): History {
  const part = commits.slice(from + 1, to + 1);
  const tip = part.at(-1) ?? commits[from] ?? null;
  return {
    at: (commit) => history.at(commit),
    position: (commit) => history.position(commit),
    isTipWithin: async () => false,
    async after(since) {
      if (since !== null && since === tip?.id) return { position: "on", base: tip.tree, commits: [], tip };
      if (isBreak) return { position: "aside", base: null, commits: [], tip };
      return { position: "on", base: commits[from]?.tree ?? null, commits: part, tip };
    },
  };
}

/** Versions that the catalogue skips were claimed by a publisher that did not finish: a higher patch of the same minor version is listed. */
function isSpent({ releases }: Pick<Catalogue, "releases">, version: string): boolean {
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

/** A part of the history that is replayed. */
interface Part {
  /** Releases that were there before, newest first. */
  before: readonly CatalogueEntry[];
  /** Indexes of commits: that of the release before, and the last one. */
  from: number;
  to: number;
  /** The release that it makes; undefined for what lies beyond the newest. */
  entry?: CatalogueEntry;
  generator: string;
  /** Where its files are kept. */
  own?: ReplayedFiles | undefined;
}

/** Replays a part of the history in memory. */
async function publishPart(replay: Replay, { before, from, to, entry, generator, own }: Part): Promise<ReplayStore> {
  const { store: real, catalogue, history, commits, kept, runtime } = replay;
  const { dataset } = catalogue;
  const isBreak = entry?.break === true;
  // A break skips what lies before it.
  const events = eventsUntil(replay, isBreak ? to - 1 : from);
  const store = replayStore(real, { dataset, releases: [...before], ...events }, own ? [kept, own] : [kept], (version) =>
    isSpent(catalogue, version),
  );
  await publishDataset({
    dataset,
    history: segment(history, commits, from, to, isBreak),
    store,
    aliases: replayAliases(store),
    runtime: { ...runtime, generator, log: () => {} },
    // One is expected at most. What would follow another one cannot be compared with it: it has no files.
    maxReleases: 1,
    known: (commit) => (entry?.commit === commit ? entry : undefined),
  });
  return store;
}

const layoutOf = (entry: CatalogueEntry): number => entry.layout ?? FIRST_LAYOUT;
const formatsOf = ({ formats = FIRST_FORMATS }: CatalogueEntry): string => formats.join(", ");

const NOT_REBUILT = "is not what its commit gives when it is built again";

/** The first difference of a rebuilt release; undefined if it is the same. */
async function differenceOf(
  replay: Replay,
  entry: CatalogueEntry,
  made: ReplayStore,
  count: number,
): Promise<VerificationError | undefined> {
  const where = `${replay.catalogue.dataset}/releases.json`;
  const { version, commit } = entry;
  const { releases } = made.catalogue();
  const added = releases.slice(0, releases.length - count).reverse();
  const own = added.find((each) => each.commit === commit);
  const extra = added.find((each) => each.commit !== commit);
  if (extra) return new VerificationError(where, `lists no release of commit ${extra.commit}, of which git makes one before ${version}`);
  if (!own) return new VerificationError(where, `lists ${version}, of whose commit ${commit} git makes no release`);
  for (const word of ["version", "date", "level", "comparedWith", "break"] as const)
    if (own[word] !== entry[word])
      return new VerificationError(
        where,
        `says that ${word} of ${version} is ${entry[word] ?? "not set"}, and git gives ${own[word] ?? "none"}`,
      );
  if (layoutOf(own) !== layoutOf(entry))
    return new VerificationError(where, `says that layout of ${version} is ${layoutOf(entry)}, and git gives ${layoutOf(own)}`);
  if (formatsOf(own) !== formatsOf(entry))
    return new VerificationError(where, `says that formats of ${version} are ${formatsOf(entry)}, and git gives ${formatsOf(own)}`);
  return own.manifest === entry.manifest ? lineDifference(replay, made) : fileDifference(replay, version, made);
}

/** The first file of a release that has other bytes when rebuilt. */
async function fileDifference({ store, catalogue }: Replay, version: string, made: ReplayStore): Promise<VerificationError> {
  const at = `${catalogue.dataset}/${version}/`;
  const stored = await store.get(`${at}SHA256SUMS`);
  const files = stored && parseManifest(stored.bytes);
  // Without the manifest, no single file can be blamed.
  if (!files) return new VerificationError(`${at}SHA256SUMS`, NOT_REBUILT);
  const names = new Set([...files.map(({ name }) => name), ...[...made.put.keys()].map((key) => key.slice(at.length))]);
  names.delete("SHA256SUMS");
  const name = [...names].sort().find((name) => files.find((file) => file.name === name)?.sha256 !== made.put.get(`${at}${name}`)?.sha256);
  return new VerificationError(`${at}${name ?? "SHA256SUMS"}`, NOT_REBUILT);
}

/** The lines of records in the repository come from the commit, too. */
async function lineDifference({ store }: Replay, made: ReplayStore): Promise<VerificationError | undefined> {
  for (const [key, bytes] of made.written) {
    if (!isLinesKey(key)) continue;
    const stored = await store.get(key);
    if (stored && !Buffer.from(bytes).equals(stored.bytes) && !NO_LINES.equals(stored.bytes))
      return new VerificationError(key, NOT_REBUILT);
  }
  return undefined;
}

/**
 * Events of commits up to an index of the branch. One of a commit that the branch does not hold counts only where history was
 * rewritten, one without a commit only where releases have none either.
 */
function eventsUntil({ catalogue, commits, releaseCommits }: Replay, last: number): Events {
  const known = new Map(commits.map(({ id }, i) => [id, i]));
  const isKept = ({ commit }: Catalogue["withdrawn"][number]): boolean => {
    if (commit === null) return releaseCommits.withoutCommit.length > 0;
    const at = known.get(commit);
    return at === undefined ? releaseCommits.lost.length > 0 : at <= last;
  };
  return { withdrawn: catalogue.withdrawn.filter(isKept), removed: catalogue.removed.filter(isKept) };
}

/** Withdrawals and removals must be those of the commits, in order. `isBehind`: later ones may be missing. */
function verifyEvents(dataset: string, said: Events, expected: Events, isBehind = false): void {
  for (const list of ["withdrawn", "removed"] as const) {
    const [actual, folded] = [said[list], expected[list]].map((events) => events.map((event) => JSON.stringify(event))) as [
      string[],
      string[],
    ];
    const i = actual.findIndex((event, at) => event !== folded[at]);
    const what = i >= 0 ? said[list][i] : isBehind ? undefined : expected[list][actual.length];
    if (what === undefined) continue;
    throw new VerificationError(
      `${dataset}/releases.json`,
      i >= 0
        ? `says under "${list}" of ${what.version} what no commit says`
        : `does not say under "${list}" what a commit says of ${what.version}`,
    );
  }
}

/** Whether the files of a removed release are neither in the store nor built again. */
const isOutOfReach = ({ catalogue, kept }: Replay, { version }: CatalogueEntry): boolean =>
  catalogue.removed.some((event) => event.version === version) && !kept.read(`${catalogue.dataset}/${version}/SHA256SUMS`);

/** A release that was replayed. */
export interface Replayed {
  made: ReplayStore;
  /** The first difference; undefined if it is the same. */
  difference: VerificationError | undefined;
}

/**
 * Replays the release at an index of the catalogue, from the commits after the release before it (`from`). Undefined if its base cannot be
 * rebuilt.
 */
export async function replayRelease(
  replay: Replay,
  index: number,
  { from, generator, own }: Pick<Part, "from" | "generator" | "own">,
): Promise<Replayed | undefined> {
  const { catalogue, releaseCommits } = replay;
  const entry = catalogue.releases[index] as CatalogueEntry;
  const compared = comparedEntry(catalogue, entry.version);
  if (compared && isOutOfReach(replay, compared)) return undefined;
  const before = catalogue.releases.slice(index + 1);
  const to = releaseCommits.found.get(entry.version) as number;
  const made = await publishPart(replay, { before, from, to, entry, generator, own });
  const difference = await differenceOf(replay, entry, made, before.length);
  if (!difference) verifyEvents(catalogue.dataset, eventsUntil(replay, to), made.catalogue());
  return { made, difference };
}

/** Replays the commits after the newest release and compares the events with the catalogue; returns the oldest release that it lacks. */
export async function replayTip(replay: Replay, from: number): Promise<CatalogueEntry | undefined> {
  const { catalogue, commits, runtime } = replay;
  const before = catalogue.releases;
  const made = (await publishPart(replay, { before, from, to: commits.length - 1, generator: runtime.generator })).catalogue();
  const missing = made.releases.slice(0, made.releases.length - before.length).at(-1);
  verifyEvents(catalogue.dataset, catalogue, made, missing !== undefined);
  return missing;
}
