import { describe, expect, it } from "vitest";
import { HEAD_OBJECT_KEY } from "../../../lib/contract/head-object-key.ts";
import { nothingVerified } from "../../../lib/verify/nothing-verified.ts";
import { VerificationError } from "../../../lib/verify/verification-error.ts";
import { verifyFresh } from "../../../lib/verify/verify-fresh.ts";

describe("verifyFresh", () => {
  const fresh = (found: { issued: string; expires: string | null } | undefined, now: string): string[] => {
    const result = nothingVerified();
    verifyFresh("d", found ? { ...result, head: found } : result, new Date(now));
    return result.uncompared;
  };
  const issued = "2025-01-01T00:00:00Z";

  it("fails once the head has expired, and not before", () => {
    const expires = "2025-01-04T00:00:00Z";
    expect(fresh({ issued, expires }, expires)).toEqual([]);
    expect(() => fresh({ issued, expires }, "2025-01-04T00:00:00.001Z")).toThrow(
      new VerificationError(HEAD_OBJECT_KEY, `expired on ${expires}: newer releases may be withheld`),
    );
  });

  it("is inconclusive without a head, or with one that never expires", () => {
    expect(fresh(undefined, issued)).toEqual(["d has no signed head, so it is unknown whether it is up to date."]);
    expect(fresh({ issued, expires: null }, issued)).toEqual([
      `The signed head of ${issued} never expires, because no schedule renews it, so it is unknown whether d is up to date.`,
    ]);
  });
});
