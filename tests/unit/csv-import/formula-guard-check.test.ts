import { describe, expect, it } from "vitest";
import { FormulaGuardCheck } from "../../../lib/csv-import/formula-guard-check.ts";

describe("FormulaGuardCheck", () => {
  const checkOf = (...cells: string[]): FormulaGuardCheck => {
    const check = new FormulaGuardCheck();
    for (const [i, cell] of cells.entries()) check.add(cell, i + 2);
    return check;
  };

  it("finds guards if all cells that need a guard have one", () => {
    const all = checkOf("a", "'=1+1", "-5", "-.5", "-,5", "--", "-");
    expect([all.hasGuards, all.isMixed]).toEqual([true, false]);
    expect(all.note).toBe("\"'=1+1\" is read as =1+1 (line 3): the ' keeps spreadsheets from running a formula");
    expect(checkOf("''quoted'").hasGuards).toBe(true);
    expect([checkOf("a").hasGuards, checkOf("a").isMixed]).toEqual([false, false]);
  });

  it.each([
    ["a formula has none", "=2"],
    ["a sign has none", "+2"],
    ["a name has none", "@a"],
    ["a text after a minus has none", "-a"],
    ["an apostrophe begins a word", "'tis"],
    ["an apostrophe is within", "'=a'"],
  ])("treats a leading ' as text if %s", (_case, other) => {
    const mixed = checkOf("'=1+1", other);
    expect([mixed.hasGuards, mixed.isMixed]).toEqual([false, true]);
    expect(mixed.note).toBe("\"'=1+1\" keeps its leading ' (line 2); if a spreadsheet wrote it, delete it in the file");
  });
});
