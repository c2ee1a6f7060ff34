import type { Catalogue, CatalogueEntry } from "./catalogue.ts";
import { releasesInForce } from "./releases-in-force.ts";

/**
 * The release that the next commit is compared with: the newest that is neither withdrawn nor removed, or else the newest. `catalogue` must
 * include the withdrawals and removals of the commit.
 */
export const comparisonBase = (catalogue: Catalogue): CatalogueEntry | undefined => releasesInForce(catalogue)[0] ?? catalogue.releases[0];

/** The releases after a version that were compared with a release before it, so they may lack its content. */
export function comparisonBaseCandidates({ releases }: Catalogue, version: string): CatalogueEntry[] {
  const at = releases.findIndex((entry) => entry.version === version);
  return releases
    .slice(0, Math.max(at, 0))
    .filter(({ comparedWith }) => comparedWith !== undefined && releases.findIndex((entry) => entry.version === comparedWith) > at);
}
