import { describe, expect, it } from "vitest";
import { filledCells } from "../../../lib/csv-import/filled-cells.ts";
import { isBlankRow } from "../../../lib/csv-import/is-blank-row.ts";

const row = (line: number, ...cells: string[]) => ({ line, cells });

describe("isBlankRow", () => {
  it("is true if every cell is empty or contains only spaces", () => {
    expect([row(1), row(1, "", ""), row(1, "", " "), row(1, "a", "")].map(isBlankRow)).toEqual([true, true, true, false]);
    expect([row(1), row(1, "", "a", " ")].map(filledCells)).toEqual([0, 2]);
  });
});
