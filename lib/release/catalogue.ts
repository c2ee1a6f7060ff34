import type { Metadata, TakenBack } from "../dataset/metadata.ts";
import type { Level } from "./difference.ts";

export interface CatalogueEntry {
  version: string;
  /** RFC 3339, UTC; null where it is not known. */
  date: string | null;
  commit: string | null;
  level: Level | "first";
  /** The older release that it was compared with, where that is not the one before it: those in between were withdrawn or removed. */
  comparedWith?: string;
  /** SHA-256 of its SHA256SUMS. */
  manifest: string;
  /** Layout of its files; `FIRST_LAYOUT` where it is not said. */
  layout?: number;
  /** History was rewritten before it: it cannot be rebuilt from git together with what came before. */
  break?: true;
}

/** Something was said about a release by a commit: the newest event about a version is what holds. */
interface CatalogueEvent {
  version: string;
  /** Why; null where a withdrawal is taken back. */
  reason: string | null;
  commit: string | null;
  date: string | null;
}

/** `releases.json`: releases newest first; events oldest first. It only grows. docs/schemas/releases.schema.json describes it. */
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

/** The versions that no alias leads to. */
const takenBack = (catalogue: Catalogue): Set<string> => {
  const versions = new Set(catalogue.removed.map(({ version }) => version));
  for (const { version, reason } of catalogue.withdrawn)
    if (reason !== null) versions.add(version);
    else if (removedReason(catalogue, version) === undefined) versions.delete(version);
  return versions;
};

/** The entries that aliases may lead to, newest first. */
export const offeredReleases = (catalogue: Catalogue): CatalogueEntry[] => {
  const gone = takenBack(catalogue);
  return catalogue.releases.filter(({ version }) => !gone.has(version));
};

/** The entry that a release was compared with: the one it names, or the one before it; undefined for the first. */
export function comparedEntry({ releases }: Pick<Catalogue, "releases">, version: string): CatalogueEntry | undefined {
  const at = releases.findIndex((entry) => entry.version === version);
  const named = releases[at]?.comparedWith;
  return at < 0 ? undefined : named === undefined ? releases[at + 1] : releases.slice(at + 1).find((entry) => entry.version === named);
}

/** A commit that passed its checks, and what its dataset.json says of releases. */
export interface Control {
  commit: string | null;
  date: string | null;
  release: Pick<NonNullable<Metadata["release"]>, "withdrawn" | "removed">;
}

/**
 * The catalogue after what some commits say of its releases, oldest first. Events that are recorded already are met again
 * in the same order, so that saying them twice adds nothing; a removal is never taken back.
 */
export function withControls(catalogue: Catalogue, controls: readonly Control[]): Catalogue {
  const listed = new Set(catalogue.releases.map(({ version }) => version));
  const withdrawn = [...catalogue.withdrawn];
  const removed = [...catalogue.removed];
  const recorded = new Set([...withdrawn, ...removed].map(({ commit }) => commit).filter((commit) => commit !== null));
  const start = controls.findLastIndex(({ commit }) => commit !== null && recorded.has(commit)) + 1;
  for (const { commit, date, release } of controls.slice(start)) {
    const say = (events: CatalogueEvent[], list: readonly TakenBack[], keep: boolean): void => {
      // Of two reasons for one version the last holds.
      const said = [...new Map(list.map((item) => [item.version, item])).values()];
      for (const { version, reason } of said)
        if (listed.has(version) && reasonFor(events, version) !== reason) events.push({ version, reason, commit, date });
      if (keep) return;
      for (const version of new Set(events.map((event) => event.version)))
        if (reasonFor(events, version) !== undefined && !said.some((item) => item.version === version))
          events.push({ version, reason: null, commit, date });
    };
    say(withdrawn, release.withdrawn ?? [], false);
    say(removed, release.removed ?? [], true);
  }
  return { ...catalogue, withdrawn, removed };
}

/** Versions that a commit takes back and that are no releases. */
export const unknownVersions = (catalogue: Catalogue, { release }: Control): string[] =>
  [...(release.withdrawn ?? []), ...(release.removed ?? [])]
    .map(({ version }) => version)
    .filter((version) => !catalogue.releases.some((entry) => entry.version === version));
