import { describe, expect, it, vi } from "vitest";

describe("bytes that tests expect", () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

  it("are equal if every byte is, within other values as well", () => {
    expect(bytes(1, 2)).toEqual(bytes(1, 2));
    expect(new Map([["a", [bytes(1)]]])).toEqual(new Map([["a", [bytes(1)]]]));
    expect(Buffer.from("ab").subarray(1)).toStrictEqual(Buffer.from("b"));
  });

  it.each([
    ["a byte", bytes(1, 3)],
    ["length", bytes(1)],
    ["being a list", [1, 2]],
  ])("differ by %s", (_what, other) => {
    expect(other).not.toEqual(bytes(1, 2));
    expect(bytes(1, 2)).not.toEqual(other);
    expect(new Map([["a", bytes(1, 2)]])).not.toEqual(new Map([["a", other]]));
  });

  it("differ by class", () => {
    expect(Buffer.from([1, 2])).not.toStrictEqual(bytes(1, 2));
  });

  it("are compared in one call", () => {
    const compare = vi.spyOn(Buffer, "compare");
    try {
      expect(Buffer.alloc(16, 1)).toEqual(Buffer.alloc(16, 1));
      expect(compare.mock.calls.length).toBe(1);
    } finally {
      compare.mockRestore();
    }
  });
});
