import { describe, expect, it } from "vitest";
import { valueAt } from "../../../lib/formats/value-at.ts";

describe("valueAt", () => {
  it("finds a value at a path, but not in lists or among inherited properties", () => {
    const record = { a: { b: 1, c: null }, list: [1] };
    expect([valueAt(record, []), valueAt(record, ["a", "b"]), valueAt(record, ["a", "c"])]).toEqual([record, 1, null]);
    for (const path of [["x"], ["a", "x"], ["a", "b", "x"], ["a", "c", "x"], ["list", "0"], ["list", "length"], ["constructor"]])
      expect(valueAt(record, path), path.join(".")).toBeUndefined();
  });
});
