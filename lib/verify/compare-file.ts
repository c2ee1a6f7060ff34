import type { Verified } from "./nothing-verified.ts";
import { VerificationError } from "./verification-error.ts";

/** Compares a stored file with the expected bytes; undefined if they are equal. `stored`: undefined if the file is missing. */
export function compareFile(
  key: string,
  given: Uint8Array,
  stored: Uint8Array | undefined,
  result: Verified,
): VerificationError | undefined {
  if (!stored) return new VerificationError(key, "is missing");
  result.files += 1;
  result.bytes += stored.length;
  return Buffer.from(given).equals(stored) ? undefined : new VerificationError(key, "does not match the releases: it was changed");
}
