import type { Catalogue, CatalogueEntry } from "./catalogue.ts";

/** The entry that a release was compared with: `comparedWith`, or the previous entry; undefined for the first. */
export function comparedEntry({ releases }: Pick<Catalogue, "releases">, version: string): CatalogueEntry | undefined {
  const at = releases.findIndex((entry) => entry.version === version);
  const named = releases[at]?.comparedWith;
  return at < 0 ? undefined : named === undefined ? releases[at + 1] : releases.slice(at + 1).find((entry) => entry.version === named);
}
