import semver from "semver";
import { type Catalogue, offeredReleases, removedReason } from "./catalogue.ts";

/**
 * What the edge looks up, key → value:
 * `<dataset>/latest`, `<dataset>/<x>`, `<dataset>/<x.y>` → version;
 * `<dataset>/<x.y.z>` → `listed`, or `removed <reason>`;
 * `<dataset>/as-of` → first and last month of releases, `2020-01 2025-11`;
 * `<dataset>/as-of/<yyyy-mm>` → the version at the start of the month and after each day with a release: `00 1.0.0;07 1.1.0`.
 * `<dataset>/mark` records what the others were made from; the edge does not read it.
 */
export function aliasEntries(catalogue: Catalogue): Map<string, string> {
  const { dataset } = catalogue;
  const entries = new Map<string, string>();
  const removed = new Set(catalogue.removed.map(({ version }) => version));
  for (const { version } of catalogue.releases)
    entries.set(
      `${dataset}/${version}`,
      removed.has(version) ? `removed ${(removedReason(catalogue, version) ?? "").slice(0, 300).toWellFormed()}` : "listed",
    );
  const releases = offeredReleases(catalogue);
  addDays(entries, catalogue);
  for (const { version } of releases)
    for (const range of [`${semver.major(version)}`, `${semver.major(version)}.${semver.minor(version)}`]) {
      const before = entries.get(`${dataset}/${range}`);
      if (before === undefined || semver.gt(version, before)) entries.set(`${dataset}/${range}`, version);
    }
  if (releases[0]) entries.set(`${dataset}/latest`, releases[0].version);
  return entries;
}

function addDays(entries: Map<string, string>, catalogue: Catalogue): void {
  const { dataset } = catalogue;
  const dated = offeredReleases(catalogue)
    .filter(({ date }) => date !== null)
    .reverse();
  const first = dated[0]?.date?.slice(0, 7);
  const last = dated.at(-1)?.date?.slice(0, 7);
  if (!first || !last) return;
  let next = 0;
  let current: string | undefined;
  for (let month = first; month <= last; month = following(month)) {
    const days = new Map<string, string>(current === undefined ? [] : [["00", current]]);
    for (let entry = dated[next]; entry?.date?.startsWith(month); entry = dated[next]) {
      days.set(entry.date.slice(8, 10), entry.version);
      current = entry.version;
      next += 1;
    }
    entries.set(`${dataset}/as-of/${month}`, [...days].map(([day, version]) => `${day} ${version}`).join(";"));
  }
  entries.set(`${dataset}/as-of`, `${first} ${last}`);
}

const following = (month: string): string => {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12
    ? `${String(year + 1).padStart(4, "0")}-01`
    : `${String(year).padStart(4, "0")}-${String(number + 1).padStart(2, "0")}`;
};

/** The state of a catalogue, which only grows. */
export interface CatalogueState {
  releases: number;
  withdrawn: number;
  removed: number;
}

/**
 * The value of `<dataset>/mark`: the states of the catalogue that the aliases have values of (several during an update of
 * several steps), and the renderer of the pages.
 */
export interface Mark {
  states: CatalogueState[];
  /** SHA-256 of the catalogue's text at the last state. */
  catalogue: string;
  pages: string;
}

export const stateOf = ({ releases, withdrawn, removed }: Catalogue): CatalogueState => ({
  releases: releases.length,
  withdrawn: withdrawn.length,
  removed: removed.length,
});

/** The catalogue in an earlier state; undefined if it never was in that state. */
export function catalogueAt(catalogue: Catalogue, state: CatalogueState): Catalogue | undefined {
  const { releases, withdrawn, removed } = catalogue;
  if (state.releases > releases.length || state.withdrawn > withdrawn.length || state.removed > removed.length) return undefined;
  return {
    ...catalogue,
    releases: state.releases === 0 ? [] : releases.slice(-state.releases),
    withdrawn: withdrawn.slice(0, state.withdrawn),
    removed: removed.slice(0, state.removed),
  };
}

/** The keys whose values differ between these states, with their value in the last. */
export function aliasChanges(states: readonly ReadonlyMap<string, string>[]): Map<string, string | undefined> {
  const last = states.at(-1) ?? new Map<string, string>();
  const changes = new Map<string, string | undefined>();
  for (const state of states) for (const key of state.keys()) if (!last.has(key) && !changes.has(key)) changes.set(key, undefined);
  for (const [key, value] of last) if (states.some((state) => state.get(key) !== value)) changes.set(key, value);
  return changes;
}
