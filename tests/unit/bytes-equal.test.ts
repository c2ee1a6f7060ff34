import { describe, expect, it } from "vitest";

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

  it("are compared in one call: 16 MiB take less than a second", () => {
    const [one, other] = [Buffer.alloc(1 << 24, 1), Buffer.alloc(1 << 24, 1)];
    const start = performance.now();
    expect(one).toEqual(other);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
