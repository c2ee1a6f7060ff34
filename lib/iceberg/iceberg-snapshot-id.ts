import { hashParts } from "./hash-parts.ts";

/** The id of the snapshot of a table in a release: 52 bits, because JavaScript reads JSON numbers as doubles. */
export const icebergSnapshotId = (table: string, manifest: string): number => Number.parseInt(hashParts(table, manifest).slice(0, 13), 16);
