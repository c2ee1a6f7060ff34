import { VerificationError } from "./verification-error.ts";

/** Throws if datapackage.json names another dataset or version than the requested one. */
export function verifyIdentity(
  about: Record<string, unknown>,
  expected: { name?: string | undefined; version?: string | undefined },
  at: string,
): void {
  for (const property of ["name", "version"] as const)
    if (expected[property] !== undefined && about[property] !== expected[property])
      throw new VerificationError(
        `${at}datapackage.json`,
        `has ${property} ${String(about[property])}, not ${expected[property]} as requested`,
      );
}
