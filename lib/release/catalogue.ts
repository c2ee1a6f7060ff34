import { FIRST_FORMATS } from "../contract/first-formats.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { Metadata, VersionNote } from "../dataset/metadata.ts";
import type { Level } from "./difference.ts";

export interface CatalogueEntry {
  version: string;
  /** RFC 3339, UTC; null where it is unknown. */
  date: string | null;
  commit: string | null;
  level: Level | "first";
  /** The release it was compared with, where that is not the one before: those in between were withdrawn or removed. */
  comparedWith?: string;
  /** SHA-256 of its SHA256SUMS. */
  manifest: string;
  /** Layout of its files; `FIRST_LAYOUT` where it is missing. */
  layout?: number;
  /** Names of its formats; `FIRST_FORMATS` where they are missing. */
  formats?: readonly string[];
  /** History was rewritten before it: it cannot be rebuilt from git together with what came before. */
  break?: true;
}

/** The formats of an entry, where they are not those of entries that name none. */
export const entryFormats = ({ formats }: Pick<Dataset, "formats">): Pick<CatalogueEntry, "formats"> =>
  formats === undefined || formats.join() === FIRST_FORMATS.join() ? {} : { formats };

/** A withdrawal or removal by a commit. The last event about a version applies. */
interface CatalogueEvent {
  version: string;
  /** Null where it ends a withdrawal. */
  reason: string | null;
  commit: string | null;
  date: string | null;
}

/** `releases.json`: releases newest first; events oldest first. It only grows. releases.schema.json describes it. */
export interface Catalogue {
  dataset: string;
  releases: CatalogueEntry[];
  withdrawn: CatalogueEvent[];
  removed: CatalogueEvent[];
}

export const emptyCatalogue = (dataset: string): Catalogue => ({ dataset, releases: [], withdrawn: [], removed: [] });
export const catalogueText = (catalogue: Catalogue): string => `${JSON.stringify(catalogue, null, 1)}\n`;

const reasonFor = (events: readonly CatalogueEvent[], version: string): string | undefined =>
  events.findLast((event) => event.version === version)?.reason ?? undefined;
export const withdrawnReason = (catalogue: Catalogue, version: string): string | undefined => reasonFor(catalogue.withdrawn, version);
export const removedReason = (catalogue: Catalogue, version: string): string | undefined => reasonFor(catalogue.removed, version);

/** Withdrawn and removed versions. */
const notOffered = (catalogue: Catalogue): Set<string> => {
  const versions = new Set(catalogue.removed.map(({ version }) => version));
  for (const { version, reason } of catalogue.withdrawn)
    if (reason !== null) versions.add(version);
    else if (removedReason(catalogue, version) === undefined) versions.delete(version);
  return versions;
};

/** The entries that are neither withdrawn nor removed, newest first: aliases lead to these. */
export const offeredReleases = (catalogue: Catalogue): CatalogueEntry[] => {
  const hidden = notOffered(catalogue);
  return catalogue.releases.filter(({ version }) => !hidden.has(version));
};

/** The entry that a release was compared with: the one it names, or the one before it; undefined for the first. */
export function comparedEntry({ releases }: Pick<Catalogue, "releases">, version: string): CatalogueEntry | undefined {
  const at = releases.findIndex((entry) => entry.version === version);
  const named = releases[at]?.comparedWith;
  return at < 0 ? undefined : named === undefined ? releases[at + 1] : releases.slice(at + 1).find((entry) => entry.version === named);
}

/** A commit that passed its checks, and the withdrawals and removals in its `dataset.json`. */
export interface Control {
  commit: string | null;
  date: string | null;
  release: Pick<NonNullable<Metadata["release"]>, "withdrawn" | "removed">;
}

/**
 * Adds the events of some commits to the catalogue, oldest first. Commits whose events are recorded already are skipped, so
 * that adding them twice changes nothing. A removal never ends.
 */
export function withControls(catalogue: Catalogue, controls: readonly Control[]): Catalogue {
  const listed = new Set(catalogue.releases.map(({ version }) => version));
  const withdrawn = [...catalogue.withdrawn];
  const removed = [...catalogue.removed];
  const recorded = new Set([...withdrawn, ...removed].map(({ commit }) => commit).filter((commit) => commit !== null));
  const start = controls.findLastIndex(({ commit }) => commit !== null && recorded.has(commit)) + 1;
  for (const control of controls.slice(start)) {
    addEvents(withdrawn, control.release.withdrawn ?? [], listed, control);
    addEndings(withdrawn, control.release.withdrawn ?? [], control);
    addEvents(removed, control.release.removed ?? [], listed, control);
  }
  return { ...catalogue, withdrawn, removed };
}

function addEvents(events: CatalogueEvent[], list: readonly VersionNote[], listed: ReadonlySet<string>, { commit, date }: Control): void {
  // Of two reasons for one version the last applies.
  for (const { version, reason } of new Map(list.map((item) => [item.version, item])).values())
    if (listed.has(version) && reasonFor(events, version) !== reason) events.push({ version, reason, commit, date });
}

/** A version that the list no longer names is not withdrawn any more. */
function addEndings(events: CatalogueEvent[], list: readonly VersionNote[], { commit, date }: Control): void {
  for (const version of new Set(events.map((event) => event.version)))
    if (reasonFor(events, version) !== undefined && !list.some((item) => item.version === version))
      events.push({ version, reason: null, commit, date });
}

/** Versions that a commit withdraws or removes although they are no releases. */
export const unknownVersions = (catalogue: Catalogue, { release }: Control): string[] =>
  [...(release.withdrawn ?? []), ...(release.removed ?? [])]
    .map(({ version }) => version)
    .filter((version) => !catalogue.releases.some((entry) => entry.version === version));
