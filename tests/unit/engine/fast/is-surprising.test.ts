import { describe, expect, it } from "vitest";
import { FIRST_LAYOUT, LAYOUT } from "../../../../lib/contract/layout.ts";
import { isSurprising } from "../../../../lib/engine/fast/is-surprising.ts";

describe("isSurprising", () => {
  const surprising = (json: string, layout = LAYOUT): boolean => {
    const bytes = Buffer.from(`x${json}x`);
    return isSurprising(bytes, 2, bytes.length - 2, layout);
  };
  it("is true for forbidden characters and, from layout 2 on, for damage", () => {
    expect([surprising('"plain é"'), surprising('""')]).toEqual([false, false]);
    expect([surprising('"a\\u0000"'), surprising('"a\\u0000"', FIRST_LAYOUT)]).toEqual([true, true]);
    expect([surprising('"a\\ufffd"'), surprising('"a\\ufffd"', FIRST_LAYOUT)]).toEqual([true, false]);
  });
});
