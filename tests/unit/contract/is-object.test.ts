import { describe, expect, it } from "vitest";
import { isObject } from "../../../lib/contract/is-object.ts";

describe("isObject", () => {
  it("is true for objects only, not for null or lists", () => {
    expect([{}, { a: 1 }].map((value) => isObject(value))).toEqual([true, true]);
    expect([null, [], "a", 1, undefined, true].some((value) => isObject(value))).toBe(false);
  });
});
