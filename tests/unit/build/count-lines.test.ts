import { describe, expect, it } from "vitest";
import { countLines } from "../../../lib/build/count-lines.ts";

describe("countLines", () => {
  it.each([
    ["", 0],
    ["a", 0],
    ["\n", 1],
    ["a\nb\n", 2],
    ["\n\n\n", 3],
  ])("of %j is %d", (lines, count) => {
    expect(countLines(Buffer.from(lines))).toBe(count);
  });
});
