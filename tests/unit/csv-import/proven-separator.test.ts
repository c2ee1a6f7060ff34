import { describe, expect, it } from "vitest";
import { provenSeparator } from "../../../lib/csv-import/proven-separator.ts";

describe("provenSeparator", () => {
  it.each([
    ["12,5", "comma"],
    ["0,125", "comma"],
    ["1.234,56", "comma"],
    ["1.234.567", "comma"],
    ["1234,567", "comma"],
    ["12,5 %", "comma"],
    ["€ 1.234,00", "comma"],
    ["1,5E+03", "comma"],
    ["12.5", "point"],
    ["0.125", "point"],
    ["1,234.56", "point"],
    ["1,234,567", "point"],
    ["(12.5)", "point"],
    ["-.5", "point"],
    ["1.234", undefined],
    ["1,234", undefined],
    ["-999.000", undefined],
    ["1234", undefined],
    ["1.2.3", undefined],
    ["a,b", undefined],
    [`${"1".repeat(40)}.5`, undefined],
  ])("finds a decimal separator in %s: %s", (cell, separator) => {
    expect(provenSeparator(cell)).toBe(separator);
  });
});
