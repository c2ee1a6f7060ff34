/** Verification failed: the message names the first difference. */
export class VerificationError extends Error {
  override name = "VerificationError";
  /** Path of the file in the store or the release. */
  readonly where: string;
  constructor(where: string, what: string) {
    super(`${where} ${what}`);
    this.where = where;
  }
}

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
  /** What could not be compared, the reason and a remedy. The command has a separate exit code for it. */
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

/** Parses JSON whose hash was verified. */
export function parseVerifiedJson(where: string, bytes: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new VerificationError(where, "is not JSON");
    throw error;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new VerificationError(where, "is not a JSON object");
  return value as Record<string, unknown>;
}
