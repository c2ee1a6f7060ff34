import type { Catalogue, CatalogueEntry } from "./catalogue.ts";
import { comparisonBase } from "./comparison-base.ts";
import { reinstatedReleases } from "./reinstated-releases.ts";
import { releasesInForce } from "./releases-in-force.ts";
import { type Control, withControls } from "./with-controls.ts";

/** The base of a change, as publishing would choose it. */
export interface BaseAfterControls {
  entry: CatalogueEntry;
  /** The newest release, which the next version must exceed. */
  newest: CatalogueEntry;
  /** The catalogue including the withdrawals and removals of the change. */
  catalogue: Catalogue;
  /** Versions that the change reinstates. */
  reinstated: string[];
  /** The newest release is in force both before and after the change, so `entry` has the content of the branch. */
  isOfBranch: boolean;
  /** A change that keeps the content of the branch makes no release, even if `entry` has different content. */
  mayKeepContent: boolean;
}

/** The release that a change is compared with after its own withdrawals and removals; undefined if there is none. */
export function baseAfterControls(before: Catalogue, release: Control["release"]): BaseAfterControls | undefined {
  const catalogue = withControls(before, [{ commit: null, date: null, release }]);
  const [newest] = before.releases;
  const entry = comparisonBase(catalogue);
  if (!newest || !entry) return undefined;
  const reinstated = reinstatedReleases(before, catalogue);
  const isNewestInForce = releasesInForce(catalogue)[0] === newest;
  return {
    ...{ entry, newest, catalogue, reinstated },
    isOfBranch: isNewestInForce && releasesInForce(before)[0] === newest && reinstated.length === 0,
    mayKeepContent: !isNewestInForce && reinstated.length === 0,
  };
}
