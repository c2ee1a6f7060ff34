import semver from "semver";
import type { Catalogue } from "./catalogue.ts";
import type { CatalogueState } from "./catalogue-state.ts";
import { releasesInForce } from "./releases-in-force.ts";
import { removedReason } from "./removed-reason.ts";

/**
 * The entries that the edge looks up, key → value:
 * `<dataset>/latest`, `<dataset>/<x>`, `<dataset>/<x.y>` → version;
 * `<dataset>/<x.y.z>` → `listed`, or `removed <reason>`;
 * `<dataset>/as-of` → first and last month of releases, `2020-01 2025-11`;
 * `<dataset>/as-of/<yyyy-mm>` → the version at the start of the month and after each day with a release: `00 1.0.0;07 1.1.0`.
 * `<dataset>/mark` records the state that the others are derived from; the edge does not read it.
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
  const releases = releasesInForce(catalogue);
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
  const dated = releasesInForce(catalogue)
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

/** The value of `<dataset>/mark`: the catalogue states that aliases may reflect (several during an update), and the renderer of pages. */
export interface AliasMark {
  states: CatalogueState[];
  /** SHA-256 of the catalogue's text in the last state. */
  catalogue: string;
  pages: string;
  /** Hash of the end of the dataset, as shown on its page. */
  ended?: string;
}
