import { MANIFEST_FILE, SIGNATURE_FILE } from "../contract/release-files.ts";
import type { Hashed } from "../release/manifest-text.ts";
import { VerificationError } from "./verification-error.ts";

/** Throws if a folder has a file that its SHA256SUMS does not list. */
export function verifyNoOtherFiles(names: Iterable<string>, files: readonly Hashed[], at: string): void {
  const named = new Set([MANIFEST_FILE, SIGNATURE_FILE, ...files.map(({ name }) => name)]);
  for (const name of names)
    if (!named.has(name)) throw new VerificationError(`${at}${name}`, "is not part of the release: SHA256SUMS does not name it");
}
