import type { Catalogue, CatalogueEntry } from "./catalogue.ts";
import { removedReason } from "./removed-reason.ts";

/** Withdrawn and removed versions. */
const versionsNotInForce = (catalogue: Catalogue): Set<string> => {
  const versions = new Set(catalogue.removed.map(({ version }) => version));
  for (const { version, reason } of catalogue.withdrawn)
    if (reason !== null) versions.add(version);
    else if (removedReason(catalogue, version) === undefined) versions.delete(version);
  return versions;
};

/** The entries that are neither withdrawn nor removed, newest first. Aliases redirect to these. */
export const releasesInForce = (catalogue: Catalogue): CatalogueEntry[] => {
  const hidden = versionsNotInForce(catalogue);
  return catalogue.releases.filter(({ version }) => !hidden.has(version));
};
