import semver from "semver";
import { type Catalogue, removedReason, standing } from "./catalogue.ts";

/**
 * What the edge looks up, key → value:
 * `<dataset>/latest`, `<dataset>/<x>`, `<dataset>/<x.y>` → version;
 * `<dataset>/<x.y.z>` → `listed`, or `removed <reason>`;
 * `<dataset>/as-of` → first and last month of releases, `2020-01 2025-11`;
 * `<dataset>/as-of/<yyyy-mm>` → the version at the start of the month and after each day with a release: `00 1.0.0;07 1.1.0`.
 */
export function aliasEntries(catalogue: Catalogue): Map<string, string> {
  const { dataset } = catalogue;
  const entries = new Map<string, string>();
  for (const { version } of catalogue.releases) {
    const removed = removedReason(catalogue, version);
    entries.set(`${dataset}/${version}`, removed === undefined ? "listed" : `removed ${removed.slice(0, 400)}`);
  }
  const releases = standing(catalogue);
  const newest = releases[0];
  if (!newest) return entries;
  entries.set(`${dataset}/latest`, newest.version);
  for (const { version } of releases)
    for (const range of [`${semver.major(version)}`, `${semver.major(version)}.${semver.minor(version)}`]) {
      const before = entries.get(`${dataset}/${range}`);
      if (before === undefined || semver.gt(version, before)) entries.set(`${dataset}/${range}`, version);
    }
  const dated = releases.filter(({ date }) => date !== null).reverse();
  const first = dated[0]?.date?.slice(0, 7);
  const last = dated.at(-1)?.date?.slice(0, 7);
  if (!first || !last) return entries;
  entries.set(`${dataset}/as-of`, `${first} ${last}`);
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
  return entries;
}

const following = (month: string): string => {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12
    ? `${String(year + 1).padStart(4, "0")}-01`
    : `${String(year).padStart(4, "0")}-${String(number + 1).padStart(2, "0")}`;
};
