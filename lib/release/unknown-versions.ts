import type { Catalogue } from "./catalogue.ts";
import type { Control } from "./with-controls.ts";

/** Versions that a commit withdraws or removes although they were never released. */
export const unknownVersions = (catalogue: Catalogue, { release }: Control): string[] =>
  [...(release.withdrawn ?? []), ...(release.removed ?? [])]
    .map(({ version }) => version)
    .filter((version) => !catalogue.releases.some((entry) => entry.version === version));
