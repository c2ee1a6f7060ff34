import { describe, expect, it } from "vitest";
import { innerCommits, isRebaseOnly, rebaseNote } from "../../../lambdas/validate/inner-commits.ts";

const methods = (merge: boolean, squash: boolean, rebase: boolean) => ({ merge, squash, rebase });
/** Commits 0, 1, 2 … in a line. */
const code = {
  commit: async (id: string) => ({ tree: `tree ${id}`, parents: id === "0" ? [] : [String(Number(id) - 1)], date: "" }),
};

describe("innerCommits", () => {
  it("lists the commits since the branch was left, oldest first, with the tree before each", async () => {
    expect(await innerCommits(code, "4", "2")).toEqual([
      { id: "3", tree: "tree 3", before: "tree 2" },
      { id: "4", tree: "tree 4", before: "tree 3" },
    ]);
    expect(await innerCommits(code, "2", "2")).toEqual([]);
    expect(await innerCommits(code, "1", undefined)).toEqual([{ id: "1", tree: "tree 1", before: "tree 0" }]);
  });

  it("gives up beyond 20 commits", async () => {
    expect(await innerCommits(code, "25", "5")).toHaveLength(20);
    expect(await innerCommits(code, "26", "5")).toBeUndefined();
  });
});

describe("what a verdict says of rebasing", () => {
  it("names it where it is the only way, one of several, or not known", () => {
    expect(rebaseNote(methods(false, false, true), 2)).toContain("by rebase only: each of its 2 commits");
    expect(rebaseNote(methods(true, false, true), 2)).toContain("also allows merging by rebase");
    expect(rebaseNote(undefined, 2)).toContain("could not be told");
    expect(rebaseNote(methods(false, false, true), undefined)).toContain("more than 20 commits");
  });

  it("says nothing where it is not allowed, or of a single commit", () => {
    expect(rebaseNote(methods(true, true, false), 2)).toBeUndefined();
    expect(rebaseNote(methods(false, false, true), 1)).toBeUndefined();
  });

  it("judges commits one by one only where nothing else is allowed", () => {
    expect(
      [methods(false, false, true), methods(true, false, true), methods(false, true, true), methods(true, true, false)].map(isRebaseOnly),
    ).toEqual([true, false, false, false]);
    expect(isRebaseOnly(undefined)).toBe(false);
  });
});
