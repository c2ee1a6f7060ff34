import type { Catalogue, CatalogueEvent } from "./catalogue.ts";

export const withdrawnReason = (catalogue: Catalogue, version: string): string | undefined => reasonFor(catalogue.withdrawn, version);

export const reasonFor = (events: readonly CatalogueEvent[], version: string): string | undefined =>
  events.findLast((event) => event.version === version)?.reason ?? undefined;
