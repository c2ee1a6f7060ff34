import { describe, expect, it } from "vitest";
import { foldedText } from "../../../../lib/site/explorer/folded-text.ts";

describe("foldedText", () => {
  it("are compared without accents and case", () => {
    expect(foldedText("São TOMÉ, Ångström")).toBe("sao tome, angstrom");
  });
});
