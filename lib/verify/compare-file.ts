import { VerificationError, type Verified } from "./verification-error.ts";

/** Projections that the store holds, compared with what the releases give. */
export interface ComparedFiles {
  /** Files that the store has. */
  stored: number;
  /** Of them, those with other bytes. */
  changed: number;
  /** The first thing that is wrong. */
  wrong: VerificationError | undefined;
}

/** Compares one file, and counts it. `stored` is undefined where the store lacks it. */
export function compareFile(files: ComparedFiles, key: string, given: Uint8Array, stored: Uint8Array | undefined, result: Verified): void {
  if (!stored) {
    files.wrong ??= new VerificationError(key, "is missing");
    return;
  }
  files.stored += 1;
  result.files += 1;
  result.bytes += stored.length;
  if (Buffer.from(given).equals(stored)) return;
  files.changed += 1;
  files.wrong ??= new VerificationError(key, "is not what the releases give: it was changed");
}
