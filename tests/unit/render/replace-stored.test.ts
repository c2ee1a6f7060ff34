import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { replaceStored } from "../../../lib/render/replace-stored.ts";

describe("replaceStored", () => {
  it("writes an object only if it differs", async () => {
    const objects = new Map<string, Uint8Array>([["a", Buffer.from("x")]]);
    const store = memoryStore(objects);
    const stored = await store.get("a");
    expect(await replaceStored(store, "a", Buffer.from("x"), stored)).toBe(stored?.etag);
    expect(await replaceStored(store, "a", Buffer.from("y"), stored)).toEqual(expect.any(String));
    expect(Buffer.from(objects.get("a") ?? "").toString()).toBe("y");
    // Another publisher was first.
    expect(await replaceStored(store, "a", Buffer.from("z"), stored)).toBeUndefined();
    expect(await replaceStored(store, "b", Buffer.from("z"), undefined)).toEqual(expect.any(String));
  });
});
