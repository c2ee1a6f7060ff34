import { VerificationError, type Verified } from "./verification-error.ts";

/** What is wrong with a stored file that the releases give; undefined if nothing is. `stored` is undefined where the store lacks it. */
export function compareFile(
  key: string,
  given: Uint8Array,
  stored: Uint8Array | undefined,
  result: Verified,
): VerificationError | undefined {
  if (!stored) return new VerificationError(key, "is missing");
  result.files += 1;
  result.bytes += stored.length;
  return Buffer.from(given).equals(stored) ? undefined : new VerificationError(key, "is not what the releases give: it was changed");
}
