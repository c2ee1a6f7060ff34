import type { Metadata, VersionReason } from "../dataset/metadata.ts";
import type { Catalogue, CatalogueEvent } from "./catalogue.ts";
import { reasonFor } from "./withdrawn-reason.ts";

/** The withdrawals and removals in the `dataset.json` of a commit that passed its checks. */
export interface Control {
  commit: string | null;
  date: string | null;
  release: Pick<NonNullable<Metadata["release"]>, "withdrawn" | "removed">;
}

/** Adds the events of commits, oldest first, to a catalogue, except for commits that it already records. A removal is permanent. */
export function withControls(catalogue: Catalogue, controls: readonly Control[]): Catalogue {
  const listed = new Set(catalogue.releases.map(({ version }) => version));
  const withdrawn = [...catalogue.withdrawn];
  const removed = [...catalogue.removed];
  const recorded = new Set([...withdrawn, ...removed].map(({ commit }) => commit).filter((commit) => commit !== null));
  const start = controls.findLastIndex(({ commit }) => commit !== null && recorded.has(commit)) + 1;
  for (const control of controls.slice(start)) {
    addEvents(withdrawn, control.release.withdrawn ?? [], listed, control);
    addEndings(withdrawn, control.release.withdrawn ?? [], control);
    addEvents(removed, control.release.removed ?? [], listed, control);
  }
  return { ...catalogue, withdrawn, removed };
}

function addEvents(events: CatalogueEvent[], list: readonly VersionReason[], listed: ReadonlySet<string>, { commit, date }: Control): void {
  // If a version has two reasons, the last one applies.
  for (const { version, reason } of new Map(list.map((item) => [item.version, item])).values())
    if (listed.has(version) && reasonFor(events, version) !== reason) events.push({ version, reason, commit, date });
}

/** Reinstates the versions that the list no longer contains. */
function addEndings(events: CatalogueEvent[], list: readonly VersionReason[], { commit, date }: Control): void {
  for (const version of new Set(events.map((event) => event.version)))
    if (reasonFor(events, version) !== undefined && !list.some((item) => item.version === version))
      events.push({ version, reason: null, commit, date });
}
