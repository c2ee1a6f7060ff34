import { describe, expect, it } from "vitest";
import { recordWith } from "../../../../lib/engine/fast/record-with.ts";

describe("recordWith", () => {
  it("has only a value at a path", () => {
    expect(recordWith(["a", "b"], 1)).toEqual({ a: { b: 1 } });
    expect(recordWith(["a"], [1])).toEqual({ a: [1] });
  });
});
