import { describe, expect, it } from "vitest";
import { HEAD_KEY } from "../../../lib/contract/head-key.ts";
import type { Catalogue } from "../../../lib/release/catalogue.ts";
import { nothingVerified } from "../../../lib/verify/nothing-verified.ts";
import { findReleaseCommits } from "../../../lib/verify/release-commits.ts";
import { VerificationError } from "../../../lib/verify/verification-error.ts";
import { verifyFresh } from "../../../lib/verify/verify-fresh.ts";

/** Entries newest first, as `version commit` or `version commit break`. */
const catalogue = (...entries: string[]): Catalogue => ({
  dataset: "d",
  releases: entries.map((entry) => {
    const [version = "", commit = "", isBreak] = entry.split(" ");
    return {
      ...{ version, commit: commit === "-" ? null : commit, date: null, level: "patch", manifest: "" },
      ...(isBreak ? { break: true as const } : {}),
    };
  }),
  withdrawn: [],
  removed: [],
});
const commits = (...ids: string[]) => ids.map((id) => ({ id }));
const find = (...args: Parameters<typeof findReleaseCommits>) => {
  const { found, lost, withoutCommit } = findReleaseCommits(...args);
  return { found: Object.fromEntries(found), lost, withoutCommit };
};

describe("findReleaseCommits", () => {
  it("finds each release on the history, and names those without a commit", () => {
    expect(find(catalogue("1.2.0 c", "1.1.0 -", "1.0.0 a"), commits("a", "b", "c"))).toEqual({
      found: { "1.0.0": 0, "1.2.0": 2 },
      lost: [],
      withoutCommit: ["1.1.0"],
    });
  });

  it("allows lost commits before a break, and not at it or after it", () => {
    const history = commits("c", "d");
    expect(find(catalogue("1.3.0 d", "1.2.0 c break", "1.1.0 b", "1.0.0 a"), history)).toMatchObject({ lost: ["1.0.0", "1.1.0"] });
    expect(() => find(catalogue("1.3.0 d", "1.2.0 x break", "1.1.0 b"), history)).toThrow(/names commit x for 1\.2\.0/);
    expect(() => find(catalogue("1.3.0 x", "1.2.0 c break", "1.1.0 b"), history)).toThrow(/names commit x for 1\.3\.0/);
    expect(() => find(catalogue("1.1.0 d", "1.0.0 a"), history)).toThrow(
      "d/releases.json names commit a for 1.0.0, which is not on the published branch (git log --first-parent)",
    );
  });

  it("fails when releases are in a different order than their commits, or share one", () => {
    expect(() => find(catalogue("1.1.0 a", "1.0.0 b"), commits("a", "b"))).toThrow(/lists 1\.1\.0 after 1\.0\.0/);
    expect(() => find(catalogue("1.1.0 a", "1.0.0 a"), commits("a", "b"))).toThrow(/lists 1\.1\.0 after 1\.0\.0/);
  });

  it("fails when a break is marked that git does not show", () => {
    expect(() => find(catalogue("1.1.0 b break", "1.0.0 a"), commits("a", "b"))).toThrow(/rewritten history before 1\.1\.0/);
    expect(() => find(catalogue("1.0.0 a break"), commits("a"))).toThrow(/rewritten history before 1\.0\.0/);
    expect(find(catalogue("1.1.0 b break", "1.0.0 -"), commits("b"))).toMatchObject({ withoutCommit: ["1.0.0"], found: { "1.1.0": 0 } });
  });
});

describe("verifyFresh", () => {
  const now = new Date("2025-01-04T00:00:00Z");
  const withHead = (expires: string | null) => ({ ...nothingVerified(), head: { issued: "2025-01-01T00:00:00Z", expires } });

  it("fails only after the head has expired", () => {
    for (const expires of ["2025-01-04T00:00:00Z", "2025-01-05T00:00:00Z"]) {
      const verified = withHead(expires);
      verifyFresh("d", verified, now);
      expect(verified.uncompared).toEqual([]);
    }
    expect(() => verifyFresh("d", withHead("2025-01-03T23:59:59Z"), now)).toThrow(
      new VerificationError(HEAD_KEY, "expired on 2025-01-03T23:59:59Z: newer releases may be withheld"),
    );
  });

  it("is inconclusive without a head", () => {
    const none = nothingVerified();
    verifyFresh("d", none, now);
    expect(none.uncompared).toEqual(["d has no signed head, so it is unknown whether it is up to date."]);
    const never = withHead(null);
    verifyFresh("d", never, now);
    expect(never.uncompared).toEqual([expect.stringContaining("The signed head of 2025-01-01T00:00:00Z never expires")]);
  });
});
