import { describe, expect, it } from "vitest";
import { pointerPath } from "../../../lib/diagnostics/pointer-path.ts";

describe("pointerPath", () => {
  it("returns the unescaped names of a JSON pointer", () => {
    expect(pointerPath("#/$defs/a~1b/c~0d/e~01")).toEqual(["$defs", "a/b", "c~d", "e~1"]);
    expect(pointerPath("/a/0")).toEqual(["a", "0"]);
    expect(pointerPath("")).toEqual([]);
    expect(pointerPath("#")).toEqual([]);
  });
});
