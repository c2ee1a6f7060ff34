import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { NO_ALIASES, NOTHING_STORED, readOnly } from "../../../lib/publish/read-only.ts";

describe("a store that is only read", () => {
  const message = "A check writes nothing";
  it("reads like the underlying store, and refuses everything else", async () => {
    const store = readOnly(memoryStore(new Map([["a", Buffer.from("xyz")]])));
    expect(Buffer.from((await store.get("a"))?.bytes ?? "").toString()).toBe("xyz");
    for await (const chunk of store.read("a", { start: 1, end: 2 })) expect(Buffer.from(chunk).toString()).toBe("y");
    expect(() => store.list("")).toThrow(message);
    expect(() => store.putIfAbsent("a", {} as never)).toThrow(message);
    expect(() => store.putIfMatch("a", new Uint8Array(), null)).toThrow(message);
    expect(() => NO_ALIASES.get("a")).toThrow(message);
    expect(() => NO_ALIASES.etag()).toThrow(message);
    expect(() => NO_ALIASES.list("")).toThrow(message);
    expect(() => NO_ALIASES.update(new Map(), "")).toThrow(message);
  });

  it("may be empty", async () => {
    expect(await NOTHING_STORED.get()).toBeUndefined();
    expect(() => NOTHING_STORED.read("d/1.0.0/t.csv")).toThrow("d/1.0.0/t.csv does not exist");
  });
});
