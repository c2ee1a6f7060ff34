import type { Catalogue, CatalogueEntry } from "./catalogue.ts";
import { comparisonBase } from "./comparison-base.ts";
import { offeredReleases } from "./offered-releases.ts";
import { reinstatedReleases } from "./reinstated-releases.ts";
import { type Control, withControls } from "./with-controls.ts";

/** What a change is compared with. */
export interface BaseAfter {
  entry: CatalogueEntry;
  /** The newest release: the next version is higher. */
  newest: CatalogueEntry;
  /** The change withdraws or removes the newest release, whose content the branch has. */
  withdrawsNewest: boolean;
}

/** The release that a change is compared with once its own withdrawals and removals apply, as for publishing; undefined if there is none. */
export function baseAfter(before: Catalogue, release: Control["release"]): BaseAfter | undefined {
  const after = withControls(before, [{ commit: null, date: null, release }]);
  const [newest] = before.releases;
  const entry = comparisonBase(after);
  if (!newest || !entry) return undefined;
  const wasOffered = offeredReleases(before)[0] === newest;
  const isOffered = offeredReleases(after)[0] === newest;
  return { entry, newest, withdrawsNewest: wasOffered && !isOffered && reinstatedReleases(before, after).length === 0 };
}
