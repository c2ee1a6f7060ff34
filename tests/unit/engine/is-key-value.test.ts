import { describe, expect, it } from "vitest";
import { isKeyValue } from "../../../lib/engine/is-key-value.ts";

describe("isKeyValue", () => {
  it("is true for texts, numbers and booleans", () => {
    expect(["a", "", 0, 1.5, false].every((value) => isKeyValue(value))).toBe(true);
    expect([undefined, null, {}, []].some((value) => isKeyValue(value as never))).toBe(false);
  });
});
