import { type Catalogue, type CatalogueEntry, offeredReleases } from "./catalogue.ts";

/**
 * The release that the next commit is compared with: the newest that is neither withdrawn nor removed; the newest of all
 * where none is left. `catalogue` already holds what the commit itself withdraws and removes.
 */
export const comparisonBase = (catalogue: Catalogue): CatalogueEntry | undefined => offeredReleases(catalogue)[0] ?? catalogue.releases[0];

/** The releases after a version that were compared with one before it: it is unknown whether they keep what that version holds. */
export function comparedPast({ releases }: Catalogue, version: string): CatalogueEntry[] {
  const at = releases.findIndex((entry) => entry.version === version);
  return releases
    .slice(0, Math.max(at, 0))
    .filter(({ comparedWith }) => comparedWith !== undefined && releases.findIndex((entry) => entry.version === comparedWith) > at);
}
