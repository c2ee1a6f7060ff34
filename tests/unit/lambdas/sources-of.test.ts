import { describe, expect, it } from "vitest";
import { sourcesOf } from "../../../lambdas/sources-of.ts";
import type { Forge } from "../../../lib/ports/forge.ts";
import { MissingCommitError } from "../../../lib/ports/missing-commit-error.ts";
import { memorySource } from "../../memory-source.ts";

describe("sourcesOf", () => {
  const folders: Record<string, Record<string, string>> = { now: { b: "1", a: "2", same: "0" }, before: { b: "9", gone: "3", same: "0" } };
  const forge = {
    folderIds: async (tree: string, path: string) => new Map(path === "data" ? Object.entries(folders[tree] ?? {}) : []),
    folderId: async (tree: string, path: string) => folders[tree]?.[path.replace("data/", "")] ?? null,
    source: (id: string) => memorySource({ id }),
  } as unknown as Forge;

  it("are read from their folders, or are missing", async () => {
    const sources = sourcesOf({ forge, dataFolder: "data" }, "now", ["a", "gone"], {} as never);
    expect([...sources.keys()]).toEqual(["a", "gone"]);
    expect(await sources.get("a")?.list()).toEqual([{ path: "id", bytes: 1 }]);
    await expect(sources.get("gone")?.list()).rejects.toThrow(new MissingCommitError("data/gone is not in now"));
  });
});
