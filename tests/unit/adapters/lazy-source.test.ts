import { describe, expect, it } from "vitest";
import { lazySource } from "../../../lib/adapters/lazy-source.ts";
import { memorySource } from "../../memory-source.ts";

describe("lazySource", () => {
  it("is opened once, when it is first used", async () => {
    let opened = 0;
    const source = lazySource(async () => {
      opened += 1;
      return memorySource({ a: "x" });
    });
    expect(opened).toBe(0);
    expect(await source.list()).toEqual([{ path: "a", bytes: 1 }]);
    for await (const chunk of source.read("a")) expect(Buffer.from(chunk).toString()).toBe("x");
    expect(opened).toBe(1);
  });
});
