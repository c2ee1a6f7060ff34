import { describe, expect, it } from "vitest";
import { folderIdSource } from "../../../../lib/adapters/github/folder-id-source.ts";
import type { GitHubObjects, GitHubTreeEntry } from "../../../../lib/adapters/github/github-objects.ts";

const file = (path: string, size: number): GitHubTreeEntry => ({ path, mode: "100644", type: "blob", sha: path, size });
const TREES: Record<string, GitHubTreeEntry[]> = {
  root: [file("schema.json", 3), { path: "towns", mode: "040000", type: "tree", sha: "towns" }],
  towns: [file("a.json", 5), file("b.json", 1)],
};
const objects = { tree: async (id: string) => TREES[id] ?? [], listBelow: async () => {} } as unknown as GitHubObjects;
/** What the folder has, exactly. */
const LIMITS = { files: 3, fileBytes: 5, totalBytes: 9, depth: 1 };

describe("folderIdSource", () => {
  it("accepts a folder that reaches all of its limits", async () => {
    expect(await folderIdSource(objects, "root", LIMITS).list()).toEqual([
      { path: "schema.json", bytes: 3 },
      { path: "towns/a.json", bytes: 5 },
      { path: "towns/b.json", bytes: 1 },
    ]);
  });

  it.each([
    [{ files: 2 }, "The dataset has more than 2 files"],
    [{ fileBytes: 4 }, "towns/a.json is too large: 5 bytes (maximum 4)"],
    [{ totalBytes: 8 }, "The dataset is too large: 9 bytes (maximum 8)"],
    [{ depth: 0 }, "towns/ is nested deeper than 0 folders"],
  ])("refuses a folder beyond %j", async (limit, message) => {
    await expect(folderIdSource(objects, "root", { ...LIMITS, ...limit }).list()).rejects.toThrow(message);
  });
});
