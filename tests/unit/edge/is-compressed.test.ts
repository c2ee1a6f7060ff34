import { describe, expect, it } from "vitest";
import { isCompressed } from "../../../lib/edge/is-compressed.ts";

describe("isCompressed", () => {
  it("are of files that CloudFront compresses: texts of 1 kB to 10 MB", () => {
    expect([999, 1_000, 10_000_000, 10_000_001].map((bytes) => isCompressed("a.csv", bytes))).toEqual([false, true, true, false]);
    expect(isCompressed("a.png", 5_000)).toBe(false);
  });
});
