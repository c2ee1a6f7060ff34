import type { Catalogue } from "./catalogue.ts";
import { withdrawnReason } from "./withdrawn-reason.ts";

/** The versions whose withdrawal ends between two catalogues. */
export const reinstatedReleases = (before: Catalogue, after: Catalogue): string[] =>
  before.releases
    .map(({ version }) => version)
    .filter((version) => withdrawnReason(before, version) !== undefined && withdrawnReason(after, version) === undefined);
