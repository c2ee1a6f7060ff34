import type { Catalogue } from "./catalogue.ts";

/** The lengths of the lists of a catalogue. A catalogue only grows, so they identify its state. */
export interface CatalogueState {
  releases: number;
  withdrawn: number;
  removed: number;
}

export const catalogueState = ({ releases, withdrawn, removed }: Catalogue): CatalogueState => ({
  releases: releases.length,
  withdrawn: withdrawn.length,
  removed: removed.length,
});

/** The catalogue in an earlier state; undefined if it never was in that state. */
export function catalogueInState(catalogue: Catalogue, state: CatalogueState): Catalogue | undefined {
  const { releases, withdrawn, removed } = catalogue;
  if (state.releases > releases.length || state.withdrawn > withdrawn.length || state.removed > removed.length) return undefined;
  return {
    ...catalogue,
    releases: state.releases === 0 ? [] : releases.slice(-state.releases),
    withdrawn: withdrawn.slice(0, state.withdrawn),
    removed: removed.slice(0, state.removed),
  };
}
