import { describe, expect, it } from "vitest";
import { withoutFormulaGuard } from "../../../lib/csv-import/without-formula-guard.ts";

describe("withoutFormulaGuard", () => {
  it("removes the guard of a cell", () => {
    expect(["'=1", "'+1", "'-1", "'@a", "'\ta", "'\ra", "''a"].map(withoutFormulaGuard)).toEqual([
      "=1",
      "+1",
      "-1",
      "@a",
      "\ta",
      "\ra",
      "'a",
    ]);
    expect(["'a", "=1", "a'=", "", "'"].map(withoutFormulaGuard)).toEqual(["'a", "=1", "a'=", "", "'"]);
  });
});
