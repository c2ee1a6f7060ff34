import { MANIFEST_FILE, PACKAGE_FILE, SIGNATURE_FILE } from "../contract/release-files.ts";

/** The text that replaces a removed file. The key stays occupied, so that the file is not written again. */
const START = "This file was removed by its publisher.\n";

export const tombstoneText = (version: string, reason: string): string => `${START}\n${version}: ${reason}\n`;

/** Whether the bytes start like a tombstone. For verification, compare the whole text. */
export const isTombstone = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, START.length)).toString("utf8") === START;

/** The version and reason in a tombstone; undefined unless the bytes are exactly a tombstone. */
export function parseTombstone(bytes: Uint8Array): { version: string; reason: string } | undefined {
  const text = Buffer.from(bytes).toString("utf8");
  const [, version = "", reason = ""] = /^\n([\d.]+): ([\s\S]+)\n$/.exec(text.slice(START.length)) ?? [];
  return version !== "" && Buffer.from(tombstoneText(version, reason)).equals(bytes) ? { version, reason } : undefined;
}

/** Files that are kept when a release is removed, because the hash chain needs them. */
export const KEPT_FILES = [MANIFEST_FILE, SIGNATURE_FILE, PACKAGE_FILE];
