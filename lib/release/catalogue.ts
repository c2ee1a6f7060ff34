import type { Withdrawal } from "../dataset/metadata.ts";
import type { Level } from "./difference.ts";

export interface CatalogueEntry {
  version: string;
  /** RFC 3339, UTC; null where it is not known. */
  date: string | null;
  commit: string | null;
  level: Level | "first";
  /** SHA-256 of its SHA256SUMS. */
  manifest: string;
  /** History was rewritten before it: it cannot be rebuilt from git together with what came before. */
  break?: true;
}

/** `releases.json`: newest first. */
export interface Catalogue {
  dataset: string;
  releases: CatalogueEntry[];
  withdrawn: Withdrawal[];
  removed: Withdrawal[];
}

export const emptyCatalogue = (dataset: string): Catalogue => ({ dataset, releases: [], withdrawn: [], removed: [] });
export const parseCatalogue = (bytes: Uint8Array): Catalogue => JSON.parse(Buffer.from(bytes).toString("utf8")) as Catalogue;
export const catalogueText = (catalogue: Catalogue): string => `${JSON.stringify(catalogue, null, 1)}\n`;

const reasonFor = (list: readonly Withdrawal[], version: string): string | undefined =>
  list.find((item) => item.version === version)?.reason;
export const withdrawnReason = (catalogue: Catalogue, version: string): string | undefined => reasonFor(catalogue.withdrawn, version);
export const removedReason = (catalogue: Catalogue, version: string): string | undefined => reasonFor(catalogue.removed, version);

/** The entries that aliases may lead to, newest first. */
export const standing = (catalogue: Catalogue): CatalogueEntry[] =>
  catalogue.releases.filter(
    ({ version }) => withdrawnReason(catalogue, version) === undefined && removedReason(catalogue, version) === undefined,
  );
