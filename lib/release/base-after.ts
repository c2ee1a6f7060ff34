import type { Catalogue, CatalogueEntry } from "./catalogue.ts";
import { comparisonBase } from "./comparison-base.ts";
import { offeredReleases } from "./offered-releases.ts";
import { reinstatedReleases } from "./reinstated-releases.ts";
import { type Control, withControls } from "./with-controls.ts";

/** What a change is compared with, as for publishing. */
export interface BaseAfter {
  entry: CatalogueEntry;
  /** The newest release: the next version is higher. */
  newest: CatalogueEntry;
  /** The catalogue with the withdrawals and removals of the change. */
  catalogue: Catalogue;
  /** Versions whose withdrawal the change ends. */
  reinstated: string[];
  /** The newest release is offered before and after the change, so `entry` has the content of the branch. */
  isOfBranch: boolean;
  /** A change that keeps the content of the branch makes no release, although `entry` may have another. */
  mayKeepContent: boolean;
}

/** The release that a change is compared with once its own withdrawals and removals apply; undefined if there is none. */
export function baseAfter(before: Catalogue, release: Control["release"]): BaseAfter | undefined {
  const catalogue = withControls(before, [{ commit: null, date: null, release }]);
  const [newest] = before.releases;
  const entry = comparisonBase(catalogue);
  if (!newest || !entry) return undefined;
  const reinstated = reinstatedReleases(before, catalogue);
  const isOffered = offeredReleases(catalogue)[0] === newest;
  return {
    ...{ entry, newest, catalogue, reinstated },
    isOfBranch: isOffered && offeredReleases(before)[0] === newest && reinstated.length === 0,
    mayKeepContent: !isOffered && reinstated.length === 0,
  };
}
