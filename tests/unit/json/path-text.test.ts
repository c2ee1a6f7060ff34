import { describe, expect, it } from "vitest";
import { pathText } from "../../../lib/json/path-text.ts";

describe("pathText", () => {
  it.each([
    [[], ""],
    [["a"], "a"],
    [["a", "b", "c"], "a.b.c"],
    [["a", 0, "b"], "a[0].b"],
    [[3, "a"], "[3].a"],
    [["a".repeat(90)], `${"a".repeat(77)}…`],
    [["x", "a".repeat(90)], `x.${"a".repeat(77)}…`],
  ])("of %j is %s", (path, text) => {
    expect(pathText(path)).toBe(text);
  });
});
