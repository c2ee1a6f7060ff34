import { describe, expect, it } from "vitest";
import { memoryAliases } from "../../../lib/adapters/memory/memory-aliases.ts";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { ASSETS } from "../../../lib/site/assets.ts";
import { verifyNothingAdded } from "../../../lib/verify/verify-nothing-added.ts";
import { Branch, publish, world } from "../../protocol/world.ts";
import { refusalOf, remote } from "../../trust/signed-world.ts";

const store = (...names: string[]) => memoryStore(new Map(names.map((name) => [`assets/${name}`, Buffer.from("x")])));
const own = ASSETS.map(({ name }) => name);
const aliases = (...keys: string[]) => memoryAliases(new Map(keys.map((key) => [key, "1.0.0"])));

describe("the verification of a whole store", () => {
  it("fails for an alias of a dataset that the store does not contain", async () => {
    expect(await verifyNothingAdded(store(...own), aliases("d/latest", "e/mark"), ["d", "e"])).toBeUndefined();
    expect(await refusalOf(verifyNothingAdded(store(), aliases("d/latest", "evil/latest"), ["d", "e"]))).toBe(
      "the alias evil/latest exists, but the store contains no such dataset",
    );
  });

  it("accepts an alias of a dataset that was published after the datasets were listed", async () => {
    const { store, aliases } = world();
    await publish({ history: new Branch().push({ records: { a: "1" } }), store, aliases });
    expect(await verifyNothingAdded(store, aliases, [])).toBeUndefined();
    const outside = memoryAliases(new Map([["../d/latest", "1.0.0"]]));
    expect(await refusalOf(verifyNothingAdded(store, outside, []))).toBe(
      "the alias ../d/latest exists, but the store contains no such dataset",
    );
  });

  it("notes assets that pages do not use", async () => {
    const wrote = "another version wrote them, or someone added them.";
    expect(await verifyNothingAdded(store(...own, "evil.js"), undefined, [])).toBe(`No page of this version uses assets/evil.js: ${wrote}`);
    expect(await verifyNothingAdded(store("1", "2", "3", "4", "5", "6", "7"), undefined, [])).toBe(
      `No page of this version uses assets/1, assets/2, assets/3, assets/4, assets/5, and 2 more files in assets/: ${wrote}`,
    );
    expect(await verifyNothingAdded(remote(new Map([["assets/evil.js", Buffer.from("x")]])), undefined, [])).toBeUndefined();
  });
});
