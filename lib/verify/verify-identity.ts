import { VerificationError } from "./verification-error.ts";

/** Throws if datapackage.json names another dataset or version than the requested one. */
export function verifyIdentity(
  about: Record<string, unknown>,
  expected: { name?: string | undefined; version?: string | undefined },
  at: string,
): void {
  for (const word of ["name", "version"] as const)
    if (expected[word] !== undefined && about[word] !== expected[word])
      throw new VerificationError(`${at}datapackage.json`, `has ${word} ${String(about[word])}, not ${expected[word]} as requested`);
}
