import { createEncoder as cellCounts } from "./cell-counts-encoder.ts";
import { createEncoder as csv } from "./csv/encoder.ts";
import type { CreateEncoder } from "./format.ts";
import { createEncoder as json } from "./json/encoder.ts";
import { createEncoder as ndjson } from "./ndjson/encoder.ts";
import { createEncoder as sqlTableRows } from "./sql-rows-encoder.ts";

/** The encoders of this package by name. Import large ones lazily, so that only builds load them. */
export const ENCODERS: Readonly<Record<string, () => Promise<CreateEncoder>>> = {
  "cell-counts": async () => cellCounts,
  csv: async () => csv,
  json: async () => json,
  ndjson: async () => ndjson,
  parquet: async () => (await import("./parquet/encoder.ts")).createEncoder,
  "sql-rows": async () => sqlTableRows,
  sqlite: async () => (await import("./sqlite/encoder.ts")).createEncoder,
  xlsx: async () => (await import("./xlsx/encoder.ts")).createEncoder,
};
