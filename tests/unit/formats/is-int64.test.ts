import { describe, expect, it } from "vitest";
import { isInt64 } from "../../../lib/formats/is-int64.ts";

describe("isInt64", () => {
  it("is true for integers that fit into 64 bits", () => {
    expect([0, 2 ** 62, -(2 ** 63), 2 ** 63 - 1024].map(isInt64)).toEqual([true, true, true, true]);
    expect([2 ** 63, -(2 ** 63) - 2048, 1e300].map(isInt64)).toEqual([false, false, false]);
  });
});
