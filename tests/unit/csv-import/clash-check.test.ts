import { describe, expect, it } from "vitest";
import { ClashCheck } from "../../../lib/csv-import/clash-check.ts";
import { clashText } from "../../../lib/csv-import/clash-text.ts";

describe("ClashCheck", () => {
  const clashOf = (...cells: string[]) => {
    const check = new ClashCheck({ read: (cell) => (cell === "" ? undefined : Number(cell)) });
    for (const [i, cell] of cells.entries()) check.add(cell, i + 2);
    return check.clash;
  };

  it("finds two different cells with the same value", () => {
    expect(clashOf("1", "2", "1", "", "")).toBeUndefined();
    expect(clashOf("1.0", "2", "1", "01")).toEqual({ value: "1", first: { line: 2, cell: "1.0" }, second: { cell: "1", line: 4 } });
    expect(clashOf("2", "1", "1", "1.0")).toEqual({ value: "1", first: { line: 3, cell: "1" }, second: { cell: "1.0", line: 5 } });
  });

  it("describes a clash by both cells, or by the line of the first", () => {
    const second = { cell: "1", line: 7 };
    expect(clashText({ value: "1", first: { line: 3, cell: "1.0" }, second })).toBe(
      '"1.0" (line 3) and "1" (line 7) would become one value, 1',
    );
    expect(clashText({ value: "1", first: { line: 3 }, second })).toBe('the cell in line 3 and "1" (line 7) would become one value, 1');
  });
});
