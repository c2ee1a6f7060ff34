import { describe, expect, it } from "vitest";
import { isDatasetName } from "../../../lib/contract/dataset-name.ts";

describe("isDatasetName", () => {
  it.each(["a", "1", "abraham-accords", "a1-b2-c3", "a".repeat(100)])("accepts %s", (name) => {
    expect(isDatasetName(name)).toBe(true);
  });

  it.each(["", "A", "a_b", "-a", "a-", "a--b", "a.b", "a/b", "ä", "a ", "a".repeat(101)])("refuses %j", (name) => {
    expect(isDatasetName(name)).toBe(false);
  });
});
