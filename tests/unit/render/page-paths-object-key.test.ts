import { expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { pagePathsObjectKey, readPagePaths } from "../../../lib/render/page-paths-object-key.ts";

it("lists the pages of a dataset, and none if the list is missing or replaced with another text", async () => {
  const pathsOf = (text?: string) =>
    readPagePaths(memoryStore(new Map(text === undefined ? [] : [[pagePathsObjectKey("d"), Buffer.from(text)]])), "d");
  expect(await pathsOf('["/d/rivers/rhine/", 5, "/d/sources/"]')).toEqual(["/d/rivers/rhine/", "/d/sources/"]);
  expect([await pathsOf(), await pathsOf("Removed: a name"), await pathsOf('{"a":1}')]).toEqual([[], [], []]);
});
