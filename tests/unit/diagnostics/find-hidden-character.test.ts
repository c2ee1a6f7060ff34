import { describe, expect, it } from "vitest";
import { findHiddenCharacter } from "../../../lib/diagnostics/find-hidden-character.ts";

describe("findHiddenCharacter", () => {
  it("finds zero-width characters, but no joiners", () => {
    expect(findHiddenCharacter("a\u200bb")).toBe("\u200b");
    expect(findHiddenCharacter("\ufeffa\u00ad")).toBe("\ufeff");
    expect(findHiddenCharacter("\u034f")).toBe("\u034f");
    expect(findHiddenCharacter("👩\u200d🌾 می\u200cخواهم")).toBeUndefined();
    expect(findHiddenCharacter("plain text")).toBeUndefined();
  });
});
