import type { ChangeLevel } from "./difference.ts";

export interface CatalogueEntry {
  version: string;
  /** RFC 3339, UTC; null if unknown. */
  date: string | null;
  commit: string | null;
  level: ChangeLevel | "first";
  /** The release it was compared with, unless that is the previous one: the releases in between were withdrawn or removed. */
  comparedWith?: string;
  /** SHA-256 of its SHA256SUMS. */
  manifest: string;
  /** Layout of its files. Default: `FIRST_LAYOUT`. */
  layout?: number;
  /** Names of its formats. Default: `FIRST_FORMATS`. */
  formats?: readonly string[];
  /** History was rewritten before it: earlier releases cannot be rebuilt from git. */
  break?: true;
  /** Column types changed in Parquet or SQLite files, and the change counts for the level and the column ids. */
  retyped?: true;
}

/** A withdrawal or removal by a commit. The last event of a version applies. */
export interface CatalogueEvent {
  version: string;
  /** Null ends a withdrawal. */
  reason: string | null;
  commit: string | null;
  date: string | null;
}

/** `releases.json`: releases newest first, events oldest first. Append-only. Schema: releases.schema.json. */
export interface Catalogue {
  dataset: string;
  releases: CatalogueEntry[];
  withdrawn: CatalogueEvent[];
  removed: CatalogueEvent[];
}

export const emptyCatalogue = (dataset: string): Catalogue => ({ dataset, releases: [], withdrawn: [], removed: [] });
export const catalogueText = (catalogue: Catalogue): string => `${JSON.stringify(catalogue, null, 1)}\n`;
