import { describe, expect, it } from "vitest";
import { innerCommits } from "../../../lambdas/validate/inner-commits.ts";
import { isRebaseOnly, rebaseNote } from "../../../lambdas/validate/rebase-note.ts";

const methods = (merge: boolean, squash: boolean, rebase: boolean) => ({ merge, squash, rebase });
/** Commits 0, 1, 2 … in a line. */
const forge = {
  commit: async (id: string) => ({ tree: `tree ${id}`, parents: id === "0" ? [] : [String(Number(id) - 1)], date: "" }),
};

describe("innerCommits", () => {
  it("lists the commits since the branch was left, oldest first, with the tree before each", async () => {
    expect(await innerCommits(forge, "4", "2")).toEqual([
      { id: "3", tree: "tree 3", before: "tree 2" },
      { id: "4", tree: "tree 4", before: "tree 3" },
    ]);
    expect(await innerCommits(forge, "2", "2")).toEqual([]);
    expect(await innerCommits(forge, "1", undefined)).toEqual([{ id: "1", tree: "tree 1", before: "tree 0" }]);
  });

  it("gives up beyond 20 commits", async () => {
    expect(await innerCommits(forge, "25", "5")).toHaveLength(20);
    expect(await innerCommits(forge, "26", "5")).toBeUndefined();
  });
});

describe("rebaseNote", () => {
  it("names rebasing if it is the only way, one of several, or unknown", () => {
    expect(rebaseNote(methods(false, false, true), 2)).toContain("by rebase only: each of its 2 commits");
    expect(rebaseNote(methods(true, false, true), 2)).toContain("also allows merging by rebase");
    expect(rebaseNote(undefined, 2)).toContain("merge methods of this repository are unknown");
    expect(rebaseNote(methods(false, false, true), undefined)).toContain("more than 20");
  });

  it("is undefined if rebasing is not allowed, or for a single commit", () => {
    expect(rebaseNote(methods(true, true, false), 2)).toBeUndefined();
    expect(rebaseNote(methods(false, false, true), 1)).toBeUndefined();
  });

  it("checks commits one by one only if nothing else is allowed", () => {
    expect(
      [methods(false, false, true), methods(true, false, true), methods(false, true, true), methods(true, true, false)].map(isRebaseOnly),
    ).toEqual([true, false, false, false]);
    expect(isRebaseOnly(undefined)).toBe(false);
  });
});
