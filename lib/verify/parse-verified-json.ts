import { VerificationError } from "./verification-error.ts";

/** Parses JSON whose hash has been verified. */
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
