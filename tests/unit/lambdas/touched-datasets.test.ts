import { describe, expect, it } from "vitest";
import { touchedDatasets } from "../../../lambdas/validate/touched-datasets.ts";
import type { Forge } from "../../../lib/ports/forge.ts";
import { memorySource } from "../../memory-source.ts";

describe("touchedDatasets", () => {
  const folders: Record<string, Record<string, string>> = { now: { b: "1", a: "2", same: "0" }, before: { b: "9", gone: "3", same: "0" } };
  const forge = {
    folderIds: async (tree: string, path: string) => new Map(path === "data" ? Object.entries(folders[tree] ?? {}) : []),
    folderId: async (tree: string, path: string) => folders[tree]?.[path.replace("data/", "")] ?? null,
    source: (id: string) => memorySource({ id }),
  } as unknown as Forge;

  it("that it touches differ from those of its base", async () => {
    expect(await touchedDatasets({ forge, dataFolder: "data" } as never, { tree: "now", base: "before" } as never)).toEqual([
      "a",
      "b",
      "gone",
    ]);
    expect(await touchedDatasets({ forge, dataFolder: "data" } as never, { tree: "now", base: null } as never)).toEqual(["a", "b", "same"]);
  });
});
