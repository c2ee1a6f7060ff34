import type { Catalogue } from "./catalogue.ts";
import { withdrawnReason } from "./withdrawn-reason.ts";

/** The versions that are withdrawn in the first catalogue but not in the second. */
export const reinstatedReleases = (before: Catalogue, after: Catalogue): string[] =>
  before.releases
    .map(({ version }) => version)
    .filter((version) => withdrawnReason(before, version) !== undefined && withdrawnReason(after, version) === undefined);
