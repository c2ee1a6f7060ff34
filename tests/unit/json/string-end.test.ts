import { describe, expect, it } from "vitest";
import { stringEnd } from "../../../lib/json/string-end.ts";

describe("stringEnd", () => {
  it.each([
    ['"a"', 0, 2],
    ['""', 0, 1],
    ['x"a\\"b"', 1, 6],
    ['"a\\\\"', 0, 4],
    ['"open', 0, 5],
    ['"open\\', 0, 6],
  ])("in %j from %d is %d", (text, start, end) => {
    expect(stringEnd(text, start)).toBe(end);
  });

  it("is at most the given end", () => {
    expect(stringEnd('"abc"', 0, 3)).toBe(3);
    expect(stringEnd('"a\\"', 0, 3)).toBe(3);
  });
});
