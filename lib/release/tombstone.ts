/** What stands in place of a file that was removed: it keeps the key from being written again. */
const START = "This file was removed by its publisher.\n";

export const tombstoneText = (version: string, reason: string): string => `${START}\n${version}: ${reason}\n`;

/** Whether the bytes begin as a tombstone does. Not enough to accept them: whoever verifies compares the whole text. */
export const isTombstone = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, START.length)).toString("utf8") === START;

/** The version that a tombstone names and its reason; undefined where the bytes are not exactly a tombstone. */
export function parseTombstone(bytes: Uint8Array): { version: string; reason: string } | undefined {
  const text = Buffer.from(bytes).toString("utf8");
  const [, version = "", reason = ""] = /^\n([\d.]+): ([\s\S]+)\n$/.exec(text.slice(START.length)) ?? [];
  return version !== "" && Buffer.from(tombstoneText(version, reason)).equals(bytes) ? { version, reason } : undefined;
}

/** Files of a removed release that stay: the chain of releases runs through them. */
export const KEPT = ["SHA256SUMS", "SHA256SUMS.jws", "datapackage.json"];
