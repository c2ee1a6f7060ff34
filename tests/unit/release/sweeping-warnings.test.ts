import { describe, expect, it } from "vitest";
import type { TableDifference } from "../../../lib/release/difference.ts";
import { sweepingWarnings } from "../../../lib/release/sweeping-warnings.ts";

/** A table with a number of records changed in `code`. */
const tableOf = (rows: number, changedRows: number, field = "code"): TableDifference => ({
  counts: { added: 0, changed: changedRows, replaced: 0, removed: 0 },
  changed: Array.from({ length: changedRows }, (_, i) => ({ key: `${i}`, fields: { [field]: { old: "AD", new: "ad" } }, record: {} })),
  ...{ added: [], replaced: [], removed: [], spools: {}, active: { before: rows, after: rows, lost: 0 } },
});
const said = (table: TableDifference, rows: number): string[] =>
  sweepingWarnings({ tables: { countries: table } }, new Map([["countries", rows]])).map(({ file, message }) => `${file}: ${message}`);

describe("sweepingWarnings", () => {
  it("names the column in which most records of a table change", () => {
    expect(said(tableOf(249, 249), 249)).toEqual(['countries.json: 249 of 249 countries change in code, such as "AD" → "ad"']);
    expect(said(tableOf(20, 11), 20)).toHaveLength(1);
  });

  it("does not warn of half of them, or of a few", () => {
    expect(said(tableOf(20, 10), 20)).toEqual([]);
    expect(said(tableOf(9, 9), 9)).toEqual([]);
    expect(said(tableOf(10, 10), 10)).toHaveLength(1);
    expect(said(tableOf(20, 0), 20)).toEqual([]);
  });

  it("does not warn if the changes are in different columns", () => {
    const mixed = tableOf(20, 12);
    for (const [i, change] of mixed.changed.entries()) if (i % 2 === 0) change.fields = { other: { old: 1, new: 2 } };
    expect(said(mixed, 20)).toEqual([]);
  });

  it("shortens long values and names nothing as such", () => {
    const table = tableOf(12, 12);
    for (const change of table.changed) change.fields = { code: { new: "x".repeat(100) } };
    expect(said(table, 12)[0]).toMatch(/such as nothing → "x{39}…$/);
  });
});
