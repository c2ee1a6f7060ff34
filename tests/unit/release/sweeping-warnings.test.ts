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

  it("does not warn about exactly half of the records, or a few", () => {
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

  it("warns about a column only if it changes in more than half of the records", () => {
    const table = tableOf(20, 12);
    for (const change of table.changed.slice(10)) change.fields = { other: { old: 1, new: 2 } };
    expect(said(table, 20)).toEqual([]);
    for (const change of table.changed.slice(10, 11)) change.fields = { code: { old: 1, new: 2 } };
    expect(said(table, 20)).toHaveLength(1);
  });

  it("shows a record in which the column changes, and names every column", () => {
    const table = tableOf(12, 12);
    for (const change of table.changed.slice(0, 1)) change.fields = { other: { old: 1, new: 2 } };
    expect(said(table, 12)).toEqual(['countries.json: 12 of 12 countries change in code, such as "AD" → "ad"']);
    for (const change of table.changed) change.fields = { code: { old: 1, new: 2 }, name: { old: "a", new: "b" } };
    expect(said(table, 12)).toEqual(["countries.json: 12 of 12 countries change in code, name, such as 1 → 2"]);
  });

  it("counts earlier records, and records that are not listed", () => {
    expect(said(tableOf(30, 12), 12)).toEqual([]);
    const table = tableOf(100, 60);
    table.changed = table.changed.slice(0, 10);
    expect(said(table, 100)).toHaveLength(1);
    expect(sweepingWarnings({ tables: { countries: tableOf(10, 10) } }, new Map())[0]?.message).toMatch(/^10 of 0 countries/);
  });

  it("states that no action is needed if it is intended", () => {
    const [warning] = sweepingWarnings({ tables: { countries: tableOf(12, 12) } }, new Map([["countries", 12]]));
    expect(warning?.remedy).toBe("If this is intended, do nothing: it is published as a correction of each record.");
  });

  it("truncates long values, and shows missing ones as nothing", () => {
    const table = tableOf(12, 12);
    for (const change of table.changed) change.fields = { code: { new: "x".repeat(100) } };
    expect(said(table, 12)[0]).toMatch(/such as nothing → "x{39}…$/);
  });
});
