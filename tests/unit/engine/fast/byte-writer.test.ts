import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../../../lib/engine/fast/byte-writer.ts";

describe("ByteWriter", () => {
  it("grows, and returns a copy of the bytes", () => {
    const writer = new ByteWriter(2);
    writer.byte(0x61);
    writer.copy(Buffer.from("xbcx"), 1, 3);
    writer.text("dé€");
    const long = Buffer.from("0123456789".repeat(20));
    writer.copy(long, 3, 100);
    writer.copy(long, 0, 96);
    writer.copy(long, 5, 5);
    const expected = `abcdé€${long.subarray(3, 100)}${long.subarray(0, 96)}`;
    const taken = writer.take();
    expect(Buffer.from(taken).toString()).toBe(expected);
    expect(writer.length).toBe(0);
    writer.text("z");
    expect(Buffer.from(taken).toString()).toBe(expected);
    expect(Buffer.from(writer.take()).toString()).toBe("z");
  });

  it("does not grow if there is space", () => {
    const writer = new ByteWriter(8);
    const { bytes } = writer;
    writer.reserve(8);
    expect(writer.bytes).toBe(bytes);
    writer.reserve(9);
    expect(writer.bytes.length).toBe(16);
    writer.reserve(100);
    expect(writer.bytes.length).toBe(100);
  });
});
