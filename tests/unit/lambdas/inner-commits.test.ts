import { describe, expect, it } from "vitest";
import { innerCommits } from "../../../lambdas/validate/inner-commits.ts";
import { isRebaseOnly } from "../../../lambdas/validate/is-rebase-only.ts";
import { rebaseNote } from "../../../lambdas/validate/rebase-note.ts";

const methods = (merge: boolean, squash: boolean, rebase: boolean) => ({ merge, squash, rebase });
/** Commits 0, 1, 2 … in a line; `merged`: by commit, its second parent. The target has those up to `newest`. */
const forgeWith = ({ merged = {}, newest = 0 }: { merged?: Record<string, string>; newest?: number } = {}) => ({
  commit: async (id: string) => ({
    tree: `tree ${id}`,
    parents: id === "0" ? [] : [String(Number(id) - 1), ...(merged[id] ? [merged[id]] : [])],
    date: "",
  }),
  mergeBase: async (_branch: string, id: string) => (Number(id) <= newest ? id : "of the target"),
});
const forge = forgeWith();
const since = (base: string | undefined) => ({ branch: "main", base });

describe("innerCommits", () => {
  it("lists the commits since the branch was left, oldest first, with the tree before each", async () => {
    expect(await innerCommits(forge, "4", since("2"))).toEqual([
      { id: "3", tree: "tree 3", parent: "2", before: "tree 2" },
      { id: "4", tree: "tree 4", parent: "3", before: "tree 3" },
    ]);
    expect(await innerCommits(forge, "2", since("2"))).toEqual([]);
    expect(await innerCommits(forge, "1", since(undefined))).toEqual([{ id: "1", tree: "tree 1", parent: "0", before: "tree 0" }]);
  });

  it("leaves out a merge of the target, and ends where the branch was left although the merge base is newer", async () => {
    const updated = forgeWith({ merged: { 4: "of the target" }, newest: 2 });
    expect(await innerCommits(updated, "5", since("of the target"))).toEqual([
      { id: "3", tree: "tree 3", parent: "2", before: "tree 2" },
      { id: "5", tree: "tree 5", parent: "4", before: "tree 4" },
    ]);
    expect(await innerCommits(updated, "4", since("of the target"))).toMatchObject([{ id: "3" }]);
  });

  it("gives up if another branch was merged: rebasing applies its commits, too", async () => {
    const forge = forgeWith({ merged: { 4: "3 of another branch" }, newest: 2 });
    const known = {
      ...forge,
      mergeBase: async (branch: string, id: string) => (id === "3 of another branch" ? "1" : forge.mergeBase(branch, id)),
    };
    expect(await innerCommits(known, "5", since("of the target"))).toBeUndefined();
  });

  it("gives up beyond 20 commits", async () => {
    expect(await innerCommits(forge, "25", since("5"))).toHaveLength(20);
    expect(await innerCommits(forge, "26", since("5"))).toBeUndefined();
    const merged = Object.fromEntries(Array.from({ length: 50 }, (_, id) => [id, "of the target"]));
    expect(await innerCommits(forgeWith({ merged }), "26", since("of the target"))).toBeUndefined();
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
