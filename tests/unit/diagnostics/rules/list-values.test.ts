import { describe, expect, it } from "vitest";
import { listValues } from "../../../../lib/diagnostics/rules/list-values.ts";

describe("listValues", () => {
  it("lists up to 12 values in full, and cuts longer lists, more so beside a suggestion", () => {
    const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i}`);
    expect(listValues(["a", 1, null])).toBe("a, 1, null");
    expect(listValues(names(12))).toBe(names(12).join(", "));
    expect(listValues(names(12), true)).toBe(names(12).join(", "));
    expect(listValues(names(13), true)).toBe(`${names(8).join(", ")} and 5 more`);
    expect(listValues(names(30))).toBe(names(30).join(", "));
    expect(listValues(names(31))).toBe(`${names(30).join(", ")} and 1 more`);
  });
});
