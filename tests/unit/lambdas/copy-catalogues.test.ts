import { describe, expect, it } from "vitest";
import { copyCatalogues } from "../../../lambdas/publish/copy-catalogues.ts";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { Branch, publish, type World, world } from "../../protocol/world.ts";

async function published(...values: string[]): Promise<World> {
  const w = world();
  await publish({ history: new Branch().push(...values.map((value) => ({ records: { a: value } }))), ...w });
  return w;
}

const KEY = "d/releases.json";

describe("the copy of the catalogues", () => {
  it("is made, follows, and leaves out what is not published", async () => {
    const objects = new Map<string, Uint8Array>();
    const copy = memoryStore(objects);
    for (const w of [await published("1"), await published("1", "2")]) {
      await copyCatalogues(w.store, copy, ["d", "none"]);
      expect([...objects]).toEqual([[KEY, w.objects.get(KEY)]]);
    }
  });

  it("is not replaced by a catalogue that has lost releases", async () => {
    const objects = new Map<string, Uint8Array>();
    const [whole, lost] = [await published("1", "2"), await published("1")];
    await copyCatalogues(whole.store, memoryStore(objects), ["d"]);
    await expect(copyCatalogues(lost.store, memoryStore(objects), ["d"])).rejects.toThrow("lists more releases than the store");
    expect(objects.get(KEY)).toEqual(whole.objects.get(KEY));
  });
});
