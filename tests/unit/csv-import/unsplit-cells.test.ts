import { describe, expect, it } from "vitest";
import { unsplitCells } from "../../../lib/csv-import/unsplit-cells.ts";

const row = (line: number, ...cells: string[]) => ({ line, cells });

describe("unsplitCells", () => {
  const rows = (...cells: string[]) => cells.map((cell, i) => row(i + 2, cell));
  it.each<[string, string[], string | undefined]>([
    ["a  b", ["1  2", "3   4"], "spaces"],
    ["a^b", ["1^2"], '"^"'],
    ["a~b~c", ["1~2~3"], '"~"'],
    ["a¦b", ["1¦2"], '"¦"'],
    ["a::b", ["1::2"], '"::"'],
    ["a,b", ["1,2", "3,4"], "commas"],
    ["a,b", ["1,2,3"], undefined],
    ["a^b", ["1^2", "3"], undefined],
    ["a^b", ["1^2^3"], undefined],
    ["a", ["1"], undefined],
    ["a^b", [], undefined],
    ["a b", ["1 2"], undefined],
    ["  a  ", ["  1  "], undefined],
  ])("of %j and %j is %s", (header, cells, name) => {
    expect(unsplitCells(header, rows(...cells))).toBe(name);
  });
});
