import { describe, expect, it } from "vitest";
import { textPositions } from "../../../lib/json/text-positions.ts";

describe("textPositions", () => {
  it("maps offsets to lines and columns from 1", () => {
    const position = textPositions("ab\n\ncde\n");
    const places = [0, 1, 2, 3, 4, 6, 7, 8].map((offset) => Object.values(position(offset)).join(":"));
    expect(places).toEqual(["1:1", "1:2", "1:3", "2:1", "3:1", "3:3", "3:4", "4:1"]);
  });

  it("counts from where the text starts in its file", () => {
    const position = textPositions("a\nb", 7, 5);
    expect([position(0), position(1), position(2)]).toEqual([
      { line: 7, column: 5 },
      { line: 7, column: 6 },
      { line: 8, column: 1 },
    ]);
  });
});
