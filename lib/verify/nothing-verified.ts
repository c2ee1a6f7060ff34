export interface Verified {
  releases: number;
  files: number;
  bytes: number;
  /** Versions without a signature. */
  unsigned: string[];
  /** Versions whose files were replaced by tombstones. */
  removed: string[];
  /** Ids of the signing keys. */
  keys: string[];
  /** Notes that are not errors. */
  notes: string[];
  /** What could not be compared, with the reason and a remedy. The command has a separate exit code for this. */
  uncompared: string[];
  /** When the head was signed, and when it expires (RFC 3339). */
  head?: { issued: string; expires: string | null };
}

export const nothingVerified = (): Verified => ({
  releases: 0,
  files: 0,
  bytes: 0,
  unsigned: [],
  removed: [],
  keys: [],
  notes: [],
  uncompared: [],
});
