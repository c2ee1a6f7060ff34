/** What stands in place of a file that was removed: it keeps the key from being written again. */
const START = "This file was removed by its publisher.\n";

export const tombstoneText = (version: string, reason: string): string => `${START}\n${version}: ${reason}\n`;
export const isTombstone = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, START.length)).toString("utf8") === START;

/** Files of a removed release that stay: the chain of releases runs through them. */
export const KEPT = ["SHA256SUMS", "SHA256SUMS.jws", "datapackage.json"];
