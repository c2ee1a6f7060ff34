import { describe, expect, it } from "vitest";
import { MAX_DEPTH } from "../../../lib/json/record-batches.ts";
import { tooDeep } from "../../../lib/json/too-deep.ts";

describe("tooDeep", () => {
  const nested = (depth: number, open = "[", close = "]"): string => open.repeat(depth) + close.repeat(depth);

  it("is the first bracket beyond the limit", () => {
    expect(tooDeep(nested(MAX_DEPTH))).toBeUndefined();
    expect(tooDeep(nested(MAX_DEPTH + 1))).toBe(MAX_DEPTH);
    expect(tooDeep(nested(MAX_DEPTH, "{", "}"))).toBeUndefined();
    expect(tooDeep(nested(MAX_DEPTH + 1, "{", "}"))).toBe(MAX_DEPTH);
  });

  it("counts closing brackets, and ignores brackets in strings", () => {
    expect(tooDeep("[]".repeat(MAX_DEPTH + 1))).toBeUndefined();
    expect(tooDeep("{}".repeat(MAX_DEPTH + 1))).toBeUndefined();
    expect(tooDeep(`["${"[".repeat(MAX_DEPTH)}"]`)).toBeUndefined();
    expect(tooDeep(`["\\"${"[".repeat(MAX_DEPTH)}"]`)).toBeUndefined();
  });
});
