import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { putAssets } from "../../../lib/render/put-assets.ts";
import { ASSETS } from "../../../lib/site/assets.ts";

describe("putAssets", () => {
  it("writes assets that the store lacks", async () => {
    const objects = new Map<string, Uint8Array>();
    const store = memoryStore(objects);
    await putAssets(store);
    expect([...objects.keys()].sort()).toEqual(ASSETS.map(({ name }) => `assets/${name}`).sort());
    const put: string[] = [];
    const [first] = objects.keys();
    objects.delete(first as string);
    await putAssets({
      ...store,
      putIfAbsent: async (key) => {
        put.push(key);
        return "written";
      },
    });
    expect(put).toEqual([first]);
  });

  it("keeps the assets of pages that a reader opened before an upgrade", async () => {
    const objects = new Map([["assets/page.old.js", new Uint8Array([1])]]);
    await putAssets(memoryStore(objects));
    expect([objects.get("assets/page.old.js"), objects.size]).toEqual([new Uint8Array([1]), ASSETS.length + 1]);
  });
});
