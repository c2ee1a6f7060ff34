import { describe, expect, it } from "vitest";
import type { Catalogue } from "../../../lib/release/catalogue.ts";
import { findReleaseCommits } from "../../../lib/verify/release-commits.ts";

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

  it("allows lost commits before a break, but not at or after it", () => {
    const history = commits("c", "d");
    expect(find(catalogue("1.3.0 d", "1.2.0 c break", "1.1.0 b", "1.0.0 a"), history)).toMatchObject({ lost: ["1.0.0", "1.1.0"] });
    expect(() => find(catalogue("1.3.0 d", "1.2.0 x break", "1.1.0 b"), history)).toThrow(/names commit x for 1\.2\.0/);
    expect(() => find(catalogue("1.3.0 x", "1.2.0 c break", "1.1.0 b"), history)).toThrow(/names commit x for 1\.3\.0/);
    expect(() => find(catalogue("1.1.0 d", "1.0.0 a"), history)).toThrow(
      "d/releases.json names commit a for 1.0.0, which is not on the published branch (git log --first-parent)",
    );
  });

  it("fails when releases are in a different order than their commits, or share a commit", () => {
    expect(() => find(catalogue("1.1.0 a", "1.0.0 b"), commits("a", "b"))).toThrow(/lists 1\.1\.0 after 1\.0\.0/);
    expect(() => find(catalogue("1.1.0 a", "1.0.0 a"), commits("a", "b"))).toThrow(/lists 1\.1\.0 after 1\.0\.0/);
  });

  it("fails when a break is marked that git does not show", () => {
    expect(() => find(catalogue("1.1.0 b break", "1.0.0 a"), commits("a", "b"))).toThrow(/rewritten history before 1\.1\.0/);
    expect(() => find(catalogue("1.0.0 a break"), commits("a"))).toThrow(/rewritten history before 1\.0\.0/);
    expect(find(catalogue("1.1.0 b break", "1.0.0 -"), commits("b"))).toMatchObject({ withoutCommit: ["1.0.0"], found: { "1.1.0": 0 } });
  });
});
