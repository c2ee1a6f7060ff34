import { describe, expect, it } from "vitest";
import { SharedBlocks } from "../../../../lib/adapters/threads/shared-blocks.ts";

describe("SharedBlocks", () => {
  it("reuses the blocks of holders that were released, if they are large enough", () => {
    const blocks = new SharedBlocks<object>();
    blocks.expect(80);
    const first = blocks.take();
    expect([first.length, first.buffer instanceof SharedArrayBuffer]).toEqual([90, true]);
    const holder = {};
    blocks.release(holder);
    expect(blocks.take()).not.toBe(first);
    blocks.hold(holder, first);
    blocks.release(holder);
    expect(blocks.take()).toBe(first);
    blocks.hold(holder, first);
    blocks.release(holder);
    blocks.release(holder);
    blocks.expect(90);
    expect(blocks.take()).toBe(first);
    expect(blocks.take()).not.toBe(first);
    blocks.hold(holder, first);
    blocks.release(holder);
    blocks.expect(91);
    expect(blocks.take().length).toBe(103);
    blocks.hold(holder, first);
    blocks.release(holder);
    expect(blocks.take()).not.toBe(first);
  });
});
